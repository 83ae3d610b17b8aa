package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.WireEncoding.Payload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A compact JWS (RFC 7515) with EdDSA (RFC 8037), written by hand: three base64url texts with dots need no library. Ed25519 is
 * deterministic, so the same payload under the same key is the same text, and its digest can name it.
 *
 * @param text header, payload and signature
 * @param digest base64url of SHA-256 over {@code text}, 43 characters
 */
record Jws(String text, String digest) {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    static Jws sign(SigningKey key, Payload payload) {
        var header = "{\"alg\":\"EdDSA\",\"kid\":\"" + key.keyId() + "\",\"typ\":\"" + payload.typ() + "\"}";
        var signed = BASE64URL.encodeToString(header.getBytes(StandardCharsets.US_ASCII))
                + "."
                + BASE64URL.encodeToString(payload.bytes());
        var signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return of(signed + "." + BASE64URL.encodeToString(signature));
    }

    static Jws of(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return new Jws(text, BASE64URL.encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    int size() {
        return text.length();
    }
}
