package dev.zhanggui.portal.configuration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether anybody carries configurations to the terminals now. A change is told by {@link BridgeLinkChanged}. */
public interface BridgeLink {

    State state();

    /** A bridge gave a sign of life. */
    void seen(String bridge);

    sealed interface State {

        /** @param lastSeen the latest sign of life of any bridge */
        record Reachable(Instant lastSeen) implements State {}

        /** @param since the last sign of life; null when no bridge was ever seen */
        record Unreachable(@Nullable Instant since) implements State {}
    }
}
