package dev.zhanggui.portal.tradinghours.packs;

import dev.zhanggui.portal.shared.StoreId;
import java.time.Duration;
import java.util.List;

/**
 * What a pack would do to the stores of its industry in the next {@link #DAYS} days. Hours are compared as they are planned:
 * who closed for an hour just now does not count.
 *
 * @param stores of the industry
 * @param compared of them, at most {@link #MOST_COMPARED}
 * @param changing of the compared ones
 * @param shown the first of those, by id; at most {@link #MOST_SHOWN}
 */
public record PackEffect(int stores, int compared, int changing, List<OfStore> shown) {

    public static final int DAYS = 30;
    public static final int MOST_COMPARED = 10_000;
    public static final int MOST_SHOWN = 50;

    public PackEffect {
        shown = List.copyOf(shown);
    }

    /**
     * Gains and losses are never set off.
     *
     * @param gained when it would be open and is not now
     * @param lost when it would no longer be
     * @param otherwise when the sign says the same, but collections are treated differently
     * @param atOnce whether the decision at this moment becomes another
     */
    public record OfStore(
            StoreId store,
            String merchant,
            String name,
            Duration gained,
            Duration lost,
            Duration otherwise,
            boolean atOnce) {

        /** Of the days compared, what falls on one week. */
        public static Duration aWeek(Duration all) {
            return all.multipliedBy(7).dividedBy(DAYS);
        }
    }
}
