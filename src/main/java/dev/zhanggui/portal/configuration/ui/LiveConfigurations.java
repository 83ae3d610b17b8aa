package dev.zhanggui.portal.configuration.ui;

import dev.zhanggui.portal.configuration.BridgeLinkChanged;
import dev.zhanggui.portal.configuration.ConfigurationProgressed;
import dev.zhanggui.portal.configuration.FleetCounted;
import dev.zhanggui.portal.configuration.RolloutProgressed;
import dev.zhanggui.portal.uikit.LiveUpdates;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells open pages what the terminals did. */
@Component
class LiveConfigurations {

    static final String BRIDGE = "bridge";

    /** Tells that all terminals were counted anew. */
    static final String FLEET = "fleet";

    static final String ROLLOUTS = "rollouts";

    private final LiveUpdates live;

    LiveConfigurations(LiveUpdates live) {
        this.live = live;
    }

    @EventListener
    void on(ConfigurationProgressed event) {
        live.publish(event.store().toString());
    }

    @EventListener
    void on(BridgeLinkChanged event) {
        live.publish(BRIDGE);
    }

    @EventListener
    void on(RolloutProgressed event) {
        live.publish(ROLLOUTS);
    }

    @EventListener
    void on(FleetCounted event) {
        live.publish(FLEET);
    }
}
