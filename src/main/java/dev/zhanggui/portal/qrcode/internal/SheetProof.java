package dev.zhanggui.portal.qrcode.internal;

import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import dev.zhanggui.portal.qrcode.QrSymbol;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.InflaterInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * Reads a finished file of symbols back: follows what its pages draw, puts the rectangles of each symbol into a matrix of
 * modules, has ZXing read that, and looks whether words or lines come too near. It knows nothing of how the file was made.
 */
final class SheetProof implements Closeable {

    /** More than any ornament has. */
    private static final int LEAST_RUNS = 60;

    private static final double NEARLY = 0.01;

    private final PDDocument document;

    SheetProof(byte[] pdf) throws IOException {
        this.document = Loader.loadPDF(pdf);
    }

    int pages() {
        return document.getNumberOfPages();
    }

    /** What the page draws, unpacked. */
    byte[] content(int page) throws IOException {
        return unpack(packed(page));
    }

    /** What the page draws, part by part as it lies in the file; of one thread only, as all of the document. */
    List<byte[]> packed(int page) throws IOException {
        var parts = new ArrayList<byte[]>();
        for (var streams = document.getPage(page).getContentStreams(); streams.hasNext(); ) {
            var stream = streams.next().getCOSObject();
            if (!COSName.FLATE_DECODE.equals(stream.getFilters())) {
                throw new IOException("a page packed in another way: " + stream.getFilters());
            }
            try (var in = stream.createRawInputStream()) {
                parts.add(in.readAllBytes());
            }
        }
        return parts;
    }

