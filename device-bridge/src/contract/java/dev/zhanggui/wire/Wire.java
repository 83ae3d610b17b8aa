package dev.zhanggui.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits and the one digest that both ends must compute alike. */
public final class Wire {

    /** Version of the protocol; {@link Manifest#v()} carries it. */
    public static final int VERSION = 1;

    /** Largest manifest that a terminal reads, in bytes of the compact JWS with its inline documents. */
    public static final int MAX_MANIFEST_BYTES = 16 * 1024;

    /** Largest document that a terminal reads, in bytes of the compact JWS: the hours of 60 days with three shifts a day. */
    public static final int MAX_DOCUMENT_BYTES = 96 * 1024;

    /** A document up to this many bytes of compact JWS should travel inside the manifest ({@link DocumentRef#inline()}). */
    public static final int INLINE_DOCUMENT_BYTES = 3 * 1024;

    /** A document of more bytes than this is fetched in pieces of at most this size. */
    public static final int CHUNK_BYTES = 8 * 1024;

    /** JWS header {@code typ} of a manifest. That of a document is {@link DocumentRef#typ(String)}. */
    public static final String MANIFEST_TYP = "zg-manifest+jws";

    private Wire() {}

    /** The digest of a compact JWS, of a manifest as of a document: base64url(SHA-256(ASCII bytes)), 43 characters. */
    public static String digest(String jws) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(jws.getBytes(StandardCharsets.US_ASCII)));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
