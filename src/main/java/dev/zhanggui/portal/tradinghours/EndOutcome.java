package dev.zhanggui.portal.tradinghours;

/** What became of the wish to go back to the plan. */
public sealed interface EndOutcome {

    record Ended() implements EndOutcome {}

    record NothingToEnd() implements EndOutcome {}

    /** Whoever made the emergency stop asked for a second pair of eyes. */
    record SecondPersonNeeded(String stoppedBy) implements EndOutcome {}
}
