package dev.zhanggui.portal.onboarding;

import java.util.List;

/** What the eligibility rules say, one verdict a rule, in the rules' order. */
public record Eligibility(List<Verdict> verdicts) {

    public sealed interface Verdict {

        /** The rule's name; its texts are {@code onboarding.rule.<name>} and {@code onboarding.rule.<name>.refused}. */
        String rule();
    }

    public record Allowed(String rule) implements Verdict {}

    /** Not decidable yet: the answer it needs is missing. */
    public record Undecided(String rule, ApplicationPart needs) implements Verdict {}

    /** @param part the answer that would have to be another */
    public record Refused(String rule, ApplicationPart part) implements Verdict {}

    public List<Refused> refusals() {
        return verdicts.stream()
                .filter(Refused.class::isInstance)
                .map(Refused.class::cast)
                .toList();
    }
}
