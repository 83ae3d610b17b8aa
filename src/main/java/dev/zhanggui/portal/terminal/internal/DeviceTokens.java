package dev.zhanggui.portal.terminal.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * A terminal's credential is derived and never stored: an answer lost on the way can be given again, and a stolen database holds
 * none.
 */
@Component
class DeviceTokens {

    static final String DEVELOPMENT_SECRET = "zhanggui development device secret, never for production";

    private static final int SHORTEST_SECRET = 32;

    private final SecretKeySpec key;

    /** @param configured 32 characters or more; empty only in demo mode, where a development secret stands in */
    DeviceTokens(
            @Value("${zhanggui.devices.secret:}") String configured, @Value("${zhanggui.demo:false}") boolean demo) {
        if (!demo && (configured.isBlank() || configured.equals(DEVELOPMENT_SECRET))) {
            throw new IllegalStateException("ZHANGGUI_DEVICES_SECRET is missing: set it to 32 random characters or more"
                    + " (openssl rand -base64 32). The development secret works in demo mode only.");
        }
        if (!configured.isBlank() && configured.length() < SHORTEST_SECRET) {
            throw new IllegalStateException("ZHANGGUI_DEVICES_SECRET is shorter than 32 characters");
        }
        var secret = configured.isBlank() ? DEVELOPMENT_SECRET : configured;
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** A new binding of the same machine has a new revision, and so a new token. */
    String token(String publicId, String deviceKey, int revision) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            var input = String.join("\n", "zg-device-1", publicId, deviceKey, Integer.toString(revision));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    boolean matches(String token, String publicId, String deviceKey, int revision) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8),
                token(publicId, deviceKey, revision).getBytes(StandardCharsets.UTF_8));
    }
}
