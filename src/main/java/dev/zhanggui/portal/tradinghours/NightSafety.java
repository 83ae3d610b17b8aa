package dev.zhanggui.portal.tradinghours;

/**
 * The small hours in which nothing is collected by code, whatever the plan says: a lone night shift is not to be pressed for
 * money. Every day, by the clock of the store.
 *
 * @param hours when; may run past midnight
 * @param terms what holds meanwhile; not ALLOW
 */
public record NightSafety(Period hours, Outside terms) {

    public NightSafety {
        if (terms.policy() == Decision.ALLOW) {
            throw new IllegalArgumentException("a night closure that allows everything closes nothing");
        }
    }

    /** Whether the minute of the day, 0 to 1439, lies inside. */
    public boolean covers(int minute) {
        return hours.covers(minute) || hours.covers(minute + Period.DAY);
    }
}
