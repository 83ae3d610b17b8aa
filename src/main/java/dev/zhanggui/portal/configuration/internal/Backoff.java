package dev.zhanggui.portal.configuration.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a hand-out may stay unanswered before it counts as lost: 3 s, doubling up to 5 minutes, with jitter so that a
 * fleet's retries do not march in step.
 */
record Backoff(RandomGenerator random) {

    static final int STEPS = 7;

    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final Duration MOST = Duration.ofMinutes(5);

    /** @param attempts hand-outs before this one */
    Duration after(int attempts) {
        var plain = FIRST.multipliedBy(1L << Math.min(attempts, STEPS));
        var capped = plain.compareTo(MOST) < 0 ? plain : MOST;
        return capped.plusMillis(random.nextLong(capped.toMillis() / 4));
    }
}
