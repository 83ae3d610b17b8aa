package dev.zhanggui.portal.qrcode.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Writes the content of a PDF page: numbers and operators with blanks between. */
final class Operators {

    private byte[] bytes;
    private int length;

    Operators(int expected) {
        this.bytes = new byte[Math.max(64, expected)];
    }

    Operators number(int value) {
        ensure(12);
        if (value >= 0 && value < 10) {
            bytes[length++] = (byte) ('0' + value);
        } else if (value >= 10 && value < 100) {
            bytes[length++] = (byte) ('0' + value / 10);
            bytes[length++] = (byte) ('0' + value % 10);
        } else {
            put(Integer.toString(value));
        }
        bytes[length++] = ' ';
        return this;
    }

    /** With five places behind the point: a hundredth of a micrometre. */
    Operators number(double value) {
        return word(String.format(Locale.ROOT, "%.5f", value));
    }

    Operators word(String word) {
        ensure(word.length() + 1);
        put(word);
        if (!word.endsWith("\n")) {
            bytes[length++] = ' ';
        }
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void put(String text) {
        ensure(text.length() + 1);
        for (byte character : text.getBytes(StandardCharsets.US_ASCII)) {
            bytes[length++] = character;
        }
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
        }
    }
}
