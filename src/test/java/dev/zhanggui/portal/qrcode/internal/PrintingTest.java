package dev.zhanggui.portal.qrcode.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.ArtefactOutcome;
import dev.zhanggui.portal.qrcode.Ink;
import dev.zhanggui.portal.qrcode.PrintSize;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.Printing.Mark;
import dev.zhanggui.portal.qrcode.Printing.Says;
import dev.zhanggui.portal.qrcode.Printing.Shape;
import dev.zhanggui.portal.qrcode.QrSymbol;
import dev.zhanggui.portal.qrcode.emv.MerchantCode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be printed of a code, in each look, read the way a phone reads it. */
class PrintingTest {

    private static final int DPI = 200;
    private static final Ink GREEN = new Ink(0x0b5d3b, 0xffffff);

    private final Press press = new Press(PlateFont.USUAL);
    private final Face face = Face.of(PressTest.code("3 号桌"), "巷口牛肉面（解放路店）");

    static Stream<Printing> looks() {
        return Stream.of(Shape.values())
                .flatMap(shape -> Stream.of(
                        Printing.of(shape),
                        new Printing(shape, Says.URL, GREEN, Printing.USUAL_SIZE, Mark.ONLY_HERE, null),
                        new Printing(shape, Says.URL, Ink.BLACK_ON_WHITE, Printing.USUAL_SIZE, Mark.NONE, logo()),
                        new Printing(shape, Says.EMV, Ink.BLACK_ON_WHITE, Printing.USUAL_SIZE, Mark.NONE, null)));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void reads_at_print_size_half_as_large_held_askew_and_out_of_focus(Printing printing) {
        var said = printing.says() == Says.EMV ? emv() : face;
        var picture = symbol(ready(press.print(said, printing)), printing);
        double module = (double) picture.getWidth()
                / (said.symbol(QrSymbol.ErrorLevel.Q).size() + 8);

        assertThat(Decoder.read(picture)).as("print size").contains(said.text());
        assertThat(Decoder.read(Hardships.turned(picture, 0.5, 0))).as("half").contains(said.text());
        for (int degrees : new int[] {12, 90, 187}) {
            assertThat(Decoder.read(Hardships.turned(picture, 1, degrees)))
                    .as("%s°", degrees)
                    .contains(said.text());
        }
        assertThat(Decoder.read(Hardships.blurred(picture, Math.max(2, (int) (module * 0.6)))))
                .as("out of focus")
                .contains(said.text());
    }

    @ParameterizedTest
    @EnumSource(
            value = Shape.class,
            names = {"PNG", "SVG"},
            mode = EnumSource.Mode.EXCLUDE)
    void what_hangs_in_a_shop_says_whose_it_is_what_to_do_and_how_to_check_it(Shape shape) throws IOException {
        var pdf = ready(press.print(face, Printing.of(shape)));
        try (var document = Loader.loadPDF(pdf.content())) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(document))
                    .contains(face.store(), "扫码支付", "Scan to pay", "3 号桌 · 004", "查真假：zg.example.cn/check");
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void a_preview_cannot_be_paid_by(Shape shape) throws IOException {
        var preview = ready(press.preview(face, Printing.of(shape), 640));
        var picture = ImageIO.read(new ByteArrayInputStream(preview.content()));

        assertThat(preview.format()).isEqualTo(Artefact.Format.PNG);
        assertThat(picture.getWidth()).isBetween(639, 641);
        assertThat(Decoder.read(picture)).isEmpty();
        assertThat(Decoder.read(Hardships.turned(picture, 2, 0))).isEmpty();
    }

    @Test
    void a_watermark_names_store_and_place_and_leaves_the_quiet_zone_white() throws IOException {
        var printing = Printing.of(Shape.A6).marked(Mark.ONLY_HERE);
        var pdf = ready(press.print(face, printing));
        try (var document = Loader.loadPDF(pdf.content())) {
            assertThat(new PDFTextStripper().getText(document)).contains("仅供 巷口牛肉面（解放路店） 3 号桌 使用");
        }
        var symbol = symbol(pdf, printing);
        int quiet = symbol.getWidth() * 4 / 41 - 2;
        for (int x = 1; x < symbol.getWidth() - 1; x++) {
            for (int y = 1; y < quiet; y++) {
                assertThat(symbol.getRGB(x, y) & 0xffffff).isEqualTo(0xffffff);
            }
        }
    }

    @Test
    void a_picture_for_a_label_printer_has_the_size_that_was_asked_for_and_says_so() throws IOException {
        var printing = new Printing(Shape.PNG, Says.URL, Ink.BLACK_ON_WHITE, new PrintSize(5, 203), Mark.NONE, null);
        var png = ready(press.print(face, printing)).content();
        var reader = ImageIO.getImageReadersByFormatName("png").next();
        try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(png))) {
            reader.setInput(in);
            assertThat(reader.getWidth(0)).isEqualTo(41 * 5);
            var tree = reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
            var density =
                    ((org.w3c.dom.Element) tree).getElementsByTagName("pHYs").item(0);
            assertThat(density.getAttributes()
                            .getNamedItem("pixelsPerUnitXAxis")
                            .getNodeValue())
                    .isEqualTo("7992");
        }
    }

    @Test
    void what_no_phone_could_read_is_not_made() {
        var fine = new Printing(Shape.PNG, Says.URL, Ink.BLACK_ON_WHITE, new PrintSize(3, 203), Mark.NONE, null);
        assertThat(press.print(face, fine)).isEqualTo(new ArtefactOutcome.TooFine(new PrintSize(4, 203)));
    }

    @Test
    void a_logo_that_is_no_picture_is_refused() {
        var printing = new Printing(
                Shape.A6, Says.URL, Ink.BLACK_ON_WHITE, Printing.USUAL_SIZE, Mark.NONE, new byte[] {1, 2, 3});
        assertThat(press.print(face, printing)).isEqualTo(new ArtefactOutcome.LogoUnreadable());
    }

    @Test
    void a_logo_stands_in_the_middle_of_every_copy() {
        var printing =
                new Printing(Shape.LABELS_60, Says.URL, Ink.BLACK_ON_WHITE, Printing.USUAL_SIZE, Mark.NONE, logo());
        var symbol = symbol(ready(press.print(face, printing)), printing);
        assertThat(new Color(symbol.getRGB(symbol.getWidth() / 2, symbol.getHeight() / 2)))
                .isEqualTo(new Color(0xb3261e));
    }

    private Face emv() {
        return face.saying(
                new MerchantCode("巷口牛肉面", null, "长沙市", "5812", face.url(), null, null, "004", null).payload());
    }

    private static Artefact ready(ArtefactOutcome outcome) {
        assertThat(outcome).isInstanceOf(ArtefactOutcome.Ready.class);
        return ((ArtefactOutcome.Ready) outcome).artefact();
    }

    /** One symbol with its quiet zone, cut out of what a printer puts on paper. */
    private static BufferedImage symbol(Artefact artefact, Printing printing) {
        var shape = printing.shape();
        return switch (shape) {
            case PNG -> Pictures.readPng(artefact.content());
            case SVG -> Pictures.readSvg(artefact.content(), 8);
            case A6 -> cut(page(artefact), 12.5, 26.5, 80, 105);
            case A5 -> cut(page(artefact), 12.5, 26.5, 80, 105);
            case A4 -> cut(page(artefact), 12.5, 26.5, 80, 105);
            case TENT -> cut(page(artefact), 12, 148.5 + 20.25, 108, 210);
            case LABELS_50, LABELS_60, LABELS_80 -> {
                var grid = LabelSheets.Grid.of(shape.labelWidth());
                double top = 297 - grid.bottom(0) - (13.2 + 46) * grid.scale();
                yield cut(page(artefact), grid.left(0) + 2 * grid.scale(), top, 46 * grid.scale(), 210);
            }
        };
    }

    /** @param across of the whole page in the same units */
    private static BufferedImage cut(BufferedImage page, double left, double top, double side, double across) {
        double dots = page.getWidth() / across;
        return page.getSubimage((int) (left * dots), (int) (top * dots), (int) (side * dots), (int) (side * dots));
    }

    private static BufferedImage page(Artefact artefact) {
        try (var document = Loader.loadPDF(artefact.content())) {
            return new PDFRenderer(document).renderImageWithDPI(0, DPI);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static byte @Nullable [] logo() {
        var logo = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        var pen = logo.createGraphics();
        pen.setColor(new Color(0xb3261e));
        pen.fillRect(0, 0, 200, 200);
        pen.dispose();
        return Objects.requireNonNull(Pictures.write(logo));
    }
}
