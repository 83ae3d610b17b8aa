package dev.zhanggui.portal.webhook.internal;

import dev.zhanggui.portal.webhook.Attempt;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The border to the receivers. */
interface Sender {

    /** @param at goes into the header and the signature */
    record Message(URI url, String id, Instant at, String signature, String payload) {}

    sealed interface Answer {

        /**
         * The receiver answered.
         *
         * @param text at most its first kilobyte; null when it said nothing
         * @param retryAfter what it asked for; null when it did not
         */
        record Said(
                int status, @Nullable String text, @Nullable Duration retryAfter) implements Answer {}

        record Nothing(Attempt.Error error) implements Answer {}
    }

    Answer send(Message message);
}
