package dev.zhanggui.portal.webhook.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A symmetric key of Standard Webhooks 1.0: {@code whsec_} and the base64 text of 24 to 64 random bytes, here 32.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">the specification</a>
 */
final class Secret {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    private Secret(byte[] key) {
        this.key = key;
    }

    static Secret random() {
        var key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return new Secret(key);
    }

    static Secret of(String text) {
        return new Secret(Base64.getDecoder().decode(text.substring(PREFIX.length())));
    }

    String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /** The value of {@code webhook-signature}: one signature a secret, with spaces between. */
    static String sign(List<Secret> secrets, String id, Instant at, String payload) {
        var signed = (id + "." + at.getEpochSecond() + "." + payload).getBytes(StandardCharsets.UTF_8);
        return secrets.stream().map(secret -> secret.sign(signed)).collect(Collectors.joining(" "));
    }

    /** Whether one of the signatures, which blanks part, was made with one of the secrets. */
    static boolean isSigned(List<Secret> secrets, String id, Instant at, String payload, String signatures) {
        var ours = sign(secrets, id, at, payload).split(" ");
        boolean signed = false;
        for (var given : signatures.split(" ")) {
            for (var our : ours) {
                signed |= MessageDigest.isEqual(
                        our.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
            }
        }
        return signed;
    }

    private String sign(byte[] signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 belongs to every JDK", e);
        }
    }

    /** Nothing of the key, wherever it is printed. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
