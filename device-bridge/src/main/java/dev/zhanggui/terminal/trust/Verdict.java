package dev.zhanggui.terminal.trust;

import dev.zhanggui.wire.RejectCode;

/** Outcome of a check. */
public sealed interface Verdict<T> {

    record Accepted<T>(T value) implements Verdict<T> {}

    /** @param detail for technicians, without payload */
    record Refused<T>(RejectCode code, String detail) implements Verdict<T> {

        /** The same refusal as outcome of a larger check. */
        public <U> Refused<U> of() {
            return new Refused<>(code, detail);
        }
    }

    static <T> Verdict<T> refused(RejectCode code, String detail) {
        return new Refused<>(code, detail);
    }
}
