package dev.zhanggui.portal.qrcode.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;

/** A4 to fold along its middle: the same face on both sides, one of them on its head until it is folded. */
final class Tent {

    private static final float MM = Plate.MM;
    private static final float WIDTH = 210 * MM;
    private static final float FACE = 148.5f * MM;
    private static final float MARGIN = 12 * MM;
    private static final float SYMBOL = 108 * MM;
    private static final float SYMBOL_BOTTOM = (FACE - SYMBOL) / 2;
    private static final float WORDS = MARGIN + SYMBOL + 2 * MM;
    private static final float ROOM = WIDTH - MARGIN - WORDS;
    private static final float SEAL = 10 * MM;
    private static final String FOLD = "沿虚线对折";

    private final List<Path> fonts;

    Tent(List<Path> fonts) {
        this.fonts = fonts;
    }

    /** Empty when no font of this machine can show all the words. */
    Optional<byte[]> pdf(Face face, Sign sign, Overprint overprint) {
        try (var document = new PDDocument()) {
            var found = PlateFont.choose(document, fonts, face.words() + FOLD + overprint.words());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var sheet = new PDPage(new PDRectangle(WIDTH, 2 * FACE));
            document.addPage(sheet);
            document.getDocumentInformation().setTitle(face.store() + " " + face.where());
            try (var page = new PDPageContentStream(document, sheet)) {
                face(document, page, found.get(), face, sign, overprint);
                page.saveGraphicsState();
                page.transform(Matrix.getRotateInstance(Math.PI, WIDTH, 2 * FACE));
                face(document, page, found.get(), face, sign, overprint);
                page.restoreGraphicsState();
                fold(page, found.get());
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return Optional.of(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void face(
            PDDocument document, PDPageContentStream page, PlateFont font, Face face, Sign sign, Overprint overprint)
            throws IOException {
        var boxes = List.of(new Overprint.Box(MARGIN, SYMBOL_BOTTOM, SYMBOL));
        page.saveGraphicsState();
        page.addRect(0, 0, WIDTH, FACE);
        page.clip();
        overprint.under(page, font, WIDTH, FACE, boxes);
        page.restoreGraphicsState();
        sign.draw(document, page, SYMBOL, MARGIN, SYMBOL_BOTTOM);
        float top = SYMBOL_BOTTOM + SYMBOL - 10 * MM;
        Plate.seal(page, font, SEAL, WORDS, top - SEAL);
        Plate.ink(page);
        float name = Plate.fit(font, face.store(), 19, ROOM);
        font.draw(page, face.store(), name, WORDS, top - SEAL - 10 * MM);
        font.draw(page, Face.PAY, 34, WORDS, top - SEAL - 29 * MM);
        Plate.grey(page);
        font.draw(page, Face.PAY_EN, 13, WORDS, top - SEAL - 36 * MM);
        Plate.ink(page);
        float where = Plate.fit(font, face.where(), 16, ROOM);
        font.draw(page, face.where(), where, WORDS, top - SEAL - 49 * MM);
        Plate.grey(page);
        float y = SYMBOL_BOTTOM + 26 * MM;
        for (var line : face.howToCheck()) {
            font.draw(page, line, Plate.fit(font, line, 8.5f, ROOM), WORDS, y);
            y -= 4.3f * MM;
        }
        font.draw(page, face.spaced(), 6.5f, WORDS, y - 1.5f * MM);
        overprint.over(page, font, boxes);
    }

    private static void fold(PDPageContentStream page, PlateFont font) throws IOException {
        page.setStrokingColor(0.6f);
        page.setLineWidth(0.5f);
        page.setLineDashPattern(new float[] {4, 3}, 0);
        page.moveTo(0, FACE);
        page.lineTo(WIDTH - 26 * MM, FACE);
        page.stroke();
        page.moveTo(WIDTH - 5 * MM, FACE);
        page.lineTo(WIDTH, FACE);
        page.stroke();
        page.setNonStrokingColor(0.5f, 0.5f, 0.5f);
        font.draw(page, FOLD, 7.5f, WIDTH - 24 * MM, FACE - 2.6f);
    }
}
