package dev.zhanggui.portal.tradinghours;

import java.time.Duration;
import java.time.Instant;

/** When a closure returns to the plan by itself. */
public sealed interface ClosureEnd {

    /** First: the constants below are checked against it. */
    Duration LONGEST = Duration.ofDays(31);

    ClosureEnd HALF_AN_HOUR = new After(Duration.ofMinutes(30));
    ClosureEnd TWO_HOURS = new After(Duration.ofHours(2));
    ClosureEnd NEXT_OPENING = new NextOpening();
    ClosureEnd UNTIL_I_SAY = new UntilEnded();

    /** From now; more than zero and at most {@link #LONGEST}. */
    record After(Duration duration) implements ClosureEnd {
        public After {
            if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("not a length for a closure: " + duration);
            }
        }
    }

    /** At a moment that lies ahead. */
    record At(Instant instant) implements ClosureEnd {}

    /** When the next day of business opens by the plan; for an opening, when the plan opens anyway. */
    record NextOpening() implements ClosureEnd {}

    record UntilEnded() implements ClosureEnd {}
}
