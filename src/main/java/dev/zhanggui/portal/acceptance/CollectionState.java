package dev.zhanggui.portal.acceptance;

/**
 * Where one wish to pay is.
 *
 * <pre>
 * OFFERED ──> SUCCEEDED <─────────────────┐
 *    |  └───> WAITING ──> SUCCEEDED       | the acquirer's word
 *    |  <────────┤                        | that money has moved
 *    └───────────┴─────> REFUSED, CANCELLED, EXPIRED
 * </pre>
 *
 * What ended without money stays as it ended, unless an acquirer says that the money has moved all the same: then it is counted,
 * and people are told to look ({@link Attention}). Nothing leads away from SUCCEEDED. An acquirer asks no clerk: its
 * payments wait first, and are offered when one agreed.
 */
public enum CollectionState {
    /** The payer was shown the cashier. */
    OFFERED,
    /** The payer wants to pay and a clerk has to agree. */
    WAITING,
    SUCCEEDED,
    /** By the rules, a clerk or the acquirer; the reason says which. */
    REFUSED,
    /** By the payer. */
    CANCELLED,
    EXPIRED;

    /** Nothing more happens but what an acquirer says. */
    public boolean isEnd() {
        return this != OFFERED && this != WAITING;
    }
}
