package dev.zhanggui.portal.qrcode;

import io.nayuki.qrcodegen.QrSegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The black and white modules of a code, without the quiet zone. Byte mode and error level Q (a quarter may be scratched), as
 * ISO/IEC 18004 advises for stickers; plain ASCII, so no ECI, which old scanners stumble over.
 */
public final class QrSymbol {

    /** Modules that must stay white on each side (ISO/IEC 18004, 9.1). */
    public static final int QUIET_ZONE = 4;

    private final String text;
    private final io.nayuki.qrcodegen.QrCode modules;

    private QrSymbol(String text, io.nayuki.qrcodegen.QrCode modules) {
        this.text = text;
        this.modules = modules;
    }

    /** Throws {@link IllegalArgumentException} for text that is not ASCII or too long for a symbol. */
    public static QrSymbol of(String text) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("not ASCII");
        }
        var segment = QrSegment.makeBytes(text.getBytes(StandardCharsets.US_ASCII));
        var modules = io.nayuki.qrcodegen.QrCode.encodeSegments(
                List.of(segment), io.nayuki.qrcodegen.QrCode.Ecc.QUARTILE, 1, 40, -1, false);
        return new QrSymbol(text, modules);
    }

    public String text() {
        return text;
    }

    /** Modules per side, 21 to 177. */
    public int size() {
        return modules.size;
    }

    public boolean isDark(int x, int y) {
        return modules.getModule(x, y);
    }

    /** One path in units of modules, a rectangle per run of dark modules, beginning at {@code 0 0}. */
    public String svgPath() {
        var path = new StringBuilder();
        for (int y = 0; y < size(); y++) {
            for (int x = 0; x < size(); x++) {
                int run = 0;
                while (isDark(x + run, y)) {
                    run++;
                }
                if (run > 0) {
                    path.append('M')
                            .append(x)
                            .append(' ')
                            .append(y)
                            .append('h')
                            .append(run)
                            .append("v1h-");
                    path.append(run).append('z');
                    x += run;
                }
            }
        }
        return path.toString();
    }
}