    /** Unpacks what {@link #packed} found; on any thread. Throws {@link IllegalStateException} when it is damaged. */
    static byte[] unpack(List<byte[]> parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            try (var inflating = new InflaterInputStream(new ByteArrayInputStream(part))) {
                inflating.transferTo(content);
            } catch (IOException e) {
                throw new IllegalStateException("a page that cannot be unpacked", e);
            }
            content.write('\n');
        }
        return content.toByteArray();
    }

    /** The page as a printer would put it on paper. */
    BufferedImage picture(int page, int dpi) throws IOException {
        return new PDFRenderer(document).renderImageWithDPI(page, dpi, ImageType.GRAY);
    }

    @Override
    public void close() throws IOException {
        document.close();
    }

    /** Throws {@link IllegalStateException} unless the page's symbols say exactly this, in this order, with room around them. */
    static void require(byte[] content, List<String> expected) {
        var page = new Page(content);
        var read = page.symbols.stream().map(Symbol::read).toList();
        if (!read.equals(expected)) {
            throw new IllegalStateException("the symbols of a page do not read as they must");
        }
        for (var symbol : page.symbols) {
            for (var ink : page.others) {
                if (symbol.isNear(ink)) {
                    throw new IllegalStateException("something else is drawn too near to a symbol");
                }
            }
        }
    }

    /** Where something else begins; in the page's units. */
    private record Point(double x, double y) {}

    /** Scale and place: the only changes of the page's units that are used here. */
    private record Units(double a, double d, double e, double f) {

        Units within(Units outer) {
            return new Units(a * outer.a, d * outer.d, e * outer.a + outer.e, f * outer.d + outer.f);
        }

        Point point(double x, double y) {
            return new Point(x * a + e, y * d + f);
        }
    }

    /** Rectangles painted as one, in units of their own. */
    private record Symbol(List<double[]> runs, Units units, double size) {

        Symbol(List<double[]> runs, Units units) {
            this(
                    runs,
                    units,
                    runs.stream()
                            .mapToDouble(run -> Math.max(run[0] + run[2], run[1] + run[3]))
                            .max()
                            .orElse(0));
        }

        /** Throws {@link IllegalStateException} when the rectangles are no modules or no symbol. */
        String read() {
            for (var run : runs) {
                for (double number : run) {
                    if (number != Math.rint(number) || number < 0) {
                        throw new IllegalStateException("a rectangle beside the grid of modules");
                    }
                }
            }
            if (Math.abs(Math.abs(units.a()) - Math.abs(units.d())) > NEARLY || units.a() <= 0 || units.d() >= 0) {
                throw new IllegalStateException("modules that are no squares");
            }
            var modules = new BitMatrix((int) size);
            for (var run : runs) {
                modules.setRegion((int) run[0], (int) run[1], (int) run[2], (int) run[3]);
            }
            try {
                return new Decoder().decode(modules).getText();
            } catch (ChecksumException | FormatException | IllegalArgumentException e) {
                throw new IllegalStateException("a symbol that cannot be read", e);
            }
        }

        boolean isNear(Point ink) {
            double quiet = QrSymbol.QUIET_ZONE - NEARLY;
            double x = (ink.x() - units.e()) / units.a();
            double y = (ink.y() - units.f()) / units.d();
            return x > -quiet && x < size + quiet && y > -quiet && y < size + quiet;
        }
    }

    /** Follows the operators of one page. */
    private static final class Page {

        private final byte[] content;
        private int at;
        private final double[] operands = new double[8];
        private int count;
        private final List<Units> saved = new ArrayList<>();
        private Units units = new Units(1, 1, 0, 0);
        private List<double[]> runs = new ArrayList<>();
        private List<Point> path = new ArrayList<>();
        private double lineX;
        private double lineY;

        private final List<Symbol> symbols = new ArrayList<>();
        private final List<Point> others = new ArrayList<>();

        Page(byte[] content) {
            this.content = content;
            while (at < content.length) {
                step();
            }
        }

        private void step() {
            int c = content[at];
            if (c <= ' ') {
                at++;
            } else if (c >= '0' && c <= '9' || c == '-' || c == '.' || c == '+') {
                number();
            } else if (c == '(') {
                skipString();
            } else if (c == '<' || c == '[' || c == ']' || c == '>') {
                skipTo(c == '<' ? '>' : c);
            } else {
                int start = at;
                while (at < content.length && content[at] > ' ' && !isDelimiter(content[at], at - start)) {
                    at++;
                }
                if (c != '/') {
                    operator(start);
                    count = 0;
                }
            }
        }

        private static boolean isDelimiter(byte c, int position) {
            return position > 0 && (c == '(' || c == '<' || c == '[' || c == '/');
        }

        private void number() {
            boolean minus = content[at] == '-';
            if (minus || content[at] == '+') {
                at++;
            }
            double value = 0;
            double place = 0;
            for (; at < content.length; at++) {
                int c = content[at];
                if (c == '.') {
                    place = 1;
                } else if (c >= '0' && c <= '9') {
                    value = value * 10 + (c - '0');
                    place *= 10;
                } else {
                    break;
                }
            }
            if (count < operands.length) {
                operands[count++] = (minus ? -value : value) / (place == 0 ? 1 : place);
            }
        }

        private void skipString() {
            int depth = 0;
            do {
                switch (content[at]) {
                    case '\\' -> at++;
                    case '(' -> depth++;
                    case ')' -> depth--;
                    default -> {
                        // part of the words
                    }
                }
                at++;
            } while (depth > 0 && at < content.length);
        }

        private void skipTo(int end) {
            while (at < content.length && content[at] != end) {
                at++;
            }
            at++;
        }

        private void operator(int start) {
            int length = at - start;
            int first = content[start];
            int second = length > 1 ? content[start + 1] : 0;
            if (length == 2 && first == 'r' && second == 'e') {
                runs.add(new double[] {operands[0], operands[1], operands[2], operands[3]});
            } else if (length == 1 && first == 'q') {
                saved.add(units);
            } else if (length == 1 && first == 'Q') {
                units = saved.removeLast();
            } else if (length == 2 && first == 'c' && second == 'm') {
                if (operands[1] != 0 || operands[2] != 0) {
                    throw new IllegalStateException("something is drawn askew");
                }
                units = new Units(operands[0], operands[3], operands[4], operands[5]).within(units);
            } else if (length == 1 && (first == 'f' || first == 'S' || first == 's' || first == 'B')) {
                painted();
            } else if (length == 1 && (first == 'm' || first == 'l')) {
                path.add(units.point(operands[0], operands[1]));
            } else if (length == 1 && first == 'c') {
                path.add(units.point(operands[4], operands[5]));
            } else if (length == 2 && first == 'B' && second == 'T') {
                lineX = 0;
                lineY = 0;
            } else if (length == 2 && first == 'T' && second == 'd') {
                lineX += operands[0];
                lineY += operands[1];
            } else if (length == 2 && first == 'T' && (second == 'j' || second == 'J')) {
                others.add(units.point(lineX, lineY));
            }
        }

        private void painted() {
            if (runs.size() >= LEAST_RUNS) {
                symbols.add(new Symbol(runs, units));
            } else {
                runs.forEach(run -> {
                    others.add(units.point(run[0], run[1]));
                    others.add(units.point(run[0] + run[2], run[1] + run[3]));
                });
            }
            others.addAll(path);
            runs = new ArrayList<>();
            path = new ArrayList<>();
        }
    }
}
