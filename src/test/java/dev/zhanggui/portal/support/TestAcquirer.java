package dev.zhanggui.portal.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Acquirers that every test's portal knows. They serve one app that no other test pays with, so that the sandbox serves the rest. */
public final class TestAcquirer {

    public static final String NAME = "lakala";
    public static final String OTHER = "shengpay";
    public static final String APP = "unionpay";

    /** Two, as while keys change. */
    public static final String KEY = "0123456789abcdef0123456789abcdef-new";

    public static final String OLD_KEY = "0123456789abcdef0123456789abcdef-old";
    public static final String OTHER_KEY = "0123456789abcdef0123456789abcdef-other";

    private TestAcquirer() {}

    /** As the documentation has it, made here anew. */
    public static String signature(Instant at, byte[] body, String... keys) {
        var header = new StringBuilder("t=" + at.getEpochSecond());
        for (var key : keys) {
            header.append(",v1=").append(hex(at.getEpochSecond() + ".", body, key));
        }
        return header.toString();
    }

    private static String hex(String start, byte[] body, String key) {
        try {
            var hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            hmac.update(start.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hmac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
