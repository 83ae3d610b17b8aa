package dev.zhanggui.wire;

import java.util.List;
import java.util.OptionalLong;

/**
 * A {@link RootDocument} with the signatures of roots. A terminal asks for the version after its own by a {@link Query} for
 * {@link #name}, and gets it as the JSON text of this record in the place of a document's JWS. That there is one it learns from a
 * {@link DocumentRef} of kind {@link DocumentRef#ROOT}, or from a manifest with a key that it does not know.
 *
 * @param document the JSON text of the root document, to the letter as it was signed
 * @param signatures of roots of this version and of the one before
 */
public record SignedRoot(String document, List<Signature> signatures) {

    private static final String PREFIX = "root-";

    public SignedRoot {
        Wire.required(document, "document");
        signatures = Wire.list(signatures);
    }

    /**
     * @param kid of a root
     * @param signature Ed25519 over {@link SignedRoot#signingInput()}, base64url
     */
    public record Signature(String kid, String signature) {

        public Signature {
            Wire.required(kid, "kid");
            Wire.required(signature, "signature");
        }
    }

    /** The UTF-8 text that roots sign: no other thing that is signed with Ed25519 here begins like it. */
    public String signingInput() {
        return "zg-root-1\n" + document;
    }

    /** Under which a version is asked for. */
    public static String name(long version) {
        return PREFIX + version;
    }

    /** Of a {@link #name}; empty for any other text. */
    public static OptionalLong version(String name) {
        try {
            long version = name.startsWith(PREFIX) ? Long.parseLong(name.substring(PREFIX.length())) : 0;
            return version > 0 && name.equals(name(version)) ? OptionalLong.of(version) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
