package dev.zhanggui.portal.readiness;

import java.time.Instant;
import java.util.List;

/** What became of the answers to a quiz. */
public sealed interface QuizOutcome {

    record Passed(Instant at) implements QuizOutcome {}

    /** @param questions the places of those answered wrong, from 0 */
    record Wrong(List<Integer> questions) implements QuizOutcome {}

    /** Some question has no answer; the try does not count. */
    record Incomplete() implements QuizOutcome {}

    /** The material changed while somebody read; the try does not count. */
    record MaterialChanged(Material now) implements QuizOutcome {}
}
