package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.VerificationKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The Ed25519 key that signs configurations, by BouncyCastle because it is fourteen times as fast as the JDK's. Its id is taken
 * from the public key, so that no two keys can ever share one.
 */
@Component
class SigningKey implements VerificationKeys {

    static final byte[] DEVELOPMENT_SEED = sha256("zhanggui development signing key, never for production");

    private static final int SEED_BYTES = 32;

    private final Ed25519PrivateKeyParameters privateKey;
    private final byte[] publicKey;
    private final String keyId;

    /**
     * @param configured the private key's 32 bytes in base64 ({@code openssl rand -base64 32}); empty only in demo mode, where a
     *     development key stands in
     */
    SigningKey(@Value("${zhanggui.signing.key:}") String configured, @Value("${zhanggui.demo:false}") boolean demo) {
        byte[] seed = configured.isBlank() ? DEVELOPMENT_SEED : decode(configured.strip());
        if (!demo && Arrays.equals(seed, DEVELOPMENT_SEED)) {
            throw new IllegalStateException(
                    "ZHANGGUI_SIGNING_KEY is missing: set it to the base64 text of 32 random bytes"
                            + " (openssl rand -base64 32). The development key signs in demo mode only.");
        }
        privateKey = new Ed25519PrivateKeyParameters(seed);
        publicKey = privateKey.generatePublicKey().getEncoded();
        keyId = "zg-" + HexFormat.of().formatHex(sha256(publicKey), 0, 6);
    }

    private static byte[] decode(String configured) {
        try {
            byte[] seed = Base64.getDecoder().decode(configured);
            if (seed.length == SEED_BYTES) {
                return seed;
            }
        } catch (IllegalArgumentException e) {
            // The same advice as for a wrong length; the text itself must not get into a log.
        }
        throw new IllegalStateException("ZHANGGUI_SIGNING_KEY is not the base64 text of 32 bytes");
    }

    String keyId() {
        return keyId;
    }

    byte[] sign(byte[] message) {
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        privateKey.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public List<VerificationKey> current() {
        return List.of(new VerificationKey(keyId, publicKey.clone()));
    }

    private static byte[] sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
