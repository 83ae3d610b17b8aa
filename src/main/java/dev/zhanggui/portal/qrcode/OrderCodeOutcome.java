package dev.zhanggui.portal.qrcode;

/** What became of the wish for an order code. */
public sealed interface OrderCodeOutcome {

    /** @param replaced whether an earlier code of the same order was stopped for it */
    record Issued(QrCode code, boolean replaced) implements OrderCodeOutcome {}

    /** The same order was asked for before, with the same amount, and can still be paid. */
    record Standing(QrCode code) implements OrderCodeOutcome {}

    /** Nobody may pay it twice. */
    record Paid(QrCode code) implements OrderCodeOutcome {}

    /** The number is empty, too long, or has signs that no order number needs. */
    record NumberUnfit() implements OrderCodeOutcome {}

    record AmountUnfit() implements OrderCodeOutcome {}

    record TimeUnfit() implements OrderCodeOutcome {}
}
