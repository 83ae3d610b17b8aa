package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.Ink;
import dev.zhanggui.portal.qrcode.QrSymbol;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.util.Matrix;

/**
 * The plate that stands on the counter or hangs in the window: the store's name, the code, what to do, where it belongs, and how
 * a payer tells it from a pasted-over one. Measured for A6; A5 and A4 are the same, larger. The plate is bilingual by itself: its
 * readers are the store's guests, not the person who prints it.
 */
final class Plate {

    static final float MM = 72f / 25.4f;
    private static final float WIDTH = 105 * MM;
    private static final float HEIGHT = 148 * MM;
    private static final float MARGIN = 9 * MM;
    private static final float SYMBOL = 80 * MM;
    private static final float SYMBOL_BOTTOM = 41.5f * MM;
    private static final int PROOF_DPI = 200;

    private static final float A_SERIES = (float) Math.sqrt(2);

    private final List<Path> fonts;

    Plate(List<Path> fonts) {
        this.fonts = fonts;
    }

    /** Empty when no font of this machine can show all the words. */
    Optional<byte[]> pdf(Face face, Sign sign, Poster size, Overprint overprint) {
        float scale = (float) Math.pow(A_SERIES, size.ordinal());
        try (var document = new PDDocument()) {
            var found = PlateFont.choose(document, fonts, face.words() + overprint.words());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var font = found.get();
            var sheet = new PDPage(new PDRectangle(WIDTH * scale, HEIGHT * scale));
            document.addPage(sheet);
            document.getDocumentInformation().setTitle(face.store() + " " + face.where());
            try (var page = new PDPageContentStream(document, sheet)) {
                page.transform(Matrix.getScaleInstance(scale, scale));
                overprint.under(
                        page,
                        font,
                        WIDTH,
                        HEIGHT,
                        List.of(new Overprint.Box((WIDTH - SYMBOL) / 2, SYMBOL_BOTTOM, SYMBOL)));
                frame(page);
                head(page, font, face.store());
                sign.draw(document, page, SYMBOL, (WIDTH - SYMBOL) / 2, SYMBOL_BOTTOM);
                ink(page);
                centred(page, font, Face.PAY, 22, 36 * MM);
                grey(page);
                centred(page, font, Face.PAY_EN, 9, 31.5f * MM);
                ink(page);
                centred(page, font, face.where(), fit(font, face.where(), 13, WIDTH - 2 * MARGIN), 25.5f * MM);
                grey(page);
                float y = 19.6f * MM;
                for (var line : face.howToCheck()) {
                    centred(page, font, line, fit(font, line, 8, WIDTH - 2 * MARGIN), y);
                    y -= 3.6f * MM;
                }
                centred(page, font, face.spaced(), 6.5f, 4.9f * MM);
                overprint.over(page, font, List.of(new Overprint.Box((WIDTH - SYMBOL) / 2, SYMBOL_BOTTOM, SYMBOL)));
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return Optional.of(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The symbol alone, as it fills a picture. */
    byte[] bare(Sign sign, Overprint overprint) {
        try (var document = new PDDocument()) {
            var font = PlateFont.choose(document, fonts, overprint.words()).orElseThrow();
            var sheet = new PDPage(new PDRectangle(SYMBOL, SYMBOL));
            document.addPage(sheet);
            try (var page = new PDPageContentStream(document, sheet)) {
                sign.draw(document, page, SYMBOL, 0, 0);
                overprint.over(page, font, List.of(new Overprint.Box(0, 0, SYMBOL)));
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first page on a screen, so many dots wide. */
    static BufferedImage picture(byte[] pdf, int width) {
        try (var document = Loader.loadPDF(pdf)) {
            float scale = width / document.getPage(0).getMediaBox().getWidth();
            return new PDFRenderer(document).renderImage(0, scale, ImageType.RGB);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Paper, from small to large. */
    enum Poster {
        A6,
        A5,
        A4
    }

    /** The first page as a printer would put it on paper. */
    static BufferedImage proof(byte[] pdf) {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFRenderer(document).renderImageWithDPI(0, PROOF_DPI, ImageType.GRAY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void frame(PDPageContentStream page) throws IOException {
        page.setStrokingColor(0.88f, 0.85f, 0.79f);
        page.setLineWidth(0.6f);
        page.addRect(3 * MM, 3 * MM, WIDTH - 6 * MM, HEIGHT - 6 * MM);
        page.stroke();
    }

    private static void head(PDPageContentStream page, PlateFont font, String storeName) throws IOException {
        float seal = 8.5f * MM;
        float gap = 3 * MM;
        float room = WIDTH - 2 * MARGIN - seal - gap;
        float size = fit(font, storeName, 20, room);
        float left = (WIDTH - seal - gap - font.width(storeName, size)) / 2;
        float bottom = HEIGHT - 20 * MM;
        seal(page, font, seal, left, bottom);
        ink(page);
        font.draw(page, storeName, size, left + seal + gap, bottom + seal / 2 - size * 0.36f);
    }

    /** The platform's mark: 掌 on cinnabar. */
    static void seal(PDPageContentStream page, PlateFont font, float side, float left, float bottom)
            throws IOException {
        page.setNonStrokingColor(0.70f, 0.15f, 0.12f);
        roundedRect(page, left, bottom, side, side * 0.235f);
        page.setNonStrokingColor(1f, 1f, 1f);
        float glyph = side * 0.62f;
        font.draw(page, "掌", glyph, left + (side - font.width("掌", glyph)) / 2, bottom + side / 2 - glyph * 0.36f);
    }

    static void symbol(PDPageContentStream page, QrSymbol symbol, float side, float left, float bottom)
            throws IOException {
        symbol(page, symbol, Ink.BLACK_ON_WHITE, side, left, bottom);
    }

    /** One path, so that no printer leaves a hair between two modules. */
    static void symbol(PDPageContentStream page, QrSymbol symbol, Ink ink, float side, float left, float bottom)
            throws IOException {
        float module = side / (symbol.size() + 2 * QrSymbol.QUIET_ZONE);
        page.setNonStrokingColor(
                (ink.dark() >> 16 & 0xff) / 255f, (ink.dark() >> 8 & 0xff) / 255f, (ink.dark() & 0xff) / 255f);
        var runs = new ArrayList<float[]>();
        symbol.runs((x, y, length) -> runs.add(new float[] {
            left + (x + QrSymbol.QUIET_ZONE) * module,
            bottom + side - (y + 1 + QrSymbol.QUIET_ZONE) * module,
            length * module,
            module
        }));
        for (var run : runs) {
            page.addRect(run[0], run[1], run[2], run[3]);
        }
        page.fill();
    }

    static void roundedRect(PDPageContentStream page, float x, float y, float side, float radius) throws IOException {
        float k = radius * 0.4477f;
        float right = x + side;
        float top = y + side;
        page.moveTo(x + radius, y);
        page.lineTo(right - radius, y);
        page.curveTo(right - k, y, right, y + k, right, y + radius);
        page.lineTo(right, top - radius);
        page.curveTo(right, top - k, right - k, top, right - radius, top);
        page.lineTo(x + radius, top);
        page.curveTo(x + k, top, x, top - k, x, top - radius);
        page.lineTo(x, y + radius);
        page.curveTo(x, y + k, x + k, y, x + radius, y);
        page.fill();
    }

    private static void centred(PDPageContentStream page, PlateFont font, String words, float size, float y)
            throws IOException {
        font.draw(page, words, size, (WIDTH - font.width(words, size)) / 2, y);
    }

    static float fit(PlateFont font, String words, float size, float room) throws IOException {
        return Math.min(size, size * room / Math.max(1, font.width(words, size)));
    }

    static void ink(PDPageContentStream page) throws IOException {
        page.setNonStrokingColor(0.11f, 0.11f, 0.09f);
    }

    static void grey(PDPageContentStream page) throws IOException {
        page.setNonStrokingColor(0.36f, 0.34f, 0.31f);
    }
}
