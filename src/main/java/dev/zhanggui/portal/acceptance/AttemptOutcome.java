package dev.zhanggui.portal.acceptance;

/** What somebody who wanted to pay was told. */
public enum AttemptOutcome {
    /** Go on to the cashier. */
    OFFERED,
    /** Wait for the clerk. */
    WAITING,
    SUCCEEDED,
    REFUSED
}
