package dev.zhanggui.portal.tradinghours;

/** The order in which rules are asked, strongest first. Down to {@link #OVERRIDE} they speak of moments, below of days. */
public enum Layer {
    /** An emergency stop, or closed now. */
    CLOSURE,
    /** By law, or by the acquirer. */
    LOCK,
    /** Maintenance, a fault, trouble with the network. */
    MAINTENANCE,
    NIGHT_SAFETY,
    /** Opened now by the staff, for a time. */
    OVERRIDE,
    DATED,
    /** An event or a promotion. */
    EVENT,
    /** Holidays and make-up workdays. */
    DAY_KIND,
    SEASON,
    WEEKLY,
    /** What is usual in the industry. */
    PACK,
    NOT_SET
}
