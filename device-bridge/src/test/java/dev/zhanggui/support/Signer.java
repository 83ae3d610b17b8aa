package dev.zhanggui.support;

import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Signs as the portal does. */
public final class Signer {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final String kid;
    private final Ed25519PrivateKeyParameters key;

    public Signer(String kid) {
        this.kid = kid;
        this.key = new Ed25519PrivateKeyParameters(new SecureRandom());
    }

    /** The same key every time, so that a run repeats to the letter. */
    public Signer(String kid, long seed) {
        this.kid = kid;
        this.key = new Ed25519PrivateKeyParameters(
                ByteBuffer.allocate(32).putLong(seed).array());
    }

    public VerificationKey verificationKey() {
        return new VerificationKey(
                kid, ENCODER.encodeToString(key.generatePublicKey().getEncoded()));
    }

    public String manifest(Manifest manifest) {
        return sign(Wire.MANIFEST_TYP, StrictJson.MAPPER.writeValueAsString(manifest));
    }

    public String document(String kind, Object document) {
        return sign(DocumentRef.typ(kind), StrictJson.MAPPER.writeValueAsString(document));
    }

    /** A document as reference with the document inside. */
    public DocumentRef inline(String kind, Object document) {
        String jws = document(kind, document);
        return new DocumentRef(kind, Wire.digest(jws), jws.length(), jws);
    }

    public String sign(String typ, String payload) {
        return raw("{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\",\"typ\":\"" + typ + "\"}", payload);
    }

    /** With a header of one's own choice, and a genuine signature over it. */
    public String raw(String header, String payload) {
        String input = encode(header) + "." + encode(payload);
        byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(bytes, 0, bytes.length);
        return input + "." + ENCODER.encodeToString(signer.generateSignature());
    }

    public static String encode(String text) {
        return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
