package dev.zhanggui.portal.tradinghours;

import java.time.Instant;

/** What became of {@link StartClosure}. */
public sealed interface ClosureOutcome {

    record Started(Closure closure) implements ClosureOutcome {}

    /** The plan has no opening ahead to return at: choose a length, or end it yourself. */
    record NoOpeningAhead() implements ClosureOutcome {}

    /** The moment asked for has passed, or is too far away. */
    record EndNotAhead(Instant asked) implements ClosureOutcome {}
}
