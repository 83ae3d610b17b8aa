package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.PrintSize;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.QrSymbol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceStream;
import org.apache.pdfbox.util.Matrix;

/**
 * Sheets of labels on A4, edge to edge with cut marks around: one label or ten thousand. The symbols are encoded and written on
 * as many threads as there are processors, the words one after the other. Nothing leaves before every symbol of the finished
 * file was read back ({@link SheetProof}) and the first and the last page were seen as a printer prints them.
 */
final class LabelSheets {

    static final float PAGE_WIDTH = 210;
    static final float PAGE_HEIGHT = 297;

    /** Modules are whole dots of a printer of 300 dpi, and of one of 600. */
    private static final int DPI = 300;

    /** All measures below are of a label so wide; a wider one is larger in everything. */
    private static final float MEASURED = 50;

    private static final float HEIGHT = 68;
    private static final float EDGE = 2;
    private static final float SEAL = 4.6f;
    private static final float HEAD = 60.7f;
    private static final float SYMBOL = 13.2f;
    private static final float PAY = 9.7f;
    private static final float WHERE = 5.3f;
    private static final float CHECK = 2.1f;
    private static final int PROOF_DPI = 150;

    private final List<Path> fonts;

    LabelSheets(List<Path> fonts) {
        this.fonts = fonts;
    }

    /**
     * How labels lie on the page; millimetres.
     *
     * @param width of a label, with its edge
     */
    record Grid(float width, int columns, int rows) {

        /** @param width 50, 60 or 80 */
        static Grid of(int width) {
            float height = HEIGHT * width / MEASURED;
            return new Grid(width, (int) ((PAGE_WIDTH - 10) / width), (int) ((PAGE_HEIGHT - 12) / height));
        }

        int perPage() {
            return columns * rows;
        }

        float scale() {
            return width / MEASURED;
        }

        float height() {
            return HEIGHT * scale();
        }

        float left(int at) {
            return (PAGE_WIDTH - columns * width) / 2 + at % columns * width;
        }

        float bottom(int at) {
            return (PAGE_HEIGHT + rows * height()) / 2 - (at / columns + 1) * height();
        }
    }

    /** The symbols of a page, packed as the file holds them. */
    private record Packed(byte[] bytes, int length) {}

