package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Svg;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrSymbol;

/** A plate as it stands on the counter, hangs in the window, sits in a block of wood, or is taped to the door. */
final class PlateDrawing extends Svg {

    private static final int NAME_MOST = 7;
    private static final int PLACE_MOST = 8;

    /** @param hint the small words under the place, such as "scan to pay" */
    PlateDrawing(QrCode code, String storeName, String hint, String label) {
        super(draw(code, shorten(withoutBranch(storeName), NAME_MOST), hint));
        addClassName("zg-plate");
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", label);
    }

    private static String draw(QrCode code, String store, String hint) {
        var place = shorten(code.place(), PLACE_MOST);
        var number = code.numberText();
        var drawing = switch (code.number() % 4) {
            case 1 ->
                """
                        <path class="foot" d="M52 158l-12 18h102l-12-18z"/>
                        <rect class="paper" x="36" y="4" width="110" height="156" rx="10"/>
                        %s%s%s%s
                        """.formatted(
                                head(46, 13, 14, store),
                                symbol(code, 48, 34, 86),
                                text("place", 91, 137, place),
                                text("fine", 91, 151, hint + " · " + number));
            case 2 ->
                """
                        <circle class="nail" cx="91" cy="5" r="3"/>
                        <path class="string" d="M91 6L50 34M91 6l41 28"/>
                        <rect class="paper" x="34" y="30" width="114" height="138" rx="8"/>
                        <circle class="hole" cx="50" cy="37" r="2.5"/><circle class="hole" cx="132" cy="37" r="2.5"/>
                        %s%s%s%s
                        """.formatted(
                                head(56, 44, 12, store),
                                symbol(code, 53, 60, 76),
                                text("place", 91, 152, place),
                                text("fine", 91, 163, number));
            case 3 ->
                """
                        <rect class="paper" x="38" y="6" width="106" height="150" rx="6"/>
                        %s%s%s
                        <path class="wood" d="M26 152a6 6 0 0 1 6-6h118a6 6 0 0 1 6 6v24H26z"/>
                        <path class="grain" d="M34 156c20-3 40 3 60 0s36-2 54 0M34 166c16 3 32-3 52 0s44 2 62-1"/>
                        %s
                        """.formatted(
                                head(48, 15, 14, store),
                                symbol(code, 50, 36, 82),
                                text("place", 91, 136, place),
                                text("carved", 91, 165, number));
            default ->
                """
                        <rect class="paper" x="34" y="10" width="114" height="154"/>
                        <path class="tape" d="M26 20l20-16 7 9-20 16zM156 20L136 4l-7 9 20 16z"/>
                        %s%s%s%s
                        """.formatted(
                                head(56, 22, 12, store),
                                symbol(code, 48, 40, 86),
                                text("place", 91, 142, place),
                                text("fine", 91, 155, hint + " · " + number));
        };
        return "<svg viewBox=\"0 0 182 176\" aria-hidden=\"true\">" + drawing + "</svg>";
    }

    private static String head(int x, int y, int size, String store) {
        return """
                <rect class="seal" x="%d" y="%d" width="%d" height="%d" rx="3.5"/>%s%s""".formatted(
                        x,
                        y,
                        size,
                        size,
                        text("seal-text", x + size / 2, y + size - 4, "掌"),
                        text("store", x + size + 5, y + size - 3, store));
    }

    private static String symbol(QrCode code, int x, int y, int side) {
        var symbol = QrSymbol.of(code.url());
        return "<path class=\"symbol\" transform=\"translate(" + x + " " + y + ") scale("
                + (double) side / symbol.size() + ")\" d=\"" + symbol.svgPath() + "\"/>";
    }

    private static String text(String css, int x, int y, String words) {
        return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>".formatted(css, x, y, escape(words));
    }

    /** 巷口牛肉面 of 巷口牛肉面 · 解放路店: a plate is small. */
    private static String withoutBranch(String store) {
        var name = store.split("[·（(]", 2)[0].strip();
        return name.isEmpty() ? store : name;
    }

    private static String shorten(String words, int most) {
        return words.length() <= most ? words : words.substring(0, most - 1) + "…";
    }

    private static String escape(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
