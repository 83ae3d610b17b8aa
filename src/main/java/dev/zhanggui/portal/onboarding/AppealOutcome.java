package dev.zhanggui.portal.onboarding;

/** What became of an appeal against a refusal. */
public sealed interface AppealOutcome {

    record Appealed(Application application) implements AppealOutcome {}

    /** Only a refusal can be appealed. */
    record NotNow(ApplicationState state) implements AppealOutcome {}

    record ReasonMissing() implements AppealOutcome {}

    /** The refusal was upheld once already. */
    record HeardBefore() implements AppealOutcome {}

    /** The person has begun another application meanwhile, and has one open at a time. */
    record AnotherOpen() implements AppealOutcome {}
}
