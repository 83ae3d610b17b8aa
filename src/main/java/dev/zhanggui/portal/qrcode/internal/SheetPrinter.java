package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.QrSymbol;
import dev.zhanggui.portal.qrcode.Sheet;
import dev.zhanggui.portal.qrcode.SheetPress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Lays a sheet out: as large as the page allows, never smaller than can be read at a door. */
final class SheetPrinter implements SheetPress {

    private static final float MM = Plate.MM;

    /** Measures below are for A4; a smaller paper shrinks them all. */
    private static final float FULL_WIDTH = 210;

    private static final float MARGIN = 18 * MM;
    private static final float SEAL = 12 * MM;
    private static final float SYMBOL = 52 * MM;
    private static final float TITLE = 30;
    private static final float HEADING = 13;
    private static final float TEXT = 15;
    private static final float ROW = 16;
    private static final float CAPTION = 17;
    private static final float SMALL = 9;
    private static final float NAMES = 0.4f;
    private static final float LEADING = 1.45f;
    private static final float STEP = 0.04f;
    private static final float LEAST = 0.4f;

    private static final String NEVER_FIRST = "，。；：、）」！？%,.;:)!?";

    private final List<Path> fonts;

    SheetPrinter(List<Path> fonts) {
        this.fonts = fonts;
    }

    /** Words on the page; y from the top, at the baseline. */
    private record Line(String words, float size, float x, float y, boolean grey) {}

    private record Rule(float y) {}

    private record Layout(List<Line> lines, List<Rule> rules, float height) {}

