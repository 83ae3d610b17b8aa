package dev.zhanggui.portal.account;

import dev.zhanggui.portal.shared.MerchantId;
import org.jspecify.annotations.Nullable;

/**
 * Something about an account happened that belongs into the audit record, which stands above this module. Published inside the
 * transaction; fields as in {@code AuditLog.record}.
 */
public record AccountActivity(
        Actor actor,
        String action,
        String subject,
        @Nullable MerchantId merchant,
        @Nullable String before,
        @Nullable String after,
        @Nullable String reason) {}
