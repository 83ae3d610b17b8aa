package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.Printing;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.util.Matrix;

/**
 * Words across a print: pale ones under everything, which spare the symbols and their quiet zones; or a bar through each symbol
 * that makes it a sample.
 */
record Overprint(Printing.Mark mark, String words) {

    static final Overprint NONE = new Overprint(Printing.Mark.NONE, "");

    private static final float SIZE = 9;
    private static final double ANGLE = Math.toRadians(24);
    /** Of a symbol's height: more than any error level makes good. */
    private static final float BAR = 0.4f;

    /** Around a symbol and its quiet zone; points. */
    record Box(float left, float bottom, float side) {}

    static Overprint of(Printing.Mark mark, Face face) {
        return switch (mark) {
            case NONE -> NONE;
            case ONLY_HERE -> new Overprint(mark, "仅供 " + face.store() + " " + face.place() + " 使用");
            case SAMPLE -> new Overprint(mark, "样张 SAMPLE");
        };
    }

    void under(PDPageContentStream page, PlateFont font, float width, float height, List<Box> boxes)
            throws IOException {
        if (mark != Printing.Mark.ONLY_HERE) {
            return;
        }
        page.setNonStrokingColor(0.93f, 0.91f, 0.89f);
        float step = font.width(words, SIZE) + 24;
        int row = 0;
        for (float y = -width; y < height + width; y += 30) {
            row++;
            for (float x = -step * (row % 2) / 2; x < width + step; x += step) {
                page.saveGraphicsState();
                page.transform(Matrix.getRotateInstance(ANGLE, x, y));
                font.draw(page, words, SIZE, 0, 0);
                page.restoreGraphicsState();
            }
        }
        page.setNonStrokingColor(1f, 1f, 1f);
        for (var box : boxes) {
            page.addRect(box.left(), box.bottom(), box.side(), box.side());
        }
        page.fill();
    }

    void over(PDPageContentStream page, PlateFont font, List<Box> boxes) throws IOException {
        if (mark != Printing.Mark.SAMPLE) {
            return;
        }
        for (var box : boxes) {
            float bar = box.side() * BAR;
            float bottom = box.bottom() + (box.side() - bar) / 2;
            page.setNonStrokingColor(1f, 1f, 1f);
            page.addRect(box.left(), bottom, box.side(), bar);
            page.fill();
            page.setNonStrokingColor(0.70f, 0.15f, 0.12f);
            float size = Plate.fit(font, words, bar * 0.5f, box.side() * 0.8f);
            font.draw(
                    page,
                    words,
                    size,
                    box.left() + (box.side() - font.width(words, size)) / 2,
                    bottom + bar / 2 - size * 0.36f);
        }
    }
}
