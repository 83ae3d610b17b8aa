package dev.zhanggui.portal.tradinghours;

/** What became of a wish to plan, change or end a restriction. */
public sealed interface RestrictionOutcome {

    record Done(PlannedRestriction now) implements RestrictionOutcome {}

    /** Nothing was written; the fault says which word is wrong. */
    record Refused(Fault fault) implements RestrictionOutcome {}

    /** Maintenance would take open time, or the guard before an opening: say why it must be then, and it is planned. */
    record TakesOpenTime(Impact impact) implements RestrictionOutcome {}

    /** Somebody was faster; nothing was written. */
    record ChangedMeanwhile(PlannedRestriction theirs) implements RestrictionOutcome {}

    enum Fault {
        /** No such merchant, store, terminal or model. */
        TARGET_UNKNOWN,
        REASON_TOO_LONG,
        /** A lock says on what it is grounded. */
        WHY_MISSING,
        WHY_TOO_LONG,
        /** Maintenance has an end. */
        END_MISSING,
        END_NOT_AFTER_START,
        /** The start, or the end, has passed already. */
        IN_THE_PAST,
        /** Starts more than {@link Restrictions#FURTHEST_DAYS} days ahead. */
        TOO_FAR,
        /** Maintenance of more than {@link Restrictions#LONGEST_MAINTENANCE_DAYS} days. */
        TOO_LONG,
        /** What has begun cannot begin at another time. */
        BEGUN,
        /** What is over stays as it was. */
        OVER
    }
}
