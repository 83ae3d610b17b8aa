package dev.zhanggui.portal.tradinghours;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A restriction as staff keep it.
 *
 * @param label what the target was called when this was planned; empty for ALL
 * @param madeBy who planned it, without personal data
 * @param endedAt when somebody ended or cancelled it; null if nobody did
 */
public record PlannedRestriction(
        RestrictionId id,
        RestrictionTarget target,
        String label,
        Restriction restriction,
        Instant madeAt,
        String madeBy,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        int version) {

    /** Where it stands in time. */
    public enum Band {
        NOW,
        PLANNED,
        PAST
    }

    public Band band(Instant now) {
        var until = restriction.until();
        if (endedAt != null || until != null && !until.isAfter(now)) {
            return Band.PAST;
        }
        return restriction.from().isAfter(now) ? Band.PLANNED : Band.NOW;
    }
}
