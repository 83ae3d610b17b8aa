package dev.zhanggui.portal.tradinghours;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From {@code at} on, until the next transition, the sign says this for this reason.
 *
 * @param capFen the limit per transaction while {@code decision} is ALLOW_CAPPED, else 0
 * @param note the merchant's own words for the reason; null if none
 * @param nextChange when {@code phase} changes; null if not within the evaluator's horizon
 */
public record Transition(
        Instant at,
        Phase phase,
        Decision decision,
        long capFen,
        ReasonCode reason,
        @Nullable String note,
        @Nullable Instant nextChange) {

    /** False only while the sign says closed. */
    public boolean open() {
        return phase != Phase.CLOSED;
    }
}
