package dev.zhanggui.portal.tradinghours;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the platform, an acquirer or the law lays over a store's own hours for a while.
 *
 * @param until not included; null means until someone ends it
 * @param reason shown to customers; null for the kind's own words
 */
public record Restriction(
        Kind kind,
        Instant from,
        @Nullable Instant until,
        @Nullable String reason) {

    /** In the order of their strength. */
    public enum Kind {
        /** By an authority. */
        LEGAL_LOCK(Layer.LOCK),
        /** By the acquirer, as while it examines transactions. */
        ACQUIRER_LOCK(Layer.LOCK),
        /** The terminal or the platform is broken. */
        FAULT(Layer.MAINTENANCE),
        /** Planned, or an update that is running. */
        MAINTENANCE(Layer.MAINTENANCE),
        /** Never closes: while the store is open, staff look whether the money has arrived. */
        NETWORK_TROUBLE(Layer.MAINTENANCE);

        private final Layer layer;

        Kind(Layer layer) {
            this.layer = layer;
        }

        public Layer layer() {
            return layer;
        }

        /** Whether nothing is collected meanwhile; the other kinds only warn. */
        public boolean closes() {
            return this != NETWORK_TROUBLE;
        }
    }

    public Restriction {
        if (until != null && until.isBefore(from)) {
            throw new IllegalArgumentException("restriction ends before it begins");
        }
    }

    public boolean covers(Instant instant) {
        return !instant.isBefore(from) && (until == null || instant.isBefore(until));
    }
}
