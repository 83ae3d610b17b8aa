package dev.zhanggui.portal.webhook;

import dev.zhanggui.portal.shared.MerchantId;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a merchant's own system wants to hear of events.
 *
 * @param stopped null while events are sent
 * @param oldSecretUntil how long the secret before the last rotation signs beside the new one; null when there is none
 * @param failingSince the first failure after the last success; null while all is well
 */
public record Endpoint(
        EndpointId id,
        String publicId,
        MerchantId merchantId,
        String url,
        String description,
        Set<EventType> events,
        @Nullable Stop stopped,
        @Nullable Instant oldSecretUntil,
        @Nullable Instant failingSince,
        Instant createdAt,
        int version) {

    public enum StopReason {
        /** A member stopped it. */
        MERCHANT,
        /** Nothing arrived for five days. */
        FAILING,
        /** It answered 410 Gone. */
        GONE
    }

    /** Why nothing is sent, and since when. */
    public record Stop(StopReason reason, Instant at) {}

    public boolean isActive() {
        return stopped == null;
    }

    /** Without path and query, which may hold a secret of the receiver's. */
    public String host() {
        return URI.create(url).getHost();
    }
}
