package dev.zhanggui.portal.readiness;

/** What may happen in a store; each has its own plan. */
public enum Trigger {
    POS_FAULT,
    NETWORK,
    POWER,
    /** A counter or its code cannot be used. */
    TILL_CLOSED
}
