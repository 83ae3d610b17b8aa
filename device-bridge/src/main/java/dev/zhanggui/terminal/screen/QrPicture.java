package dev.zhanggui.terminal.screen;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code as one SVG path, a unit a module, no quiet zone.
 *
 * @param size modules a side
 */
public record QrPicture(int size, String path) {

    public static QrPicture of(String text) {
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
