package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.shared.StoreId;
import java.time.Duration;
import java.time.Instant;

/**
 * The span for which hours are compiled. It moves in steps, so that compiling twice within a step gives the same document, and
 * each store steps at its own moment, so that the fleet never renews at once.
 *
 * @param from at or before now
 * @param until at least {@link #LEAST} after now
 * @param renewAt when the next step begins, long before half of the span is over
 */
record Horizon(Instant from, Instant until, Instant renewAt) {

    static final Duration LEAST = Duration.ofDays(60);
    static final Duration WINDOW = Duration.ofDays(3);

    static Horizon of(StoreId store, Instant now) {
        long window = WINDOW.toSeconds();
        long offset = Math.floorMod(Long.hashCode(store.value() * 0x9E3779B97F4A7C15L), window);
        long start = Math.floorDiv(now.getEpochSecond() - offset, window) * window + offset;
        var from = Instant.ofEpochSecond(start);
        var renewAt = from.plus(WINDOW);
        return new Horizon(from, renewAt.plus(LEAST), renewAt);
    }
}
