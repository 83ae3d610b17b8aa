package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.Ink;
import dev.zhanggui.portal.qrcode.QrSymbol;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * Puts a merchant's sign into the middle of a symbol of error level H, which can lose what it covers. Only if there is margin
 * left: half as large, held askew, out of focus and with a tenth of it dirty it must still read as before. A smaller logo is
 * tried before none.
 */
final class Logo {

    /** Of the symbol's area; beyond it readers begin to fail (measured, ISO/IEC 18004 gives no number). */
    private static final double LARGEST_SHARE = 0.07;

    private static final int SMALLEST_SIDE = 5;
    /** White around the logo, in modules. */
    private static final int MARGIN = 1;

    private static final double DIRT = 0.10;
    private static final int DIRTY_DAYS = 12;

    private Logo() {}

    /**
     * The symbol with the logo as large as it may be; empty when even a small one leaves no margin.
     *
     * @param symbol of error level H; any other throws {@link IllegalArgumentException}
     */
    static Optional<BufferedImage> inside(QrSymbol symbol, int dotsPerModule, Ink ink, BufferedImage logo) {
        if (symbol.level() != QrSymbol.ErrorLevel.H) {
            throw new IllegalArgumentException("a logo needs error level H");
        }
        int largest = (int) Math.sqrt(LARGEST_SHARE * symbol.size() * symbol.size());
        for (int side = odd(largest); side >= SMALLEST_SIDE; side -= 2) {
            var picture = Pictures.draw(symbol, dotsPerModule, ink);
            put(picture, symbol, dotsPerModule, ink, logo, side);
            if (hasMargin(picture, symbol, dotsPerModule)) {
                return Optional.of(picture);
            }
        }
        return Optional.empty();
    }

    /** Odd as the symbol's side is, so that only whole modules are covered. */
    private static int odd(int side) {
        return side % 2 == 0 ? side - 1 : side;
    }

    private static void put(
            BufferedImage picture, QrSymbol symbol, int dotsPerModule, Ink ink, BufferedImage logo, int side) {
        int first = QrSymbol.QUIET_ZONE + (symbol.size() - side) / 2;
        int corner = first * dotsPerModule;
        int dots = side * dotsPerModule;
        var pen = picture.createGraphics();
        pen.setColor(new Color(ink.light()));
        pen.fillRect(corner, corner, dots, dots);
        int room = dots - 2 * MARGIN * dotsPerModule;
        double scale = Math.min((double) room / logo.getWidth(), (double) room / logo.getHeight());
        int width = Math.max(1, (int) (logo.getWidth() * scale));
        int height = Math.max(1, (int) (logo.getHeight() * scale));
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.drawImage(logo, corner + (dots - width) / 2, corner + (dots - height) / 2, width, height, null);
        pen.dispose();
    }

    private static boolean hasMargin(BufferedImage picture, QrSymbol symbol, int dotsPerModule) {
        if (!reads(picture, symbol)
                || !reads(Hardships.turned(picture, 0.5, 0), symbol)
                || !reads(Hardships.turned(picture, 1, 17), symbol)
                || !reads(Hardships.turned(picture, 0.7, 200), symbol)
                || !reads(Hardships.blurred(picture, dotsPerModule), symbol)) {
            return false;
        }
        for (int day = 0; day < DIRTY_DAYS; day++) {
            if (!reads(Hardships.damaged(picture, DIRT, symbol.size(), QrSymbol.QUIET_ZONE, day), symbol)) {
                return false;
            }
        }
        return true;
    }

    private static boolean reads(BufferedImage picture, QrSymbol symbol) {
        return Decoder.read(picture).equals(Optional.of(symbol.text()));
    }
}
