package dev.zhanggui.portal.readiness.internal;

import dev.zhanggui.portal.readiness.MaterialDraft;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.json.JsonMapper;

/** Sixteen hexadecimal digits that change when the material does. */
final class MaterialMark {

    private MaterialMark() {}

    static String of(MaterialDraft content) {
        try {
            var text = JsonMapper.shared().writeValueAsString(content).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }
}
