package dev.zhanggui.conformance;

import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Signs as the portal does, and as a forger would. */
final class LabSigner {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String kid;
    private final Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());

    LabSigner(String kid) {
        this.kid = kid;
    }

    VerificationKey verificationKey() {
        return new VerificationKey(
                kid, BASE64URL.encodeToString(key.generatePublicKey().getEncoded()));
    }

    String manifest(Manifest manifest) {
        return sign(Wire.MANIFEST_TYP, StrictJson.MAPPER.writeValueAsString(manifest));
    }

    /** With the document inside. */
    DocumentRef inline(String kind, Object document) {
        return inline(kind, sign(DocumentRef.typ(kind), StrictJson.MAPPER.writeValueAsString(document)));
    }

    static DocumentRef inline(String kind, String jws) {
        return new DocumentRef(kind, Wire.digest(jws), jws.length(), jws);
    }

    String sign(String typ, String payload) {
        return raw(header("EdDSA", typ), payload);
    }

    String header(String alg, String typ) {
        return "{\"alg\":\"" + alg + "\",\"kid\":\"" + kid + "\",\"typ\":\"" + typ + "\"}";
    }

    /** With a header of one's own choice, and a genuine signature over it. */
    String raw(String header, String payload) {
        String input = input(header, payload);
        byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
        byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
        key.sign(Ed25519.Algorithm.Ed25519, null, bytes, 0, bytes.length, signature, 0);
        return input + "." + BASE64URL.encodeToString(signature);
    }

    /** The public key taken for a shared secret: what a careless library accepts when the header asks for HMAC. */
    String hmacByPublicKey(String payload) {
        String input = input(header("HS256", Wire.MANIFEST_TYP), payload);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.generatePublicKey().getEncoded(), "HmacSHA256"));
            return input + "." + BASE64URL.encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC", e);
        }
    }

    static String input(String header, String payload) {
        return encode(header) + "." + encode(payload);
    }

    private static String encode(String text) {
        return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
