package dev.zhanggui.portal.onboarding;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page an applicant returns to.
 *
 * @param steps what happened, oldest first
 * @param call the call that is planned or running; null when none is
 * @param offer the newest offer; null before the recommendation
 * @param refusal why it was refused; null unless REJECTED
 */
public record Timeline(
        Application application,
        List<Step> steps,
        @Nullable Call call,
        @Nullable Offer offer,
        @Nullable String refusal) {

    /**
     * One transition.
     *
     * @param from null for the start
     * @param by the nickname of staff, or empty for the applicant
     */
    public record Step(
            @Nullable ApplicationState from,
            ApplicationState to,
            Instant at,
            String by,
            @Nullable String reason) {}

    /** @param code the four digits the caller says first */
    public record Call(String agent, String code, @Nullable Instant dueAt) {}
}
