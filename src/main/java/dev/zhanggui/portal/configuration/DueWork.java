package dev.zhanggui.portal.configuration;

import dev.zhanggui.portal.account.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What bridges carry to terminals. For the system only, which a bridge acts for. */
public interface DueWork {

    /**
     * The most urgent work of the terminals that the bridge reaches, each one's newest manifest only, no terminal twice while another
     * hand-out may still bring fruit. Waits up to {@code wait} for some; woken at once when there is.
     *
     * @param fence as in {@link Bridges#standing}
     */
    Taken take(Actor actor, String bridge, @Nullable Long fence, int most, Duration wait);

    /** As {@link #take(Actor, String, Long, int, Duration)}, for a bridge that knows no fences. */
    default List<HandOut> take(Actor actor, String bridge, int most, Duration wait) {
        return take(actor, bridge, null, most, wait) instanceof Taken.Work(var handOuts, var shards)
                ? handOuts
                : List.of();
    }

    sealed interface Taken {

        /** @param shards as in {@link Bridges.Holding} */
        record Work(List<HandOut> handOuts, @Nullable Set<Integer> shards) implements Taken {}

        /** The bridge's life is over. */
        record Fenced() implements Taken {}
    }

    /** The signed documents among these that the terminal's present manifest pins, by digest. */
    Map<String, String> documents(Actor actor, String publicId, Collection<String> digests);

    /** The last time of each terminal that was unbound at or after the moment, oldest first: whoever still lets it in must stop. */
    List<Withdrawal> withdrawnSince(Actor actor, Instant since);

    /** A terminal's credential went out of force; it may be bound again by now, with another. */
    record Withdrawal(String publicId, Instant at) {}

    /**
     * One manifest to carry.
     *
     * @param digest of the manifest's JWS
     * @param token names this hand-out
     */
    record HandOut(
            String publicId, ConfigurationVersion version, Lane lane, String digest, String manifest, String token) {}
}
