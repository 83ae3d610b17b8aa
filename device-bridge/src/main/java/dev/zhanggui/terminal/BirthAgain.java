package dev.zhanggui.terminal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a connected terminal says once more what it runs. A broker may have taken the first word while no bridge listened, and a bridge
 * may have had to drop it: whatever was lost is made up for in about as long again as the trouble lasted, and a fleet at rest says next
 * to nothing.
 */
final class BirthAgain {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration CAP = Duration.ofHours(1);

    private BirthAgain() {}

    /** A random time up to a bound that doubles with each birth of a connection, at least a second; {@code before} from 0. */
    static Duration after(int before, RandomGenerator random) {
        long bound = Math.min(CAP.toMillis(), FIRST.toMillis() << Math.min(before, 16));
        return Duration.ofMillis(random.nextLong(1_000, bound + 1));
    }
}
