package dev.zhanggui.portal.account.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys of personal data, by number; the first named is the current one, the others still decrypt. Keys for use are derived
 * from them, never the keys themselves.
 */
final class PortalKeys {

    private static final int BYTES = 32;
    private static final byte[] DEVELOPMENT_DATA = digest("zhanggui development data key");
    private static final byte[] DEVELOPMENT_INDEX = digest("zhanggui development index key");

    private final Map<Integer, byte[]> data;
    private final int current;
    private final byte[] index;

    private PortalKeys(Map<Integer, byte[]> data, byte[] index) {
        this.data = data;
        this.current = data.keySet().iterator().next();
        this.index = index;
    }

    /**
     * @param data {@code number:base64} pairs with commas between, the current one first; or one plain base64 key, which is
     *     number 1
     * @param demo without keys, demo mode takes the development keys; nothing else may
     */
    static PortalKeys of(String data, String index, boolean demo) {
        if (demo && data.isBlank() && index.isBlank()) {
            return new PortalKeys(Map.of(1, DEVELOPMENT_DATA), DEVELOPMENT_INDEX);
        }
        var dataKeys = new LinkedHashMap<Integer, byte[]>();
        for (var part : data.strip().split(",")) {
            int colon = part.indexOf(':');
            dataKeys.put(
                    number(colon < 0 ? "1" : part.substring(0, colon)),
                    key("ZHANGGUI_DATA_KEY", part.substring(colon + 1)));
        }
        var indexKey = key("ZHANGGUI_INDEX_KEY", index);
        if (!demo) {
            boolean development = Arrays.equals(indexKey, DEVELOPMENT_INDEX)
                    || dataKeys.values().stream().anyMatch(key -> Arrays.equals(key, DEVELOPMENT_DATA));
            if (development) {
                throw new WrongConfigurationException(
                        "The development keys protect nothing: make your own ZHANGGUI_DATA_KEY"
                                + " and ZHANGGUI_INDEX_KEY (openssl rand -base64 32).");
            }
        }
        return new PortalKeys(dataKeys, indexKey);
    }

    int current() {
        return current;
    }

    /** The key of a number found in stored data; {@link IllegalStateException} when it is not configured. */
    byte[] data(int number) {
        var key = data.get(number);
        if (key == null) {
            throw new IllegalStateException("Data key " + number + " is not in ZHANGGUI_DATA_KEY");
        }
        return key;
    }

    byte[] index() {
        return index;
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 1 && number <= 0xffff) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new WrongConfigurationException("ZHANGGUI_DATA_KEY: a key number is between 1 and 65535.");
    }

    private static byte[] key(String name, String text) {
        if (text.isBlank()) {
            throw new WrongConfigurationException(
                    name + " is not set: personal data needs a key of 32 bytes in base64 (openssl rand -base64 32).");
        }
        try {
            var key = Base64.getDecoder().decode(text.strip());
            if (key.length == BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new WrongConfigurationException(name + " is not 32 bytes in base64 (openssl rand -base64 32).");
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
