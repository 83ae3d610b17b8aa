package dev.zhanggui.portal.qrcode.internal;

import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.font.FontRenderContext;
import java.awt.geom.PathIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.fontbox.ttf.TrueTypeCollection;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The words of a plate in a font that has all their characters. Widths and sizes in points. */
interface PlateFont {

    float width(String words, float size) throws IOException;

    /** Draws with the baseline starting at x, y, in the stream's fill colour. */
    void draw(PDPageContentStream page, String words, float size, float x, float y) throws IOException;

    /**
     * The font that comes with the portal shows the characters of GB 2312, so plates look the same on every machine. A rarer
     * character needs the machine: WenQuanYi Micro Hei whole, embedded like ours, so that words can be searched and copied; else
     * any installed font that can show the words, drawn as outlines (Noto CJK cannot be embedded: CFF in a collection).
     */
    static Optional<PlateFont> choose(PDDocument document, List<Path> collections, String words) throws IOException {
        var ours = Embedded.ours(document);
        if (ours.canShow(words)) {
            return Optional.of(ours);
        }
        for (var file : collections) {
            if (Files.isReadable(file)) {
                var font = Embedded.load(document, file);
                if (font.canShow(words)) {
                    return Optional.of(font);
                }
            }
        }
        return Outlined.find(words);
    }

    /** Debian's and Fedora's places of WenQuanYi Micro Hei. */
    List<Path> USUAL = List.of(
            Path.of("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
            Path.of("/usr/share/fonts/wqy-microhei-fonts/wqy-microhei.ttc"),
            Path.of("/usr/share/fonts/wqy-microhei/wqy-microhei.ttc"));

    /** A TrueType font, subset into the document. */
    final class Embedded implements PlateFont {

        private static final String NAME = "WenQuanYiMicroHei";

        private final PDType0Font font;

        private Embedded(PDType0Font font) {
            this.font = font;
        }

        static Embedded ours(PDDocument document) throws IOException {
            try (var in = Objects.requireNonNull(PlateFont.class.getResourceAsStream("plate.ttf"))) {
                return new Embedded(PDType0Font.load(document, in, true));
            }
        }

        static Embedded load(PDDocument document, Path collection) throws IOException {
            // Not closed here: the subset is cut when the document is saved.
            var fonts = new TrueTypeCollection(collection.toFile());
            var font = fonts.getFontByName(NAME);
            if (font == null) {
                fonts.close();
                throw new IOException(collection + " has no " + NAME);
            }
            document.registerTrueTypeFontForClosing(font);
            return new Embedded(PDType0Font.load(document, font, true));
        }

        boolean canShow(String words) {
            try {
                font.encode(words);
                return true;
            } catch (IOException | IllegalArgumentException e) {
                return false;
            }
        }

        @Override
        public float width(String words, float size) throws IOException {
            return font.getStringWidth(words) / 1000 * size;
        }

        @Override
        public void draw(PDPageContentStream page, String words, float size, float x, float y) throws IOException {
            page.beginText();
            page.setFont(font, size);
            page.newLineAtOffset(x, y);
            page.showText(words);
            page.endText();
        }
    }

    /** Any installed font, as filled outlines. */
    final class Outlined implements PlateFont {

        private static final Logger LOG = LoggerFactory.getLogger(PlateFont.class);
        private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
        private static final List<String> PREFERRED =
                List.of("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei");

        private final Font font;

        private Outlined(Font font) {
            this.font = font;
        }

        static Optional<PlateFont> find(String words) {
            try {
                var installed = Arrays.asList(
                        GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames());
                var byTaste = new java.util.ArrayList<>(PREFERRED);
                byTaste.retainAll(installed);
                byTaste.addAll(installed);
                return byTaste.stream()
                        .map(family -> new Font(family, Font.PLAIN, 1))
                        .filter(font -> font.canDisplayUpTo(words) < 0)
                        .findFirst()
                        .map(Outlined::new);
            } catch (Error | RuntimeException e) {
                // A JRE without fontconfig or FreeType throws errors of many kinds here; to us they mean: no fonts.
                LOG.warn("the fonts of this machine cannot be listed: {}", e.toString());
                return Optional.empty();
            }
        }

        @Override
        public float width(String words, float size) {
            return (float) font.deriveFont(size).getStringBounds(words, EXACT).getWidth();
        }

        @Override
        public void draw(PDPageContentStream page, String words, float size, float x, float y) throws IOException {
            var outline = font.deriveFont(size)
                    .layoutGlyphVector(EXACT, words.toCharArray(), 0, words.length(), Font.LAYOUT_LEFT_TO_RIGHT)
                    .getOutline();
            var at = new float[6];
            float lastX = 0;
            float lastY = 0;
            for (var path = outline.getPathIterator(null); !path.isDone(); path.next()) {
                switch (path.currentSegment(at)) {
                    case PathIterator.SEG_MOVETO -> page.moveTo(lastX = x + at[0], lastY = y - at[1]);
                    case PathIterator.SEG_LINETO -> page.lineTo(lastX = x + at[0], lastY = y - at[1]);
                    case PathIterator.SEG_QUADTO -> {
                        // PDF knows cubic curves only: the same curve one degree higher.
                        float controlX = x + at[0];
                        float controlY = y - at[1];
                        float toX = x + at[2];
                        float toY = y - at[3];
                        page.curveTo(
                                lastX + 2f / 3 * (controlX - lastX),
                                lastY + 2f / 3 * (controlY - lastY),
                                toX + 2f / 3 * (controlX - toX),
                                toY + 2f / 3 * (controlY - toY),
                                toX,
                                toY);
                        lastX = toX;
                        lastY = toY;
                    }
                    case PathIterator.SEG_CUBICTO ->
                        page.curveTo(x + at[0], y - at[1], x + at[2], y - at[3], lastX = x + at[4], lastY = y - at[5]);
                    case PathIterator.SEG_CLOSE -> page.closePath();
                    default -> throw new IllegalStateException("unknown path segment");
                }
            }
            page.fill();
        }
    }
}
