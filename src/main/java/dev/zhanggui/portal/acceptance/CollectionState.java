package dev.zhanggui.portal.acceptance;

/**
 * Where one wish to pay is.
 *
 * <pre>
 * OFFERED ──> SUCCEEDED
 *    |  └───> WAITING ──> SUCCEEDED
 *    |           |
 *    └───────────┴─────> REFUSED, CANCELLED, EXPIRED
 * </pre>
 */
public enum CollectionState {
    /** The payer was shown the cashier. */
    OFFERED,
    /** The payer wants to pay and a clerk has to agree. */
    WAITING,
    SUCCEEDED,
    /** By the rules, or by a clerk; the reason says which. */
    REFUSED,
    /** By the payer. */
    CANCELLED,
    EXPIRED;

    public boolean isEnd() {
        return this != OFFERED && this != WAITING;
    }
}
