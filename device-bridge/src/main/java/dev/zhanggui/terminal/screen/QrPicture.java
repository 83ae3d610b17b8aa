package dev.zhanggui.terminal.screen;

import io.nayuki.qrcodegen.QrCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A QR code as one SVG path, a unit a module, no quiet zone.
 *
 * @param size modules a side
 */
public record QrPicture(int size, String path) {

    private static final int REMEMBERED = 4096;

    /** A terminal looks at the same few codes again and again, and drawing one takes longer than all the rest of its screen. */
    private static final Map<String, QrPicture> DRAWN =
            Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, QrPicture> eldest) {
                    return size() > REMEMBERED;
                }
            });

    public static QrPicture of(String text) {
        QrPicture known = DRAWN.get(text);
        if (known == null) {
            known = draw(text);
            DRAWN.put(text, known);
        }
        return known;
    }

    private static QrPicture draw(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; ) {
                int start = x;
                while (x < code.size && code.getModule(x, y)) {
                    x++;
                }
                if (x > start) {
                    path.append('M').append(start).append(' ').append(y);
                    path.append('h')
                            .append(x - start)
                            .append("v1h-")
                            .append(x - start)
                            .append('z');
                }
                x++;
            }
        }
        return new QrPicture(code.size, path.toString());
    }

    /** Without the drawing, which fills a page. */
    @Override
    public String toString() {
        return "QrPicture[size=" + size + "]";
    }
}