    @Override
    public Optional<byte[]> print(Sheet sheet) {
        try (var document = new PDDocument()) {
            var found = PlateFont.choose(document, fonts, plain(all(sheet)));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var paper = sheet.paper();
            var page = new PDPage(new PDRectangle(paper.width() * MM, paper.height() * MM));
            document.addPage(page);
            document.getDocumentInformation().setTitle(sheet.title());
            try (var stream = new PDPageContentStream(document, page)) {
                draw(stream, found.get(), sheet);
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            var pdf = out.toByteArray();
            if (!Decoder.read(Plate.proof(pdf)).equals(Optional.of(sheet.code().url()))) {
                throw new IllegalStateException("the code on the sheet does not read as its URL");
            }
            return Optional.of(pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void draw(PDPageContentStream page, PlateFont font, Sheet sheet) throws IOException {
        float scale = sheet.paper().width() / FULL_WIDTH;
        float width = sheet.paper().width() * MM;
        float height = sheet.paper().height() * MM;
        float margin = MARGIN * scale;
        float room = width - 2 * margin;

        float seal = SEAL * scale;
        float titleLeft = margin + seal + 4 * MM * scale;
        var title = plain(sheet.title());
        float titleSize = Plate.fit(font, title, TITLE * scale, width - margin - titleLeft);
        Plate.seal(page, font, seal, margin, height - margin - seal);
        Plate.ink(page);
        font.draw(page, title, titleSize, titleLeft, height - margin - seal / 2 - titleSize * 0.36f);

        float symbol = SYMBOL * scale;
        float top = margin + seal + 6 * MM * scale;
        float most = height - top - margin - symbol - 4 * MM * scale;
        var layout = fit(font, sheet.parts(), room, most, scale);
        page.setStrokingColor(0.84f, 0.81f, 0.76f);
        page.setLineWidth(0.5f);
        for (var rule : layout.rules()) {
            page.moveTo(margin, height - top - rule.y());
            page.lineTo(width - margin, height - top - rule.y());
            page.stroke();
        }
        for (var line : layout.lines()) {
            shade(page, line.grey());
            font.draw(page, line.words(), line.size(), margin + line.x(), height - top - line.y());
        }
        foot(page, font, sheet.code(), scale, margin, symbol, room);
    }

    private static void foot(
            PDPageContentStream page,
            PlateFont font,
            Sheet.Code code,
            float scale,
            float margin,
            float symbol,
            float room)
            throws IOException {
        // The quiet zone is white anyway: the modules themselves line up with the words above.
        float quiet = symbol * QrSymbol.QUIET_ZONE / (QrSymbol.of(code.url()).size() + 2 * QrSymbol.QUIET_ZONE);
        Plate.symbol(page, QrSymbol.of(code.url()), symbol, margin - quiet, margin - quiet);
        float left = margin + symbol - quiet;
        float space = room - symbol + quiet;
        float y = margin + symbol - 2 * quiet - CAPTION * scale;
        Plate.ink(page);
        for (var line : broken(font, plain(code.caption()), CAPTION * scale, space)) {
            font.draw(page, line, CAPTION * scale, left, y);
            y -= CAPTION * scale * LEADING;
        }
        Plate.grey(page);
        for (var words : code.lines()) {
            for (var line : broken(font, plain(words), SMALL * scale, space)) {
                font.draw(page, line, SMALL * scale, left, y);
                y -= SMALL * scale * LEADING;
            }
        }
    }

    private static Layout fit(PlateFont font, List<Sheet.Part> parts, float room, float most, float scale)
            throws IOException {
        for (float size = 1; size > LEAST; size -= STEP) {
            var layout = layOut(font, parts, room, size * scale);
            if (layout.height() <= most) {
                return layout;
            }
        }
        throw new IllegalArgumentException("too many words for one page");
    }

    private static Layout layOut(PlateFont font, List<Sheet.Part> parts, float room, float scale) throws IOException {
        var lines = new ArrayList<Line>();
        var rules = new ArrayList<Rule>();
        float y = 0;
        for (var part : parts) {
            switch (part) {
                case Sheet.Part.Heading(var words) -> {
                    y += HEADING * scale * 0.9f;
                    y = put(lines, font, words, HEADING * scale, 0, y, room, true);
                }
                case Sheet.Part.Text(var words) -> y = put(lines, font, words, TEXT * scale, 0, y, room, false);
                case Sheet.Part.Table(var rows) -> {
                    for (int i = 0; i < rows.size(); i++) {
                        if (i > 0) {
                            rules.add(new Rule(y + ROW * scale * 0.12f));
                        }
                        y += ROW * scale * 0.2f;
                        float column = room * NAMES;
                        float gap = ROW * scale;
                        float name = put(lines, font, rows.get(i).name(), ROW * scale, 0, y, column - gap, true);
                        y = Math.max(
                                name,
                                put(lines, font, rows.get(i).words(), ROW * scale, column, y, room - column, false));
                    }
                }
            }
        }
        return new Layout(lines, rules, y);
    }

    private static float put(
            List<Line> lines, PlateFont font, String words, float size, float x, float y, float room, boolean grey)
            throws IOException {
        float next = y;
        for (var line : broken(font, plain(words), size, room)) {
            next += size * LEADING;
            lines.add(new Line(line, size, x, next - size * (LEADING - 1) * 0.5f - size * 0.12f, grey));
        }
        return next;
    }

    /** Breaks between Chinese characters and at blanks, and never before a punctuation mark. */
    private static List<String> broken(PlateFont font, String words, float size, float room) throws IOException {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var piece : pieces(words)) {
            if (!line.isEmpty() && font.width((line + piece).stripTrailing(), size) > room) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                line.append(piece.stripLeading());
            } else {
                line.append(piece);
            }
        }
        if (!line.isEmpty()) {
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static List<String> pieces(String words) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        for (int i = 0; i < words.length(); ) {
            int point = words.codePointAt(i);
            i += Character.charCount(point);
            boolean wide = Character.isIdeographic(point) || point > 0x2E7F;
            boolean joins = NEVER_FIRST.indexOf(point) >= 0;
            if (!piece.isEmpty() && !joins && (wide || endsWide(piece) || piece.charAt(piece.length() - 1) == ' ')) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.appendCodePoint(point);
        }
        if (!piece.isEmpty()) {
            pieces.add(piece.toString());
        }
        return pieces;
    }

    private static boolean endsWide(StringBuilder piece) {
        int last = piece.codePointBefore(piece.length());
        return Character.isIdeographic(last) || last > 0x2E7F;
    }

    private static void shade(PDPageContentStream page, boolean grey) throws IOException {
        if (grey) {
            Plate.grey(page);
        } else {
            Plate.ink(page);
        }
    }

    /** Our own font has no en dash. */
    private static String plain(String words) {
        return words.replace('\u2013', '-');
    }

    private static String all(Sheet sheet) {
        var words = new StringBuilder("掌").append(sheet.title());
        for (var part : sheet.parts()) {
            switch (part) {
                case Sheet.Part.Heading(var it) -> words.append(it);
                case Sheet.Part.Text(var it) -> words.append(it);
                case Sheet.Part.Table(var rows) ->
                    rows.forEach(row -> words.append(row.name()).append(row.words()));
            }
        }
        return words.append(sheet.code().caption())
                .append(String.join("", sheet.code().lines()))
                .toString();
    }
}
