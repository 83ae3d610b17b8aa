package dev.zhanggui.portal.webhook.internal;

import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes what nobody asks for any more, a little at a time. */
@Component
class WebhookCleaner {

    static final Duration KEPT = Duration.ofDays(30);

    private static final int BATCH = 1_000;

    /** At most this many batches in a row: the rest waits for the next hour. */
    private static final int BATCHES = 50;

    private final EndpointRows endpoints;
    private final DeliveryRows deliveries;
    private final Clock clock;

    WebhookCleaner(EndpointRows endpoints, DeliveryRows deliveries, Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT2M")
    void purge() {
        var before = clock.instant().minus(KEPT);
        for (int batch = 0; batch < BATCHES && deliveries.purge(before, BATCH) == BATCH; batch++) {
            // A full batch: there may be more.
        }
        endpoints.purge(before.minus(KEPT), BATCH);
    }
}
