package dev.zhanggui.portal.onboarding;

/** What became of a withdrawal. */
public sealed interface WithdrawOutcome {

    record Withdrawn(Application application) implements WithdrawOutcome {}

    record NotNow(ApplicationState state) implements WithdrawOutcome {}
}
