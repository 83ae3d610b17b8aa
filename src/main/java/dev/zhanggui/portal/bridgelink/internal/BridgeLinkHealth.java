package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.portal.configuration.BridgeLink;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Shows a missing bridge without calling the portal down: it works on, edits are kept, and no load balancer should take it out.
 */
@Component("bridgeLink")
class BridgeLinkHealth implements HealthIndicator {

    static final Status UNREACHABLE = new Status("BRIDGE_UNREACHABLE");

    private final BridgeLink link;

    BridgeLinkHealth(BridgeLink link, MeterRegistry registry) {
        this.link = link;
        Gauge.builder("zhanggui.bridge.reachable", () -> link.state() instanceof BridgeLink.State.Reachable ? 1 : 0)
                .description("1 while a bridge asks for work")
                .register(registry);
    }

    @Override
    public Health health() {
        return switch (link.state()) {
            case BridgeLink.State.Reachable it ->
                Health.up().withDetail("lastSeen", it.lastSeen()).build();
            case BridgeLink.State.Unreachable it -> {
                var since = it.since();
                yield Health.status(UNREACHABLE)
                        .withDetail("since", since == null ? "never seen" : since)
                        .build();
            }
        };
    }
}
