package dev.zhanggui.wire;

import org.jspecify.annotations.Nullable;

/**
 * One document of a manifest. A terminal ignores kinds it does not know.
 *
 * @param kind one of the constants here
 * @param digest {@link Wire#digest(String)} of the document's compact JWS
 * @param size bytes of that JWS
 * @param inline the JWS itself when small; absent: keep the one you have, or ask by {@link Query}
 */
public record DocumentRef(
        String kind, String digest, int size, @Nullable String inline) {

    /** {@link HoursDocument}. */
    public static final String HOURS = "hours";
    /** {@link CodesDocument}. */
    public static final String CODES = "codes";
    /** {@link AcceptanceDocument}. */
    public static final String ACCEPTANCE = "acceptance";
    /** {@link ScreenDocument}. */
    public static final String SCREEN = "screen";

    /**
     * There is a newer {@link SignedRoot}: {@code digest} is its {@link SignedRoot#name}, {@code size} 0. Nothing to run, only to ask for.
     */
    public static final String ROOT = "root";

    public DocumentRef {
        Wire.required(kind, "kind");
        Wire.required(digest, "digest");
    }

    /** JWS header {@code typ} of a document of that kind: a document of one kind never passes for another, nor for a manifest. */
    public static String typ(String kind) {
        return "zg-" + kind + "+jws";
    }
}
