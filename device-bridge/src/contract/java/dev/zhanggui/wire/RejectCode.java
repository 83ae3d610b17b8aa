package dev.zhanggui.wire;

import java.util.Arrays;
import java.util.Optional;

/** Why a terminal refused or gave up a manifest. Numbers are for ever; a gap is left in each group. */
public enum RejectCode {
    /** Not a compact JWS, not JSON, a doubled key, a required field missing. */
    MALFORMED(101),
    /** Larger than {@link Wire#MAX_MANIFEST_BYTES} or {@link Wire#MAX_DOCUMENT_BYTES}. */
    OVERSIZED(102),
    /** The header asks for anything but EdDSA, or for the wrong {@code typ}. */
    WRONG_ALGORITHM(103),
    /** The signature does not fit. */
    BAD_SIGNATURE(104),
    /** Signed with a key that this terminal does not know. */
    UNKNOWN_KEY(105),
    /** A protocol version that this firmware does not speak. */
    UNSUPPORTED_VERSION(106),
    /** Genuine, but made for another terminal. */
    WRONG_TERMINAL(201),
    /** Older than what this terminal has already accepted. */
    ROLLBACK(202),
    /** The same version as the accepted one with other content: the portal's key may be misused. */
    EQUIVOCATION(203),
    /** A document was not inline, and nobody could supply it. */
    DOCUMENT_MISSING(301),
    /** A document is not the one that the manifest pins. */
    DOCUMENT_DIGEST(302),
    /** A document is genuine and makes no sense: no transitions, an unreadable URL. */
    DOCUMENT_INVALID(303),
    /** A document did not come to its end within the limits of size, number of chunks and time. */
    DOCUMENT_UNFINISHED(304),
    /** The terminal could not store it. */
    STORAGE(401),
    /** Applied, and the terminal then failed to work with it. */
    SELF_TEST(402),
    /** The very manifest that this terminal has given up before; a newer generation is tried. */
    QUARANTINED(403),
    /** Applied, and within its soak the terminal crashed again and again, or failed. */
    SOAK(404);

    private final int number;

    RejectCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Empty for a number of a newer terminal. */
    public static Optional<RejectCode> of(int number) {
        return Arrays.stream(values()).filter(code -> code.number == number).findFirst();
    }
}
