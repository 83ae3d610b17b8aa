package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import io.nayuki.qrcodegen.QrCode;

/**
 * A text to be read by the camera of the person before the screen, dark on light in either scheme. Codes that collect money are
 * made, proved and printed by the module qrcode alone.
 */
public class QrPicture extends Div {

    /** ISO/IEC 18004: four modules of quiet zone on every side. */
    private static final int QUIET = 4;

    /** @param label what it is, for whoever cannot see it */
    public QrPicture(String text, String label) {
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", label);
        var symbol = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int side = symbol.size + 2 * QUIET;
        var path = new StringBuilder();
        for (int y = 0; y < symbol.size; y++) {
            for (int x = 0; x < symbol.size; x++) {
                if (symbol.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        add(new Svg(
                "<svg viewBox=\"0 0 " + side + " " + side + "\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">"
                        + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/><path fill=\"black\" d=\"" + path
                        + "\"/></svg>"));
    }
}
