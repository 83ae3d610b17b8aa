package dev.zhanggui.portal.webhook.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.webhook.Endpoint;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** Stops an endpoint that takes nothing any more, and tells its merchant's owners. Joins the caller's transaction. */
@Component
class EndpointStops {

    private static final Actor SELF = Actor.system("webhook");

    private final EndpointRows endpoints;
    private final DeliveryRows deliveries;
    private final Access access;
    private final Notices notices;
    private final AuditLog audit;
    private final Clock clock;

    EndpointStops(
            EndpointRows endpoints,
            DeliveryRows deliveries,
            Access access,
            Notices notices,
            AuditLog audit,
            Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.access = access;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    void stop(Endpoint endpoint, Endpoint.StopReason reason) {
        if (!endpoints.stop(endpoint.id(), reason, clock.instant())) {
            return;
        }
        deliveries.stopAll(endpoint.id(), clock.instant());
        audit.record(
                SELF, "webhook.stopped", endpoint.id().toString(), endpoint.merchantId(), null, null, reason.name());
        for (var owner : access.owners(endpoint.merchantId())) {
            notices.post(
                    SELF,
                    owner,
                    "webhookStopped",
                    List.of(endpoint.host()),
                    "merchant/webhooks?endpoint=" + endpoint.publicId());
        }
    }
}
