package dev.zhanggui.portal.qrcode.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the texts of codes and tells them from forged ones without the database: 13 random characters (65 bits) and a tag of 8
 * (40 bits of HMAC-SHA-256 over environment and random part), in a lower-case alphabet without i, l, o, u. Short, because each
 * character costs module size on the plate. To be accepted a guess must hit the tag, which only an online attempt tells, and
 * then a registered code among 2^65.
 *
 * <p>The environment's name is under the tag: a plate printed on a test system is refused in production even if someone copied
 * the key.
 */
final class CodeSigner {

    static final int RANDOM_CHARS = 13;
    static final int TAG_CHARS = 8;
    static final int LENGTH = RANDOM_CHARS + TAG_CHARS;

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int SHORTEST_KEY = 32;

    private final SecretKeySpec key;
    private final byte[] context;
    private final SecureRandom random = new SecureRandom();

    /** @param key at least 32 bytes */
    CodeSigner(byte[] key, String environment) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("the key of QR codes needs at least " + SHORTEST_KEY + " bytes");
        }
        if (environment.isBlank()) {
            throw new IllegalArgumentException("the environment needs a name");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.context = ("zhanggui/qr/1/" + environment + "/").getBytes(StandardCharsets.UTF_8);
    }

    String next() {
        var body = new byte[RANDOM_CHARS];
        for (int i = 0; i < RANDOM_CHARS; i++) {
            body[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return new String(body, StandardCharsets.US_ASCII) + new String(tag(body), StandardCharsets.US_ASCII);
    }

    /** Takes the same time whatever is wrong with the text: one tag is computed and compared whole for every input. */
    boolean isGenuine(String text) {
        var body = new byte[RANDOM_CHARS];
        var claimed = new byte[TAG_CHARS];
        boolean wellFormed = text.length() == LENGTH;
        for (int i = 0; i < LENGTH; i++) {
            char c = i < text.length() ? text.charAt(i) : 0;
            wellFormed &= c < 128;
            if (i < RANDOM_CHARS) {
                body[i] = (byte) c;
            } else {
                claimed[i - RANDOM_CHARS] = (byte) c;
            }
        }
        return MessageDigest.isEqual(tag(body), claimed) & wellFormed;
    }

    private byte[] tag(byte[] body) {
        byte[] mac;
        try {
            var hmac = Mac.getInstance("HmacSHA256");
            hmac.init(key);
            hmac.update(context);
            mac = hmac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 belongs to every JDK", e);
        }
        long bits = 0;
        for (int i = 0; i < 5; i++) {
            bits = bits << 8 | mac[i] & 0xff;
        }
        var tag = new byte[TAG_CHARS];
        for (int i = TAG_CHARS - 1; i >= 0; i--) {
            tag[i] = (byte) ALPHABET.charAt((int) (bits & 31));
            bits >>>= 5;
        }
        return tag;
    }
}
