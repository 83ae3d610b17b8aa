package dev.zhanggui.conformance;

import dev.zhanggui.wire.Text;

/**
 * What came of a check.
 *
 * @param seen what the terminal did, or why nothing could be said
 */
record Finding(Outcome outcome, Text seen) {

    enum Outcome {
        PASSED,
        FAILED,
        /** Nobody could see whether it is so. Never counted as passed. */
        NOT_JUDGED
    }

    static Finding passed(String zh, String en) {
        return new Finding(Outcome.PASSED, new Text(zh, en));
    }

    static Finding notJudged(String zh, String en) {
        return new Finding(Outcome.NOT_JUDGED, new Text(zh, en));
    }
}
