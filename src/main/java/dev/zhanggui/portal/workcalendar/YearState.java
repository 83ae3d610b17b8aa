package dev.zhanggui.portal.workcalendar;

/**
 * How much is known about a year's days off.
 *
 * <pre>
 * MISSING ──▶ PROVISIONAL ──(notice of the State Council's office, late October to mid November)──▶ PUBLISHED
 * </pre>
 */
public enum YearState {
    /** The notice is in the table: exact to the day. */
    PUBLISHED,
    /** Only the days by law are known, computed; weekends stay weekends, transferred days will still come. */
    PROVISIONAL,
    /** Nothing but weekdays and weekends is known. */
    MISSING
}
