package dev.zhanggui.conformance;

import dev.zhanggui.wire.Text;

/** The terminal did something else than the check expects. */
final class UnmetException extends Exception {

    private final transient Text seen;

    UnmetException(String zh, String en) {
        super(en);
        this.seen = new Text(zh, en);
    }

    Text seen() {
        return seen;
    }
}
