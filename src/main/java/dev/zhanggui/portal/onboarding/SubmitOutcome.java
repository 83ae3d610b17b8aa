package dev.zhanggui.portal.onboarding;

import java.util.List;

/** What became of a submission. */
public sealed interface SubmitOutcome {

    record Submitted(Application application) implements SubmitOutcome {}

    /** Parts that are still missing or wrong, in the order they are asked. */
    record Incomplete(List<ApplicationPart> missing) implements SubmitOutcome {}

    /** Sent back for a fix, and these parts were not touched since. */
    record NotYetFixed(List<ApplicationPart> parts) implements SubmitOutcome {}

    record NotEligible(List<Eligibility.Refused> reasons) implements SubmitOutcome {}

    /** It was not waiting for a submission: sent a moment ago from another tab, or withdrawn. */
    record NotNow(ApplicationState state) implements SubmitOutcome {}
}
