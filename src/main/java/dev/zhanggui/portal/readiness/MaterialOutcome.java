package dev.zhanggui.portal.readiness;

/** What became of material that somebody wrote. */
public sealed interface MaterialOutcome {

    record Saved(Material now) implements MaterialOutcome {}

    /** It says what it said before; nobody has to read again. */
    record Unchanged(Material now) implements MaterialOutcome {}

    record Invalid(Fault fault) implements MaterialOutcome {}

    /** Somebody was faster. Both are here so that neither is lost. */
    record Conflict(Material theirs, MaterialDraft mine) implements MaterialOutcome {}

    enum Fault {
        TITLE,
        TEXT,
        QUIZ
    }
}