    /** Empty when no font of this machine can show all the words. */
    Optional<byte[]> print(List<Face> faces, int width, String title) {
        var grid = Grid.of(width);
        var pages = new ArrayList<List<Face>>();
        for (int i = 0; i < faces.size(); i += grid.perPage()) {
            pages.add(faces.subList(i, Math.min(faces.size(), i + grid.perPage())));
        }
        try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
                var document = new PDDocument()) {
            var found = PlateFont.choose(document, fonts, words(faces));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            document.getDocumentInformation().setTitle(title);
            var packed = submit(threads, pages, page -> () -> pack(symbols(page, grid)));
            var frame = frame(document, found.get(), grid, faces.getFirst());
            for (int i = 0; i < pages.size(); i++) {
                page(document, found.get(), frame, grid, pages.get(i), packed.get(i));
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            var pdf = out.toByteArray();
            prove(threads, pdf, pages, grid);
            return Optional.of(pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> List<Future<T>> submit(
            ExecutorService threads, List<List<Face>> pages, Function<List<Face>, Callable<T>> work) {
        return pages.stream().map(page -> threads.submit(work.apply(page))).toList();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException it ? it : new IllegalStateException(e.getCause());
        }
    }

    private static void prove(ExecutorService threads, byte[] pdf, List<List<Face>> pages, Grid grid)
            throws IOException {
        var proofs = new ArrayList<Future<?>>();
        try (var read = new SheetProof(pdf)) {
            if (read.pages() != pages.size()) {
                throw new IllegalStateException(read.pages() + " pages instead of " + pages.size());
            }
            for (int i = 0; i < pages.size(); i++) {
                var content = read.packed(i);
                var expected = pages.get(i).stream().map(Face::text).toList();
                proofs.add(threads.submit(() -> SheetProof.require(SheetProof.unpack(content), expected)));
            }
            see(read, 0, pages.getFirst(), grid);
            if (pages.size() > 1) {
                see(read, pages.size() - 1, pages.getLast(), grid);
            }
            proofs.forEach(LabelSheets::await);
        }
    }

    /** Looks at a page as it comes out of the printer, label by label. */
    private static void see(SheetProof read, int page, List<Face> faces, Grid grid) throws IOException {
        var picture = read.picture(page, PROOF_DPI);
        float dots = PROOF_DPI / 25.4f;
        for (int at = 0; at < faces.size(); at++) {
            var label = picture.getSubimage(
                    (int) (grid.left(at) * dots),
                    (int) ((PAGE_HEIGHT - grid.bottom(at) - grid.height()) * dots),
                    (int) (grid.width() * dots),
                    (int) (grid.height() * dots));
            if (!Decoder.read(label).equals(Optional.of(faces.get(at).text()))) {
                throw new IllegalStateException("label " + at + " of page " + page + " does not read as it must");
            }
        }
    }

    /** The symbols of a page: each moves to its corner, turns upside down, and counts in modules from there. */
    private static byte[] symbols(List<Face> faces, Grid grid) {
        var out = new Operators(faces.size() * 6_000);
        for (int at = 0; at < faces.size(); at++) {
            var symbol = faces.get(at).symbol(QrSymbol.ErrorLevel.Q);
            double module = module(symbol, grid);
            double side = module * symbol.size();
            double left = (grid.left(at) + (grid.width() - side) / 2) * Plate.MM;
            double top = (grid.bottom(at) + symbolMiddle(grid) + side / 2) * Plate.MM;
            out.word("q")
                    .number(module * Plate.MM)
                    .number(0)
                    .number(0)
                    .number(-module * Plate.MM)
                    .number(left)
                    .number(top)
                    .word("cm 0 g\n");
            symbol.runs((x, y, length) ->
                    out.number(x).number(y).number(length).number(1).word("re\n"));
            out.word("f Q\n");
        }
        return out.bytes();
    }

    private static float symbolMiddle(Grid grid) {
        return (SYMBOL + (MEASURED - 2 * EDGE) / 2) * grid.scale();
    }

    static boolean fits(QrSymbol symbol, int width) {
        return PrintSize.within(symbol, (MEASURED - 2 * EDGE) * Grid.of(width).scale(), DPI)
                .isPresent();
    }

    /** Millimetres; whole dots. Throws {@link IllegalArgumentException} when so much text cannot be read on so small a label. */
    private static double module(QrSymbol symbol, Grid grid) {
        return PrintSize.within(symbol, (MEASURED - 2 * EDGE) * grid.scale(), DPI)
                .orElseThrow(() -> new IllegalArgumentException("too fine for a label of " + grid.width() + " mm"))
                .moduleMillimetres();
    }

    private static Packed pack(byte[] content) {
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(content);
            deflater.finish();
            var packed = new byte[content.length / 2 + 200];
            int length = 0;
            while (!deflater.finished()) {
                if (length == packed.length) {
                    packed = Arrays.copyOf(packed, 2 * length);
                }
                length += deflater.deflate(packed, length, packed.length - length);
            }
            return new Packed(packed, length);
        } finally {
            deflater.end();
        }
    }

    /** What all labels of the file share. */
    private static PDAppearanceStream frame(PDDocument document, PlateFont font, Grid grid, Face any)
            throws IOException {
        float s = grid.scale() * Plate.MM;
        var form = new PDAppearanceStream(document);
        form.setBBox(new PDRectangle(grid.width() * Plate.MM, grid.height() * Plate.MM));
        form.setResources(new PDResources());
        try (var pen = new PDPageContentStream(document, form)) {
            Plate.seal(pen, font, SEAL * s, 2 * EDGE * s, HEAD * s);
            Plate.ink(pen);
            float pay = 3.6f * s;
            float payEnglish = 2.2f * s;
            float width = font.width(Face.PAY, pay) + 1.2f * s + font.width(Face.PAY_EN, payEnglish);
            float left = (grid.width() * Plate.MM - width) / 2;
            font.draw(pen, Face.PAY, pay, left, PAY * s);
            Plate.grey(pen);
            font.draw(pen, Face.PAY_EN, payEnglish, left + width - font.width(Face.PAY_EN, payEnglish), PAY * s);
            var check = "查真假：" + any.checkPage();
            float size = Plate.fit(font, check, 1.9f * s, (grid.width() - 2 * EDGE) * Plate.MM - 2 * s);
            font.draw(pen, check, size, (grid.width() * Plate.MM - font.width(check, size)) / 2, CHECK * s);
        }
        return form;
    }

    private static void page(
            PDDocument document,
            PlateFont font,
            PDAppearanceStream frame,
            Grid grid,
            List<Face> faces,
            Future<Packed> symbols)
            throws IOException {
        var page = addPage(document);
        page.setContents(stream(document, await(symbols)));
        try (var pen = new PDPageContentStream(document, page, AppendMode.APPEND, true)) {
            words(pen, font, frame, grid, faces);
        }
    }

    private static PDPage addPage(PDDocument document) {
        var page = new PDPage(new PDRectangle(PAGE_WIDTH * Plate.MM, PAGE_HEIGHT * Plate.MM));
        document.addPage(page);
        return page;
    }

    /** All but the symbols. */
    private static void words(
            PDPageContentStream pen, PlateFont font, PDAppearanceStream frame, Grid grid, List<Face> faces)
            throws IOException {
        marks(pen, grid);
        float s = grid.scale() * Plate.MM;
        for (int at = 0; at < faces.size(); at++) {
            var face = faces.get(at);
            float left = grid.left(at) * Plate.MM;
            float bottom = grid.bottom(at) * Plate.MM;
            pen.saveGraphicsState();
            pen.transform(Matrix.getTranslateInstance(left, bottom));
            pen.drawForm(frame);
            pen.restoreGraphicsState();
            Plate.ink(pen);
            float nameLeft = (2 * EDGE + SEAL + 1.4f) * s;
            float nameSize = Plate.fit(font, face.store(), 3.7f * s, grid.width() * Plate.MM - nameLeft - EDGE * s);
            font.draw(pen, face.store(), nameSize, left + nameLeft, bottom + (HEAD + SEAL / 2) * s - nameSize * 0.36f);
            float room = (grid.width() - 4 * EDGE * grid.scale()) * Plate.MM;
            float whereSize = Plate.fit(font, face.where(), 3.1f * s, room);
            float whereLeft = (grid.width() * Plate.MM - font.width(face.where(), whereSize)) / 2;
            font.draw(pen, face.where(), whereSize, left + whereLeft, bottom + WHERE * s);
        }
    }

    /**
     * A page full of the same label, each seen as a printer prints it. Empty when no font of this machine can show all the words.
     */
    Optional<byte[]> copies(Face face, Sign sign, int width, Overprint overprint) {
        var grid = Grid.of(width);
        var faces = Collections.nCopies(grid.perPage(), face);
        float side =
                (float) (module(sign.symbol(), grid) * (sign.symbol().size() + 2 * QrSymbol.QUIET_ZONE) * Plate.MM);
        var boxes = new ArrayList<Overprint.Box>();
        for (int at = 0; at < faces.size(); at++) {
            boxes.add(new Overprint.Box(
                    (grid.left(at) + grid.width() / 2) * Plate.MM - side / 2,
                    (grid.bottom(at) + symbolMiddle(grid)) * Plate.MM - side / 2,
                    side));
        }
        try (var document = new PDDocument()) {
            var found = PlateFont.choose(document, fonts, face.words() + overprint.words());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            document.getDocumentInformation().setTitle(face.store() + " " + face.where());
            var frame = frame(document, found.get(), grid, face);
            try (var pen = new PDPageContentStream(document, addPage(document))) {
                overprint.under(pen, found.get(), PAGE_WIDTH * Plate.MM, PAGE_HEIGHT * Plate.MM, boxes);
                for (var box : boxes) {
                    sign.draw(document, pen, side, box.left(), box.bottom());
                }
                words(pen, found.get(), frame, grid, faces);
                overprint.over(pen, found.get(), boxes);
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            var pdf = out.toByteArray();
            if (overprint.mark() != Printing.Mark.SAMPLE) {
                try (var read = new SheetProof(pdf)) {
                    see(read, 0, faces, grid);
                }
            }
            return Optional.of(pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PDStream stream(PDDocument document, Packed packed) throws IOException {
        var stream = document.getDocument().createCOSStream();
        try (var raw = stream.createRawOutputStream()) {
            raw.write(packed.bytes(), 0, packed.length());
        }
        stream.setItem(COSName.FILTER, COSName.FLATE_DECODE);
        return new PDStream((COSStream) stream);
    }

    /** Where to cut: ticks around the sheet, and small crosses where four labels meet. */
    private static void marks(PDPageContentStream pen, Grid grid) throws IOException {
        float left = grid.left(0) * Plate.MM;
        float top = (grid.bottom(0) + grid.height()) * Plate.MM;
        float right = left + grid.columns() * grid.width() * Plate.MM;
        float bottom = top - grid.rows() * grid.height() * Plate.MM;
        float gap = Plate.MM;
        float tick = 3 * Plate.MM;
        pen.setStrokingColor(0.45f);
        pen.setLineWidth(0.4f);
        for (int i = 0; i <= grid.columns(); i++) {
            float x = left + i * grid.width() * Plate.MM;
            line(pen, x, top + gap, x, top + gap + tick);
            line(pen, x, bottom - gap, x, bottom - gap - tick);
        }
        for (int i = 0; i <= grid.rows(); i++) {
            float y = top - i * grid.height() * Plate.MM;
            line(pen, left - gap, y, left - gap - tick, y);
            line(pen, right + gap, y, right + gap + tick, y);
        }
        pen.stroke();
        pen.setStrokingColor(0.75f);
        for (int i = 1; i < grid.columns(); i++) {
            for (int j = 1; j < grid.rows(); j++) {
                float x = left + i * grid.width() * Plate.MM;
                float y = top - j * grid.height() * Plate.MM;
                line(pen, x - gap, y, x + gap, y);
                line(pen, x, y - gap, x, y + gap);
            }
        }
        pen.stroke();
    }

    private static void line(PDPageContentStream pen, float x, float y, float toX, float toY) throws IOException {
        pen.moveTo(x, y);
        pen.lineTo(toX, toY);
    }

    private static String words(List<Face> faces) {
        return faces.getFirst().words()
                + faces.stream()
                        .map(face -> face.store() + face.where())
                        .collect(Collectors.joining())
                        .codePoints()
                        .distinct()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    }
}
