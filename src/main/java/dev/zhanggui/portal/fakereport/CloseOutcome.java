package dev.zhanggui.portal.fakereport;

/** What became of a wish to move a report on. */
public sealed interface CloseOutcome {

    record Moved(FakeReport report) implements CloseOutcome {}

    /** Another member of staff has it, or it is closed; nothing was changed. */
    record NotYours(FakeReport report) implements CloseOutcome {}

    /** A finding needs a sentence that says what it rests on. */
    record NoteMissing() implements CloseOutcome {}
}
