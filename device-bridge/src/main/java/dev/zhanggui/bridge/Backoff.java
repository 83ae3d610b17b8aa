package dev.zhanggui.bridge;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waiting times with full jitter: a random time up to a bound that doubles from {@code base} to {@code cap}; never gives up. */
public final class Backoff {

    private final Duration base;
    private final Duration cap;
    private final RandomGenerator random;
    private int failures;

    public Backoff(Duration base, Duration cap, RandomGenerator random) {
        this.base = base;
        this.cap = cap;
        this.random = random;
    }

    public synchronized Duration next() {
        long bound = Math.min(cap.toMillis(), base.toMillis() << Math.min(failures, 20));
        failures++;
        return Duration.ofMillis(1 + random.nextLong(Math.max(1, bound)));
    }

    public synchronized void reset() {
        failures = 0;
    }
}
