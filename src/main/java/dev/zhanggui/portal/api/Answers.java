package dev.zhanggui.portal.api;

import org.jspecify.annotations.Nullable;

/** Remembers answers to POSTs that carry an Idempotency-Key, so that a repeated one does nothing twice. */
public interface Answers {

    /** @param location of what was made; null without one */
    record Answer(
            int status,
            @Nullable String contentType,
            @Nullable String location,
            byte[] body) {}

    /** What is known of a key. */
    sealed interface Claim {
        /** Nobody asked before: do it, then {@link #keep} or {@link #forget}. */
        record Mine() implements Claim {}

        record Done(Answer answer) implements Claim {}

        /** The first request is still at work. */
        record AtWork() implements Claim {}

        /** The key was used for another request. */
        record OtherRequest() implements Claim {}
    }

    /** @param digest of method, path and body, 32 bytes */
    Claim claim(long apiKey, String idempotencyKey, byte[] digest);

    void keep(long apiKey, String idempotencyKey, Answer answer);

    /** Nothing came of it: a repeat may try again. */
    void forget(long apiKey, String idempotencyKey);
}
