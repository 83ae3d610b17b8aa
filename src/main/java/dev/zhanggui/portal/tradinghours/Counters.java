package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the terminals on a store's counters stand to its hours. Told by whoever delivers to them; this module only asks, so that a
 * page can say what a change has done.
 */
public interface Counters {

    Status status(Actor actor, StoreId store);

    /** The same of one terminal of the store; {@link Status#NONE} where it takes no hours. */
    Status status(Actor actor, StoreId store, TerminalId terminal);

    /**
     * @param total terminals that take hours at all
     * @param inStep those that proved to run the latest
     * @param offline those not connected; they trade on and catch up
     * @param stopped those that refused the latest and run the one before until a person sees to it
     * @param version the highest version any of them runs; null before the first
     * @param appliedAt when the last of those in step took it
     */
    record Status(
            int total,
            int inStep,
            int offline,
            int stopped,
            @Nullable Long version,
            @Nullable Instant appliedAt) {

        public static final Status NONE = new Status(0, 0, 0, 0, null, null);

        /** Terminals that will still take the change by themselves, now. */
        public int sending() {
            return Math.max(0, total - inStep - offline - stopped);
        }
    }
}
