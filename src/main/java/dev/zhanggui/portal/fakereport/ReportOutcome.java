package dev.zhanggui.portal.fakereport;

import dev.zhanggui.portal.qrcode.PhotoReading;

/** What became of a report. */
public sealed interface ReportOutcome {

    /** @param before whether it had been received before, by the same form */
    record Received(FakeReport report, boolean before) implements ReportOutcome {}

    record Invalid(Fault fault) implements ReportOutcome {}

    /** The reason has words that say what to do. */
    record PhotoRefused(PhotoReading.Reason reason) implements ReportOutcome {}

    enum Fault {
        HAPPENING_MISSING,
        /** Neither code nor photo nor place: nobody could look for it. */
        NOTHING_TO_GO_BY,
        CODE_TOO_LONG,
        PLACE_TOO_LONG,
        WORDS_TOO_LONG,
        PHONE_UNFIT
    }
}
