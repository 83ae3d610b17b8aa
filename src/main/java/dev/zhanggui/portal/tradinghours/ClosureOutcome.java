package dev.zhanggui.portal.tradinghours;

import java.time.Instant;

/** What became of {@link StartClosure}. */
public sealed interface ClosureOutcome {

    record Started(Closure closure) implements ClosureOutcome {}

    /** The plan has no opening ahead to return at: choose a length, or end it yourself. */
    record NoOpeningAhead() implements ClosureOutcome {}

    /** The moment asked for has passed, or is too far away. */
    record EndNotAhead(Instant asked) implements ClosureOutcome {}

    /** An emergency stop holds, and whoever made it asked for a second pair of eyes before the store opens again. */
    record SecondPersonNeeded(String stoppedBy) implements ClosureOutcome {}
}
