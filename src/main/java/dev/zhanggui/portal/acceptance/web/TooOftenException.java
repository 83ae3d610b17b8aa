package dev.zhanggui.portal.acceptance.web;

import java.time.Duration;

/** Somebody asks too often; {@link WaitPage} tells them. */
final class TooOftenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long seconds;
    private final String back;

    /** @param back where to go afterwards, relative to the address that was asked; empty for nowhere */
    TooOftenException(Duration wait, String back) {
        super("asked too often", null, false, false);
        this.seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
        this.back = back;
    }

    /** Whole seconds, at least one. */
    long seconds() {
        return seconds;
    }

    String back() {
        return back;
    }
}
