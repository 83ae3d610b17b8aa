package dev.zhanggui.portal.acceptance.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/** Styles and scripts that stand in the page itself, and the names by which its policy allows just them. */
final class Inline {

    private Inline() {}

    static String style(String name) {
        return resource(name).replaceAll("\n\\s*", "").strip();
    }

    static String script(String name) {
        return resource(name)
                .replaceAll("(?m)^\\s*//.*$", "")
                .replaceAll("\n\\s*", "\n")
                .strip();
    }

    /** As a source in a Content-Security-Policy. */
    static String source(String inline) {
        return "'sha256-" + Base64.getEncoder().encodeToString(sha256(inline)) + "'";
    }

    /** Twelve hexadecimal digits that change when the text does. */
    static String mark(String text) {
        return HexFormat.of().formatHex(sha256(text), 0, 6);
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(Inline.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }
}
