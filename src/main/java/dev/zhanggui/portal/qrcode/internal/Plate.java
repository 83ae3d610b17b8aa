package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrSymbol;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
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

/**
 * The plate that stands on the counter, as a PDF of A6: the store's name, the code, what to do, where it belongs, and how a payer
 * tells it from a pasted-over one. The plate is bilingual by itself: its readers are the store's guests, not the person who
 * prints it.
 */
final class Plate {

    static final float MM = 72f / 25.4f;
    private static final float WIDTH = 105 * MM;
    private static final float HEIGHT = 148 * MM;
    private static final float MARGIN = 9 * MM;
    private static final float SYMBOL = 80 * MM;
    private static final int PROOF_DPI = 200;

    private static final String PAY = "扫码支付";
    private static final String PAY_EN = "Scan to pay";

    private final List<Path> fonts;

    Plate(List<Path> fonts) {
        this.fonts = fonts;
    }

    /** Empty when no font of this machine can show all the words. */
    Optional<byte[]> pdf(QrCode code, String storeName) {
        var host = host(code.url());
        var check = List.of(
                "付款前看两眼：网址以 " + host + " 开头，",
                "页面上是「" + shorten(storeName, 14) + "」和编号 " + code.numberText() + "。",
                "不一样就别付，告诉店员。");
        var place = code.place() + " · " + code.numberText();
        try (var document = new PDDocument()) {
            var found = PlateFont.choose(
                    document, fonts, storeName + "掌" + PAY + PAY_EN + place + String.join("", check) + code.code());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var font = found.get();
            var sheet = new PDPage(new PDRectangle(WIDTH, HEIGHT));
            document.addPage(sheet);
            document.getDocumentInformation().setTitle(storeName + " " + place);
            try (var page = new PDPageContentStream(document, sheet)) {
                frame(page);
                head(page, font, storeName);
                symbol(page, QrSymbol.of(code.url()), SYMBOL, (WIDTH - SYMBOL) / 2, 41.5f * MM);
                ink(page);
                centred(page, font, PAY, 22, 36 * MM);
                grey(page);
                centred(page, font, PAY_EN, 9, 31.5f * MM);
                ink(page);
                centred(page, font, place, fit(font, place, 13, WIDTH - 2 * MARGIN), 25 * MM);
                grey(page);
                float y = 18.5f * MM;
                for (var line : check) {
                    centred(page, font, line, fit(font, line, 8, WIDTH - 2 * MARGIN), y);
                    y -= 3.9f * MM;
                }
                centred(page, font, spaced(code.code()), 6.5f, 5.6f * MM);
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return Optional.of(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        float module = side / (symbol.size() + 2 * QrSymbol.QUIET_ZONE);
        page.setNonStrokingColor(0f, 0f, 0f);
        for (int y = 0; y < symbol.size(); y++) {
            for (int x = 0; x < symbol.size(); x++) {
                int run = 0;
                while (symbol.isDark(x + run, y)) {
                    run++;
                }
                if (run > 0) {
                    page.addRect(
                            left + (x + QrSymbol.QUIET_ZONE) * module,
                            bottom + side - (y + 1 + QrSymbol.QUIET_ZONE) * module,
                            run * module,
                            module);
                    x += run;
                }
            }
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

    private static String host(String url) {
        var uri = URI.create(url);
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static String shorten(String words, int most) {
        return words.length() <= most ? words : words.substring(0, most - 1) + "…";
    }

    /** In groups of four to seven, for reading aloud on the phone. */
    private static String spaced(String code) {
        var groups = new ArrayList<String>();
        for (int i = 0; i < code.length(); i += 7) {
            groups.add(code.substring(i, Math.min(code.length(), i + 7)));
        }
        return String.join(" ", groups);
    }
}
