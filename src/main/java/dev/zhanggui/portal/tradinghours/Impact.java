package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.shared.StoreId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a window takes from the stores it concerns, by their own hours and closures.
 *
 * @param stores all that it concerns
 * @param examined those whose hours were looked at: the first by number, when there are too many
 * @param unknown of the examined, those that set no hours: nobody knows whether they are open then
 * @param conflicting of the examined, those that lose open time or whose opening is nearer than the guard
 * @param conflicts the worst of these, most open time lost first; at most {@link #MOST_SHOWN}
 */
public record Impact(int stores, int examined, int unknown, int conflicting, List<Conflict> conflicts) {

    public static final int MOST_SHOWN = 50;

    /** Of the examined, closed all the time and long enough after it. */
    public int free() {
        return examined - unknown - conflicting;
    }

    /**
     * @param lost open time inside the window
     * @param when the open time inside the window
     * @param opening the opening that comes sooner after the window than the guard; null if none does
     */
    public record Conflict(
            StoreId store,
            String name,
            Duration lost,
            List<Interval> when,
            @Nullable Instant opening) {}
}
