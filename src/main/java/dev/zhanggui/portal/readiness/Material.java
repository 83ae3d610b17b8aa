package dev.zhanggui.portal.readiness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The material that holds for a merchant's staff.
 *
 * @param version from 1; 0 is the platform's own
 * @param mark changes when the text or the quiz does: who passed under another one must read again
 * @param changedAt null for the platform's own
 * @param changedBy null for the platform's own
 */
public record Material(
        int version,
        MaterialDraft content,
        String mark,
        @Nullable Instant changedAt,
        @Nullable String changedBy) {}
