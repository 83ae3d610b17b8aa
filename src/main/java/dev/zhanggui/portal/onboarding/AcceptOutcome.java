package dev.zhanggui.portal.onboarding;

/** What became of the applicant's consent to an offer. */
public sealed interface AcceptOutcome {

    record Accepted(Application application) implements AcceptOutcome {}

    /** A newer offer or agreement replaced the one on the screen; nothing was signed. */
    record Changed(Offer current) implements AcceptOutcome {}

    record NotNow(ApplicationState state) implements AcceptOutcome {}
}
