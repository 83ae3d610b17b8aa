package dev.zhanggui.portal.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try of a delivery.
 *
 * @param status the receiver's; null when it did not answer
 * @param error why it did not answer; null when it did
 * @param answer at most the first kilobyte of what it said; null when it said nothing
 */
public record Attempt(
        Instant at,
        Duration took,
        @Nullable Integer status,
        @Nullable Error error,
        @Nullable String answer) {

    /** Why there was no answer. */
    public enum Error {
        /** The name leads to an address inside a network. */
        ADDRESS_PRIVATE,
        NAME_UNKNOWN,
        NOT_REACHED,
        /** Nobody vouches for the certificate, or it is another host's. */
        TLS_FAILED,
        /** No answer within 15 s. */
        TOO_SLOW,
        BROKEN_OFF
    }

    public boolean arrived() {
        return status != null && status >= 200 && status < 300;
    }
}
