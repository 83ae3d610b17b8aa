package dev.zhanggui.portal.configuration;

import dev.zhanggui.portal.account.Actor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which bridge reaches which terminals, when there are several. For the system only, which a bridge acts for.
 *
 * <p>A bridge lives from its first hello until it takes its leave, falls silent, or starts anew; each life has a number that no other has,
 * and whoever speaks with the number of a life that is over is not heard. A bridge with a broker of its own reaches the
 * terminals that are connected to it. Bridges before one shared broker share the 256 shards of terminals.
 */
public interface Bridges {

    /** Begins a life, or goes on with it after a lost link. */
    Welcome hello(Actor actor, Arrival arrival);

    /**
     * What a bridge holds; keeps its life from ending.
     *
     * @param fence of its life; null from a bridge of a version that knows no fences, which is believed by its name
     */
    Standing standing(Actor actor, String bridge, @Nullable Long fence);

    /** A bridge stops in order: what it held is free at once. */
    void leave(Actor actor, String bridge, @Nullable Long fence);

    /**
     * @param instance new at each start; null from a bridge of a version that does not tell
     * @param sharedBroker whether other bridges stand before the same broker
     */
    record Arrival(String bridge, @Nullable String instance, boolean sharedBroker) {}

    sealed interface Welcome {

        /** Another process, started later, lives under this name. */
        record NameTaken() implements Welcome {}
    }

    sealed interface Standing {

        /** The life is over; say hello again. */
        record Fenced() implements Standing {}
    }

    /**
     * @param fence the number of this life
     * @param shards of a shared broker, those that are this bridge's; null with a broker of its own
     */
    record Holding(long fence, @Nullable Set<Integer> shards) implements Welcome, Standing {

        public static final int SHARDS = 256;
    }
}
