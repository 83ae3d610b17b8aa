package dev.zhanggui.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a manifest came on the terminal.
 *
 * <pre>
 * RECEIVED → VERIFIED → APPLIED          after activation and self-test
 *     └─────────┴─────→ REJECTED(code)   the terminal keeps what it had
 *            APPLIED  → ROLLED_BACK(code) gen is the one given up; a birth tells what runs now
 * </pre>
 *
 * A later stage says the earlier ones too: a terminal that gets through at once sends the last one only, and tells of RECEIVED or
 * VERIFIED when the next step takes time (documents to fetch, a moment to wait for).
 *
 * @param epoch of the manifest spoken of; 0 when it could not be read
 * @param gen of the manifest spoken of; 0 when it could not be read
 * @param digest of the manifest as it arrived; identifies it also when it could not be read
 * @param code {@link RejectCode#number()}, 0 when nothing is wrong
 * @param detail for technicians, short, no payload
 * @param at the terminal's own clock
 * @param seq grows with every report of one boot
 */
public record Report(
        String tid,
        long epoch,
        long gen,
        String digest,
        Stage stage,
        int code,
        @Nullable String detail,
        Instant at,
        long seq) {

    public enum Stage {
        RECEIVED,
        VERIFIED,
        APPLIED,
        REJECTED,
        ROLLED_BACK
    }

    public Report {
        Wire.required(tid, "tid");
        Wire.required(digest, "digest");
        Wire.required(stage, "stage");
        Wire.required(at, "at");
    }
}
