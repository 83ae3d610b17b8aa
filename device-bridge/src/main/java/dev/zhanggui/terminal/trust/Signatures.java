package dev.zhanggui.terminal.trust;

import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Compact JWS (RFC 7515) with the one algorithm that this terminal accepts, Ed25519 (RFC 8037), and with the keys that it pinned when
 * it was activated. The header chooses among pinned keys and nothing else: no algorithm, no key of its own, no type but the one that
 * the caller expects.
 */
public final class Signatures {

    private static final int KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    private final Map<String, Ed25519PublicKeyParameters> keys;

    /** @throws IllegalArgumentException for a key that is none */
    public Signatures(List<VerificationKey> pinned) {
        keys = pinned.stream().collect(Collectors.toUnmodifiableMap(VerificationKey::kid, Signatures::publicKey));
    }

    /** The payload of a JWS that is genuine and of the given type. */
    public Verdict<byte[]> check(byte[] jws, String typ, int maxBytes) {
        if (jws.length > maxBytes) {
            return Verdict.refused(RejectCode.OVERSIZED, jws.length + " bytes, at most " + maxBytes);
        }
        String text = new String(jws, StandardCharsets.ISO_8859_1);
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first <= 0 || second <= first + 1 || text.indexOf('.', second + 1) >= 0) {
            return Verdict.refused(RejectCode.MALFORMED, "not three parts");
        }
        byte[] header = decode(text.substring(0, first));
        byte[] payload = decode(text.substring(first + 1, second));
        byte[] signature = decode(text.substring(second + 1));
        if (header == null || payload == null || signature == null) {
            return Verdict.refused(RejectCode.MALFORMED, "not base64url");
        }
        JsonNode fields;
        try {
            fields = StrictJson.read(header, JsonNode.class);
        } catch (JacksonException e) {
            return Verdict.refused(RejectCode.MALFORMED, "header is not JSON");
        }
        if (!fields.isObject() || fields.has("crit") || fields.has("b64")) {
            return Verdict.refused(RejectCode.MALFORMED, "header asks for what this terminal does not do");
        }
        if (!"EdDSA".equals(text(fields, "alg"))) {
            return Verdict.refused(RejectCode.WRONG_ALGORITHM, "alg is not EdDSA");
        }
        if (!typ.equals(text(fields, "typ"))) {
            return Verdict.refused(RejectCode.WRONG_ALGORITHM, "typ is not " + typ);
        }
        String kid = text(fields, "kid");
        Ed25519PublicKeyParameters key = kid == null ? null : keys.get(kid);
        if (key == null) {
            return Verdict.refused(RejectCode.UNKNOWN_KEY, "key is not pinned");
        }
        if (signature.length != SIGNATURE_BYTES) {
            return Verdict.refused(RejectCode.BAD_SIGNATURE, "signature has " + signature.length + " bytes");
        }
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(false, key);
        signer.update(jws, 0, second);
        if (!signer.verifySignature(signature)) {
            return Verdict.refused(RejectCode.BAD_SIGNATURE, "signature does not fit");
        }
        return new Verdict.Accepted<>(payload);
    }

    /** The key that the header of a JWS names, when {@link #check} accepted it. */
    static String kid(byte[] accepted) {
        String text = new String(accepted, StandardCharsets.ISO_8859_1);
        byte[] header = Objects.requireNonNull(decode(text.substring(0, text.indexOf('.'))));
        return Objects.requireNonNull(text(StrictJson.read(header, JsonNode.class), "kid"));
    }

    private static @Nullable String text(JsonNode fields, String name) {
        JsonNode value = fields.get(name);
        return value != null && value.isString() ? value.stringValue() : null;
    }

    /** Null for text that is not the one canonical spelling of its bytes. */
    static byte @Nullable [] decode(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** @throws IllegalArgumentException for a key that is none */
    static Ed25519PublicKeyParameters publicKey(VerificationKey key) {
        byte[] bytes = decode(key.publicKey());
        // Outside the group of prime order verifiers disagree, and a point of small order signs everything for
        // everybody.
        if (bytes == null || bytes.length != KEY_BYTES || !Ed25519.validatePublicKeyFull(bytes, 0)) {
            throw new IllegalArgumentException("Key " + key.kid() + " is not an Ed25519 key");
        }
        return new Ed25519PublicKeyParameters(bytes);
    }
}
