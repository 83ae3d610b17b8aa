package dev.zhanggui.support;

import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.RootDocument;
import dev.zhanggui.wire.SignedRoot;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** A root key, which somebody keeps offline. */
public final class RootSigner {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final String kid;
    private final Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());

    public RootSigner(String kid) {
        this.kid = kid;
    }

    public VerificationKey key() {
        return new VerificationKey(
                kid, ENCODER.encodeToString(key.generatePublicKey().getEncoded()));
    }

    public static RootDocument document(
            long version,
            int threshold,
            List<VerificationKey> roots,
            List<VerificationKey> signing,
            Instant from,
            Instant until) {
        return new RootDocument(
                Wire.VERSION,
                version,
                threshold,
                roots,
                signing.stream()
                        .map(key -> new RootDocument.Signing(key.kid(), key.publicKey(), from, until))
                        .toList());
    }

    public static SignedRoot signed(RootDocument document, RootSigner... signers) {
        SignedRoot bare = new SignedRoot(StrictJson.MAPPER.writeValueAsString(document), List.of());
        byte[] input = bare.signingInput().getBytes(StandardCharsets.UTF_8);
        return new SignedRoot(
                bare.document(),
                Arrays.stream(signers)
                        .map(one -> {
                            Ed25519Signer signer = new Ed25519Signer();
                            signer.init(true, one.key);
                            signer.update(input, 0, input.length);
                            return new SignedRoot.Signature(
                                    one.kid, ENCODER.encodeToString(signer.generateSignature()));
                        })
                        .toList());
    }
}
