package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * How long a hand-out may stay unanswered before it counts as lost: as long as an answer may take, and then, for each terminal, any
 * time up to a bound that doubles up to 5 minutes (full jitter), so that what fell silent together does not come back together.
 */
record Backoff(RandomGenerator random) {

    static final int STEPS = 8;

    static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofMinutes(5);

    /** @param attempts hand-outs before this one */
    Duration after(int attempts) {
        return ANSWER.plusMillis(random.nextLong(bound(attempts).toMillis()));
    }

    /** The same, drawn by the database for each row. */
    Field<Instant> after(Field<Integer> attempts, Instant now) {
        var bound = DSL.case_(attempts).when(0, micros(bound(0)));
        for (int step = 1; step < STEPS; step++) {
            bound = bound.when(step, micros(bound(step)));
        }
        return DSL.field(
                "timestampadd(microsecond, {0} + floor(rand() * {1}), {2})",
                TERMINAL_CONFIGURATION.DUE_AT.getDataType(),
                micros(ANSWER),
                bound.otherwise(micros(bound(STEPS))),
                // Bound with the column's type: a plain Instant would be sent with an offset that DATETIME refuses.
                DSL.val(now, TERMINAL_CONFIGURATION.DUE_AT));
    }

    /** How much longer than {@link #ANSWER} it may be at most. */
    static Duration bound(int attempts) {
        var plain = FIRST.multipliedBy(1L << Math.min(attempts, STEPS));
        return plain.compareTo(MOST) < 0 ? plain : MOST;
    }

    private static Field<Long> micros(Duration duration) {
        return DSL.inline(duration.toNanos() / 1000, SQLDataType.BIGINT);
    }
}
