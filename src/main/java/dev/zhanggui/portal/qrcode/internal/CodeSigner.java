package dev.zhanggui.portal.qrcode.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the texts of codes and tells them from forged ones without the database: one character that names the key, 13 random
 * ones (65 bits) and a tag of 8 (40 bits of HMAC-SHA-256 over environment, key and random part), in a lower-case alphabet
 * without i, l, o, u. Short, because each character costs module size on the plate: with 24 characters of address before it a
 * code fits version 4 at error level Q. To be accepted a guess must hit the tag, which only an online attempt tells, and then a
 * registered code: with a million of them out of 2^105, one in 2^85.
 *
 * <p>The environment's name is under the tag: a plate printed on a test system is refused in production even if someone copied
 * the key.
 */
final class CodeSigner {

    static final int RANDOM_CHARS = 13;
    static final int TAG_CHARS = 8;
    /** What the tag covers: the key's character and the random ones. */
    static final int BODY_CHARS = 1 + RANDOM_CHARS;

    static final int LENGTH = BODY_CHARS + TAG_CHARS;

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private final Map<Integer, SecretKeySpec> secrets;
    private final int signing;
    private final SecretKeySpec signingSecret;
    private final byte[] context;
    private final SecureRandom random = new SecureRandom();

    CodeSigner(CodeKeys keys, String environment) {
        if (environment.isBlank()) {
            throw new IllegalArgumentException("the environment needs a name");
        }
        this.secrets = keys.keys().stream().collect(Collectors.toMap(CodeKeys.Key::number, CodeSigner::secret));
        this.signing = keys.signing().number();
        this.signingSecret = secret(keys.signing());
        this.context = ("zhanggui/qr/2/" + environment + "/").getBytes(StandardCharsets.UTF_8);
    }

    private static SecretKeySpec secret(CodeKeys.Key key) {
        return new SecretKeySpec(key.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    String next() {
        var body = new byte[BODY_CHARS];
        body[0] = (byte) ALPHABET.charAt(signing);
        for (int i = 1; i < BODY_CHARS; i++) {
            body[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return new String(body, StandardCharsets.US_ASCII)
                + new String(tag(signingSecret, body), StandardCharsets.US_ASCII);
    }

    /**
     * Takes the same time whatever is wrong with the text: one tag is computed and compared whole for every input, with a key
     * that does not count where the text names none of ours.
     */
    boolean isGenuine(String text) {
        var body = new byte[BODY_CHARS];
        var claimed = new byte[TAG_CHARS];
        boolean wellFormed = text.length() == LENGTH;
        for (int i = 0; i < LENGTH; i++) {
            char c = i < text.length() ? text.charAt(i) : 0;
            wellFormed &= c < 128;
            if (i < BODY_CHARS) {
                body[i] = (byte) c;
            } else {
                claimed[i - BODY_CHARS] = (byte) c;
            }
        }
        int number = text.isEmpty() ? -1 : ALPHABET.indexOf(text.charAt(0));
        var named = secrets.get(number);
        var tag = tag(named == null ? signingSecret : named, body);
        return MessageDigest.isEqual(tag, claimed) & wellFormed & named != null;
    }

    private byte[] tag(SecretKeySpec secret, byte[] body) {
        byte[] mac;
        try {
            var hmac = Mac.getInstance("HmacSHA256");
            hmac.init(secret);
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
