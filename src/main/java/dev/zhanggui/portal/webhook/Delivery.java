package dev.zhanggui.portal.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event for one endpoint.
 *
 * @param publicId the {@code webhook-id}: the same for every attempt and replay, so that a receiver can drop what it has
 * @param payload the very text that is sent
 * @param attempts since it was made or last replayed
 * @param dueAt when it is tried next; null when it is not
 * @param finishedAt null while it waits
 * @param last the latest attempt; null before the first
 */
public record Delivery(
        DeliveryId id,
        String publicId,
        EndpointId endpoint,
        EventType type,
        String payload,
        DeliveryState state,
        int attempts,
        @Nullable Instant dueAt,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable Attempt last) {}
