package dev.zhanggui.portal.account.internal;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/** RFC 6238 with the parameters every authenticator knows: SHA-1, six digits, thirty seconds. */
final class Totp {

    /** One step either way for clocks that are a little off. */
    private static final int DRIFT = 1;

    private static final int SECRET_BYTES = 20;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final TimeBasedOneTimePasswordGenerator GENERATOR = new TimeBasedOneTimePasswordGenerator();

    private Totp() {}

    static byte[] newSecret() {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    /** The time step whose code this is, if it is one of now or a step beside it. */
    static OptionalLong step(byte[] secret, String code, Instant now) {
        var typed = code.replaceAll("\\s", "").getBytes(StandardCharsets.US_ASCII);
        for (int drift = -DRIFT; drift <= DRIFT; drift++) {
            var at = now.plus(GENERATOR.getTimeStep().multipliedBy(drift));
            if (MessageDigest.isEqual(code(secret, at).getBytes(StandardCharsets.US_ASCII), typed)) {
                return OptionalLong.of(
                        at.toEpochMilli() / GENERATOR.getTimeStep().toMillis());
            }
        }
        return OptionalLong.empty();
    }

    static String code(byte[] secret, Instant at) {
        try {
            return GENERATOR.generateOneTimePasswordString(new SecretKeySpec(secret, "HmacSHA1"), at);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base32(byte[] bytes) {
        var text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = (buffer << 8) | (b & 0xff);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt((buffer >> bits) & 31));
            }
        }
        if (bits > 0) {
            text.append(BASE32.charAt((buffer << (5 - bits)) & 31));
        }
        return text.toString();
    }

    static String uri(byte[] secret, String label) {
        return "otpauth://totp/Zhanggui:"
                + URLEncoder.encode(label, StandardCharsets.UTF_8).replace("+", "%20") + "?secret=" + base32(secret)
                + "&issuer=Zhanggui";
    }
}
