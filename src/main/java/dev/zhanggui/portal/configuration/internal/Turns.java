package dev.zhanggui.portal.configuration.internal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whose turn it is when much is waiting: start-time fair queuing. Every piece of work gets a number when it begins to wait, and the
 * lowest goes first. A merchant's next number follows its last, but is never below the lowest that waits: a chain's thousands stand
 * one behind the other, and whoever comes meanwhile stands beside the first of them.
 *
 * <p>Numbers are microseconds of the moment at which an empty queue began to fill, plus one for each piece of work, so they only grow,
 * need no state of their own, and several portals agree about them well enough: a portal that forgot a merchant's last number
 * lets that merchant begin at the head once more, never another wait longer than for one more piece of it.
 */
final class Turns {

    private static final int REMEMBERED = 50_000;

    private record Flow(short lane, long merchant) {}

    private final Map<Flow, Long> last = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Flow, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param lowest that waits in the lane; empty when nobody does */
    synchronized long next(short lane, long merchant, Optional<Long> lowest, Instant now) {
        long head = lowest.orElseGet(() -> ChronoUnit.MICROS.between(Instant.EPOCH, now));
        return last.merge(new Flow(lane, merchant), head, (before, start) -> Math.max(start, before + 1));
    }
}
