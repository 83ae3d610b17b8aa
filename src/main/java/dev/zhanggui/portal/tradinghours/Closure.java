package dev.zhanggui.portal.tradinghours;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A spontaneous exception by people in the store that beats the plan, and ends by itself unless it says otherwise.
 *
 * @param until not included; null means until someone ends it
 * @param reason shown to customers
 */
public record Closure(
        Kind kind,
        Instant from,
        @Nullable Instant until,
        @Nullable String reason) {

    public enum Kind {
        /** Something is wrong: nothing at all is collected until it is lifted. */
        EMERGENCY_STOP(Layer.CLOSURE),
        CLOSE_NOW(Layer.CLOSURE),
        /** Beats the plan, but neither a lock nor maintenance nor the night closure. */
        OPEN_NOW(Layer.OVERRIDE);

        private final Layer layer;

        Kind(Layer layer) {
            this.layer = layer;
        }

        public Layer layer() {
            return layer;
        }
    }

    public Closure {
        if (until != null && until.isBefore(from)) {
            throw new IllegalArgumentException("closure ends before it begins");
        }
    }

    public boolean covers(Instant instant) {
        return !instant.isBefore(from) && (until == null || instant.isBefore(until));
    }
}
