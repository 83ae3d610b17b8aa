package dev.zhanggui.portal.tradinghours;

import java.util.List;

/** What became of {@link ChangeHours}. */
public sealed interface ChangeOutcome {

    record Changed(HoursVersion now) implements ChangeOutcome {}

    /** The document is the one that already holds; nothing was written. */
    record Unchanged(HoursVersion now) implements ChangeOutcome {}

    /** The document exceeds what can be kept; the places are those of its text. */
    record Invalid(List<HoursError> errors) implements ChangeOutcome {}

    /** Somebody was faster. Both are here so that neither is lost. */
    record Conflict(HoursVersion theirs, HoursDocument mine) implements ChangeOutcome {}
}
