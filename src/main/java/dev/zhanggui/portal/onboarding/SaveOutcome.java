package dev.zhanggui.portal.onboarding;

/** What became of one saved field. */
public sealed interface SaveOutcome {

    /** Kept, right or wrong: the value tells which. */
    record Saved(Application.FieldValue value) implements SaveOutcome {}

    /** Another tab or device saved this field meanwhile; nothing was overwritten. {@code theirs} is what is kept now. */
    record Conflict(Application.FieldValue theirs) implements SaveOutcome {}

    /** Longer than the field may be; nothing was kept of it. */
    record TooLong(int maxLength) implements SaveOutcome {}

    /** The application is past editing, or this field is not among those sent back. */
    record Closed(ApplicationState state) implements SaveOutcome {}
}
