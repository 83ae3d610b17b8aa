package dev.zhanggui.portal.readiness;

/** What became of a plan that somebody wrote. */
public sealed interface PlanOutcome {

    record Saved(ContingencyPlan now) implements PlanOutcome {}

    /** It says what it said before; nothing was written. */
    record Unchanged(ContingencyPlan now) implements PlanOutcome {}

    record Invalid(Fault fault) implements PlanOutcome {}

    /** Somebody was faster. Both are here so that neither is lost. */
    record Conflict(ContingencyPlan theirs, PlanDraft mine) implements PlanOutcome {}

    enum Fault {
        STEPS_MISSING,
        STEPS_TOO_MANY,
        STEP_TOO_LONG,
        ALTERNATIVES_MISSING,
        ALTERNATIVES_TOO_LONG,
        OWNER_MISSING,
        OWNER_TOO_LONG,
        CONTACTS_TOO_MANY,
        /** The day of the review lies behind. */
        REVIEW_PAST
    }
}
