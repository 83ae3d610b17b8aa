package dev.zhanggui.portal.audit;

import dev.zhanggui.portal.shared.MerchantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the record.
 *
 * @param before as JSON; null when there was none
 * @param sealed in the chain already; a fresh entry is sealed within about a second
 */
public record AuditEntry(
        long id,
        Instant at,
        String actorKind,
        long actorId,
        String actorLabel,
        String action,
        String subject,
        @Nullable MerchantId merchant,
        @Nullable String before,
        @Nullable String after,
        @Nullable String reason,
        boolean sealed) {}
