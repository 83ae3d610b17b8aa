package dev.zhanggui.portal.tradinghours;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A spontaneous exception by people in the store that beats every rule, and ends by itself unless it says otherwise.
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
        CLOSE_NOW,
        OPEN_NOW
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
