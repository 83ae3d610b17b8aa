package dev.zhanggui.portal.configuration;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version in a terminal's history.
 *
 * @param cause why it was made
 * @param who the label of the actor whose edit caused it
 * @param editedAt the earliest edit it contains
 * @param deliveredAt when the portal heard that the terminal has it; null before
 * @param appliedAt when the portal heard that the terminal runs it; null before
 * @param code the terminal's number for a refusal; null without one
 */
public record Generation(
        ConfigurationVersion version,
        ChangeCause cause,
        String who,
        Instant editedAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant appliedAt,
        GenerationOutcome outcome,
        @Nullable Integer code) {

    /** From the edit's moment to the terminal's proof, as the portal recorded both. */
    public Optional<Duration> editToApplied() {
        return appliedAt == null ? Optional.empty() : Optional.of(Duration.between(editedAt, appliedAt));
    }
}
