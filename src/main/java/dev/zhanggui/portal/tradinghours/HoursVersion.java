package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of what a merchant, a store or a terminal says about hours; versions are kept for ever.
 *
 * @param version from 1; 0 while nothing was ever said
 * @param changedAt null for version 0
 * @param changedBy the label of who changed it; null for version 0
 * @param reason why, in their words
 */
public record HoursVersion(
        HoursScope scope,
        int version,
        HoursDocument document,
        @Nullable Instant changedAt,
        @Nullable String changedBy,
        @Nullable String reason) {

    public HoursVersion(
            StoreId store,
            int version,
            HoursDocument document,
            @Nullable Instant changedAt,
            @Nullable String changedBy,
            @Nullable String reason) {
        this(HoursScope.of(store), version, document, changedAt, changedBy, reason);
    }
}
