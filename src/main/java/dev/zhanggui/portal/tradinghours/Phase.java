package dev.zhanggui.portal.tradinghours;

/** What the sign on the door says. */
public enum Phase {
    OPEN,
    CLOSED,
    /** Nobody said anything for this time. It is not closed: nothing is refused. */
    NOT_SET
}
