package dev.zhanggui.portal.qrcode.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The secrets behind signed ids: the first signs, all of them verify. To rotate, put a new one in front; drop an old one when
 * its last plate is off the counters, and whatever it signed is refused from then on.
 */
record CodeKeys(List<Key> keys) {

    /** As many as one character of an id tells apart; 0 is kept free. */
    static final int MOST = 31;

    private static final int SHORTEST = 32;

    CodeKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.stream().map(Key::number).distinct().count() != keys.size()) {
            throw new IllegalArgumentException("the keys of QR codes need a number of their own each");
        }
    }

    /** @param number 1 to 31; part of every id that it signs */
    record Key(int number, String secret) {

        Key {
            if (number < 1 || number > MOST) {
                throw new IllegalArgumentException("the numbers of the keys of QR codes go from 1 to " + MOST);
            }
            if (secret.getBytes(StandardCharsets.UTF_8).length < SHORTEST) {
                throw new IllegalArgumentException("the key of QR codes needs at least " + SHORTEST + " bytes");
            }
        }

        @Override
        public String toString() {
            return "key " + number;
        }
    }

    /** Reads {@code number:secret} with commas between; a secret without a number has 1. */
    static CodeKeys parse(String text) {
        var keys = new ArrayList<Key>();
        for (var part : text.split(",")) {
            int colon = part.indexOf(':');
            var number = part.substring(0, Math.max(0, colon)).strip();
            if (!number.matches("[0-9]{0,2}")) {
                throw new IllegalArgumentException("ZHANGGUI_QRCODE_KEY is number:secret, with commas between several");
            }
            keys.add(new Key(
                    colon < 0 ? 1 : number.isEmpty() ? 0 : Integer.parseInt(number),
                    part.substring(colon + 1).strip()));
        }
        return new CodeKeys(keys);
    }

    Key signing() {
        return keys.getFirst();
    }

    boolean contains(String secret) {
        return keys.stream().anyMatch(it -> it.secret().equals(secret));
    }
}
