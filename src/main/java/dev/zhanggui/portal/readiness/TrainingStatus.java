package dev.zhanggui.portal.readiness;

import java.time.Instant;

/** Whether somebody knows what the material says. */
public sealed interface TrainingStatus {

    record NotStarted() implements TrainingStatus {}

    record Passed(Instant at) implements TrainingStatus {}

    /** @param passedAt when they passed an older text */
    record MustRetrain(Instant passedAt) implements TrainingStatus {}
}
