package dev.zhanggui.portal.acceptance;

/** What became of an acquirer's word about a payment. */
public sealed interface ResultOutcome {

    /** @param repeated whether the same had been said before; nothing was done this time */
    record Recorded(Collection payment, boolean repeated) implements ResultOutcome {}

    /** No payment of this acquirer has this number. */
    record NotTheirs() implements ResultOutcome {}

    /**
     * Kept for people to look at and not counted.
     *
     * @param why one that {@link Attention#isContradiction}
     */
    record Contradicts(Collection payment, Attention why) implements ResultOutcome {}
}
