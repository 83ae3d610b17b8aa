package dev.zhanggui.portal.tradinghours;

/** What a collection may do. The last four are choices for the time outside trading hours. */
public enum Decision {
    ALLOW,
    /** Up to an amount per transaction. */
    ALLOW_CAPPED,
    /** A member of staff confirms at the terminal first. */
    CONFIRM,
    /** Only payments for a booking or order that exists. */
    BOOKING_ONLY,
    DENY
}
