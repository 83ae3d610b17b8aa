package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a store's hours; versions are kept for ever.
 *
 * @param version from 1; 0 while nothing was ever set
 * @param changedAt null for version 0
 * @param changedBy the label of who changed it; null for version 0
 * @param reason why, in their words
 */
public record HoursVersion(
        StoreId store,
        int version,
        HoursDocument document,
        @Nullable Instant changedAt,
        @Nullable String changedBy,
        @Nullable String reason) {}
