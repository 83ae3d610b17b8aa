package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.qrcode.emv.EmvPayload;
import io.nayuki.qrcodegen.QrSegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The black and white modules of a code, without the quiet zone. Byte mode always: EMVCo demands it (4.12), and our URLs are in
 * lower case. Plain ASCII goes without ECI, which old scanners stumble over.
 */
public final class QrSymbol {

    /** Modules that must stay white on each side (ISO/IEC 18004, 9.1). */
    public static final int QUIET_ZONE = 4;

    private static final int ECI_UTF_8 = 26;

    private final String text;
    private final ErrorLevel level;
    private final io.nayuki.qrcodegen.QrCode modules;

    /** How much of a symbol may be lost (ISO/IEC 18004). */
    public enum ErrorLevel {
        /** 15 %: screens and receipts. */
        M(io.nayuki.qrcodegen.QrCode.Ecc.MEDIUM),
        /** 25 %: stickers, which get scratched. */
        Q(io.nayuki.qrcodegen.QrCode.Ecc.QUARTILE),
        /** 30 %: with a logo in the middle. */
        H(io.nayuki.qrcodegen.QrCode.Ecc.HIGH);

        private final io.nayuki.qrcodegen.QrCode.Ecc level;

        ErrorLevel(io.nayuki.qrcodegen.QrCode.Ecc level) {
            this.level = level;
        }
    }

    private QrSymbol(String text, List<QrSegment> segments, ErrorLevel level) {
        this.text = text;
        this.level = level;
        this.modules = io.nayuki.qrcodegen.QrCode.encodeSegments(segments, level.level, 1, 40, -1, false);
    }

    /** At error level Q. Throws {@link IllegalArgumentException} for text that is not ASCII or too long for a symbol. */
    public static QrSymbol of(String text) {
        return of(text, ErrorLevel.Q);
    }

    /** Throws {@link IllegalArgumentException} for text that is not ASCII or too long for a symbol. */
    public static QrSymbol of(String text, ErrorLevel level) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("not ASCII");
        }
        return new QrSymbol(text, List.of(bytes(text)), level);
    }

    /** With the mark of UTF-8 if and only if the payload goes beyond ASCII (4.12.1.2). */
    public static QrSymbol of(EmvPayload payload, ErrorLevel level) {
        var text = payload.text();
        var segments = payload.needsUtf8() ? List.of(QrSegment.makeEci(ECI_UTF_8), bytes(text)) : List.of(bytes(text));
        return new QrSymbol(text, segments, level);
    }

    private static QrSegment bytes(String text) {
        return QrSegment.makeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public String text() {
        return text;
    }

    public ErrorLevel level() {
        return level;
    }

    /** Modules per side, 21 to 177. */
    public int size() {
        return modules.size;
    }

    public boolean isDark(int x, int y) {
        return modules.getModule(x, y);
    }

    /** Takes dark modules that lie side by side. */
    @FunctionalInterface
    public interface Run {
        void at(int x, int y, int length);
    }

    /** All dark modules, line by line from the top. */
    public void runs(Run run) {
        for (int y = 0; y < size(); y++) {
            for (int x = 0; x < size(); x++) {
                int length = 0;
                while (isDark(x + length, y)) {
                    length++;
                }
                if (length > 0) {
                    run.at(x, y, length);
                    x += length;
                }
            }
        }
    }

    /** One path in units of modules, a rectangle per run of dark modules, beginning at {@code 0 0}. */
    public String svgPath() {
        var path = new StringBuilder();
        runs((x, y, length) -> path.append('M')
                .append(x)
                .append(' ')
                .append(y)
                .append('h')
                .append(length)
                .append("v1h-")
                .append(length)
                .append('z'));
        return path.toString();
    }
}
