package dev.zhanggui.portal.notification;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message as the outbox page and the delivery log show it. */
public record OutboxMessage(
        long id,
        String recipientMasked,
        String template,
        Map<String, String> params,
        String state,
        Instant createdAt,
        @Nullable Instant deliveredAt) {}
