package dev.zhanggui.portal.readiness;

/** What became of a drill that somebody told of. */
public sealed interface DrillOutcome {

    record Recorded(Drill drill) implements DrillOutcome {}

    record Invalid(Fault fault) implements DrillOutcome {}

    /** There is no plan that could have been tried. */
    record NoPlan() implements DrillOutcome {}

    enum Fault {
        /** It lies ahead. */
        DATE,
        PARTICIPANTS,
        LEARNT
    }
}
