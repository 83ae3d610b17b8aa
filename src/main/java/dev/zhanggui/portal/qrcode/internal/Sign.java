package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.Ink;
import dev.zhanggui.portal.qrcode.PrintSize;
import dev.zhanggui.portal.qrcode.QrSymbol;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.jspecify.annotations.Nullable;

/** The symbol of one file: drawn module by module, or with a logo as the dots that were tried. */
final class Sign {

    private final QrSymbol symbol;
    private final Ink ink;
    private final @Nullable BufferedImage withLogo;
    private @Nullable PDImageXObject image;

    /** @param withLogo the whole symbol with its quiet zone; null without a logo */
    Sign(QrSymbol symbol, Ink ink, @Nullable BufferedImage withLogo) {
        this.symbol = symbol;
        this.ink = ink;
        this.withLogo = withLogo;
    }

    QrSymbol symbol() {
        return symbol;
    }

    byte[] png(PrintSize size) {
        return withLogo == null ? Pictures.png(symbol, size, ink) : Pictures.write(withLogo, size.dpi());
    }

    /** @param side with the quiet zone, in points, as left and bottom */
    void draw(PDDocument document, PDPageContentStream page, float side, float left, float bottom) throws IOException {
        if (withLogo == null) {
            Plate.symbol(page, symbol, ink, side, left, bottom);
            return;
        }
        var drawn = image;
        if (drawn == null) {
            drawn = LosslessFactory.createFromImage(document, withLogo);
            image = drawn;
        }
        page.drawImage(drawn, left, bottom, side, side);
    }
}
