package dev.zhanggui.portal.acceptance;

/**
 * Why people must look at what an acquirer said. The first ones are about money that moved when we had said it would not: it is
 * counted. The last ones contradict what we know: they are kept and nothing is counted.
 */
public enum Attention {
    /** The order had been paid already: somebody paid twice. */
    ORDER_PAID_TWICE,
    /** The code, its promotion or its terminal had been stopped. */
    AFTER_STOP,
    /** The merchant may not collect. */
    WHILE_FROZEN,
    /** A clerk, the rules or the acquirer itself had refused it. */
    AFTER_REFUSAL,
    /** The payer had said no here. */
    AFTER_CANCEL,
    /** The payer had been told that it was too late. */
    AFTER_EXPIRY,
    /** Another amount or currency than the payer agreed to. */
    AMOUNT_DIFFERS,
    /** Paid before, by another number of the acquirer's. */
    PAID_UNDER_OTHER_NUMBER,
    /** Said to have failed after it was said to have succeeded. */
    FAILED_AFTER_SUCCESS;

    /** Whether the statement was refused: nothing was counted by it. */
    public boolean isContradiction() {
        return switch (this) {
            case ORDER_PAID_TWICE, AFTER_STOP, WHILE_FROZEN, AFTER_REFUSAL, AFTER_CANCEL, AFTER_EXPIRY -> false;
            case AMOUNT_DIFFERS, PAID_UNDER_OTHER_NUMBER, FAILED_AFTER_SUCCESS -> true;
        };
    }
}
