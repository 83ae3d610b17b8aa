package dev.zhanggui.portal.webhook.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When to try again: soon at first, for a receiver that restarts; then ever more rarely, for three days. */
final class Backoff {

    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofDays(1));

    private static final Duration PATIENCE = Duration.ofDays(3);

    /** No receiver may put us off for longer. */
    private static final Duration PUT_OFF_MOST = Duration.ofDays(1);

    /** A step is made longer or shorter by up to this part, so that what failed together does not come back together. */
    private static final double JITTER = 0.2;

    private Backoff() {}

    /**
     * @param failed attempts of this round so far, at least 1
     * @param roundAt when the first attempt of this round was due
     * @param askedFor what a Retry-After said
     * @param random from 0 to 1
     * @return empty when it is time to give up
     */
    static Optional<Instant> next(
            int failed, Instant roundAt, Instant now, @Nullable Duration askedFor, double random) {
        var step = STEPS.get(Math.min(failed, STEPS.size()) - 1);
        var wait = Duration.ofMillis(Math.round(step.toMillis() * (1 - JITTER + 2 * JITTER * random)));
        if (askedFor != null && askedFor.compareTo(wait) > 0) {
            wait = askedFor.compareTo(PUT_OFF_MOST) > 0 ? PUT_OFF_MOST : askedFor;
        }
        var next = now.plus(wait);
        return next.isAfter(roundAt.plus(PATIENCE)) ? Optional.empty() : Optional.of(next);
    }
}
