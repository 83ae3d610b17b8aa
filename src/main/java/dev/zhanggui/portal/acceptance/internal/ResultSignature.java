package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.AcquirerResults;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * {@code t=<seconds>,v1=<hex>[,v1=<hex>…]}: the moment of signing, and a signature by each of the signer's keys, so that keys can
 * change one at a time. Parts of other names are for later schemes and are passed over.
 *
 * @param seconds since 1970, as they were signed
 */
record ResultSignature(String seconds, List<byte[]> signatures) {

    private static final int HEADER_MOST = 1_000;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    /** One spelling of each signature. */
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** Null for a text that is no signature. */
    static @Nullable ResultSignature read(@Nullable String header) {
        if (header == null || header.length() > HEADER_MOST) {
            return null;
        }
        String seconds = null;
        var signatures = new ArrayList<byte[]>();
        for (var part : header.split(",", -1)) {
            var text = part.strip();
            if (text.startsWith("t=")) {
                if (seconds != null) {
                    return null;
                }
                seconds = text.substring(2);
            } else if (text.startsWith("v1=")) {
                var hex = text.substring(3);
                if (!HEX.matcher(hex).matches()) {
                    return null;
                }
                signatures.add(HexFormat.of().parseHex(hex));
            }
        }
        return seconds == null || !SECONDS.matcher(seconds).matches() || signatures.isEmpty()
                ? null
                : new ResultSignature(seconds, signatures);
    }

    boolean isTimely(Instant now) {
        return Math.abs(now.getEpochSecond() - Long.parseLong(seconds)) <= AcquirerResults.WINDOW.toSeconds();
    }

    /** Whether one of them is the body's by one of the keys; takes as long whichever it is. */
    boolean isOf(byte[] body, List<String> keys) {
        boolean genuine = false;
        for (var key : keys) {
            var ours = sign(seconds, body, key);
            for (var theirs : signatures) {
                genuine |= MessageDigest.isEqual(ours, theirs);
            }
        }
        return genuine;
    }

    static byte[] sign(String seconds, byte[] body, String key) {
        try {
            var hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            hmac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return hmac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 belongs to every JDK", e);
        }
    }
}
