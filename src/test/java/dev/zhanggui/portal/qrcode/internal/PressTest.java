package dev.zhanggui.portal.qrcode.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.ArtefactOutcome;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.qrcode.QrSymbol;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every picture is read again the way a phone would, in print size, smaller, and held askew. */
class PressTest {

    private static final String STORE = "巷口牛肉面（解放路店）";

    private final Press press = new Press(PlateFont.USUAL);

    @ParameterizedTest
    @EnumSource(Artefact.Format.class)
    void reads_as_its_url_at_full_scale_half_scale_and_rotated(Artefact.Format format) {
        var code = code("柜台");
        var picture = picture(print(press, code, STORE, format).orElseThrow());

        assertThat(Decoder.read(picture)).contains(code.url());
        assertThat(Decoder.read(Hardships.turned(picture, 0.5, 0))).as("half").contains(code.url());
        for (int degrees : new int[] {7, 15, 45, 90, 180, 270, 333}) {
            assertThat(Decoder.read(Hardships.turned(picture, 1, degrees)))
                    .as("%s°", degrees)
                    .contains(code.url());
        }
    }

    @ParameterizedTest
    @EnumSource(Artefact.Format.class)
    void reads_out_of_focus(Artefact.Format format) {
        var code = code("柜台");
        var picture = picture(print(press, code, STORE, format).orElseThrow());

        assertThat(Decoder.read(Hardships.blurred(picture, 7))).as("blurred").contains(code.url());
        assertThat(Decoder.read(Hardships.blurred(Hardships.turned(picture, 0.5, 11), 3)))
                .as("blurred, half, askew")
                .contains(code.url());
    }

    /** Ten of the one in 800 that the reader of one symbol takes for another, at full size and larger. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1eaj2btzj76f40z56ed23z",
                "1vrtwvmrwkdmrnp52dy1ay",
                "14s7pc3psy8ae82hkvz7sf",
                "12m1kc940prxnjq90jm1wr",
                "1eqrq7r23z9fb0nreky22a",
                "182jadpbwyjw22mmwq9nh5",
                "1kz7mepye2tnv6f7hyjgew",
                "1kf3ctfqn29j6asy84mst6",
                "17nec2j2ppkxrrcbt5cp5q",
                "1asw1nj0dhztexx6mfbsb9"
            })
    void a_symbol_whose_data_looks_like_a_finder_pattern_can_be_printed(String text) {
        var url = "https://zg.example.cn/q/" + text;
        var picture = Pictures.readPng(Pictures.png(QrSymbol.of(url), Pictures.DOTS_PER_MODULE));

        assertThat(Decoder.read(picture)).contains(url);
    }

    @Test
    void a_png_has_whole_dots_in_black_and_white_and_a_quiet_zone_of_four_modules() {
        var code = code("柜台");
        var symbol = QrSymbol.of(code.url());
        var png = Pictures.readPng(
                print(press, code, STORE, Artefact.Format.PNG).orElseThrow().content());

        assertThat(png.getWidth()).isEqualTo((symbol.size() + 8) * Pictures.DOTS_PER_MODULE);
        for (int y = 0; y < png.getHeight(); y++) {
            for (int x = 0; x < png.getWidth(); x++) {
                int moduleX = x / Pictures.DOTS_PER_MODULE - 4;
                int moduleY = y / Pictures.DOTS_PER_MODULE - 4;
                boolean dark = (png.getRGB(x, y) & 0xffffff) == 0;
                assertThat(dark || (png.getRGB(x, y) & 0xffffff) == 0xffffff).isTrue();
                assertThat(dark).isEqualTo(symbol.isDark(moduleX, moduleY));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://zg.example.cn/q/1123456789abcdefghjkmn", "https://a.cn/q/1123456789abcdefghjkmn"})
    void a_url_fits_a_small_symbol_of_error_level_q(String url) {
        assertThat(QrSymbol.of(url).size()).as("version 4 at most").isLessThanOrEqualTo(33);
    }

    @Test
    void only_ascii_is_encoded() {
        assertThatIllegalArgumentException().isThrownBy(() -> QrSymbol.of("https://掌柜.example/q/0"));
    }

    @Test
    void the_plate_carries_store_place_number_and_how_to_check_in_words_that_can_be_searched() throws IOException {
        var code = code("3 号桌");
        var pdf = print(press, code, STORE, Artefact.Format.PDF).orElseThrow();

        assertThat(pdf.fileName()).isEqualTo("zhanggui-004.pdf");
        try (var document = Loader.loadPDF(pdf.content())) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(document.getPage(0).getMediaBox().getWidth()).isBetween(297f, 298.5f);
            assertThat(document.getPage(0).getMediaBox().getHeight()).isBetween(419f, 420f);
            assertThat(new PDFTextStripper().getText(document))
                    .contains(STORE, "扫码支付", "3 号桌 · 004", "zg.example.cn", "不一样就别付", "查真假：zg.example.cn/check");
        }
    }

    @Test
    void a_machine_without_fonts_prints_the_usual_characters_all_the_same() throws IOException {
        var code = code("外卖口");
        var pdf = print(new Press(List.of()), code, STORE, Artefact.Format.PDF).orElseThrow();

        assertThat(Decoder.read(picture(pdf))).contains(code.url());
        try (var document = Loader.loadPDF(pdf.content())) {
            assertThat(new PDFTextStripper().getText(document)).contains(STORE, "外卖口");
        }
    }

    @Test
    void a_rare_character_comes_from_a_font_of_the_machine_and_at_worst_as_outlines() throws IOException {
        var code = code("柜台");
        var rare = "\u4dae记面馆";
        var embedded = print(press, code, rare, Artefact.Format.PDF).orElseThrow();
        var outlined =
                print(new Press(List.of()), code, rare, Artefact.Format.PDF).orElseThrow();

        assertThat(Decoder.read(picture(embedded))).contains(code.url());
        assertThat(Decoder.read(picture(outlined))).contains(code.url());
        try (var document = Loader.loadPDF(outlined.content())) {
            assertThat(new PDFTextStripper().getText(document)).isBlank();
        }
    }

    @Test
    void words_no_font_can_show_are_refused_instead_of_printed_with_holes() {
        var unassigned = "\u0378";
        assertThat(print(press, code("柜台"), "店" + unassigned, Artefact.Format.PDF))
                .isEmpty();
        assertThat(print(press, code("柜台"), "店" + unassigned, Artefact.Format.PNG))
                .isPresent();
    }

    @Test
    void a_long_store_name_stays_on_the_plate() {
        var code = code("二十个字的地方二十个字的地方二十个字的地");
        var name = "四川省成都市青羊区非常有名的老字号巷口红烧牛肉面馆（人民南路四段旗舰店）";
        var picture = picture(print(press, code, name, Artefact.Format.PDF).orElseThrow());
        int margin = picture.getWidth() / 105 * 5;
        for (int y = margin; y < picture.getHeight() - margin; y++) {
            assertThat(new Color(picture.getRGB(margin, y)).getRed()).isGreaterThan(240);
            assertThat(new Color(picture.getRGB(picture.getWidth() - margin, y)).getRed())
                    .isGreaterThan(240);
        }
    }

    private static Optional<Artefact> print(Press press, QrCode code, String store, Artefact.Format format) {
        var outcome = press.print(Face.of(code, store), Printing.of(Printing.Shape.of(format)));
        return outcome instanceof ArtefactOutcome.Ready(var artefact) ? Optional.of(artefact) : Optional.empty();
    }

    static QrCode code(String place) {
        var text = new CodeSigner(CodeKeys.parse("a key of thirty-two bytes - or so!"), "test").next();
        return new QrCode(
                new QrCodeId(1),
                text,
                "https://zg.example.cn/q/" + text,
                new CodeTerms.OfStore(),
                new StoreId(2),
                new MerchantId(3),
                4,
                place,
                null,
                Instant.EPOCH,
                null,
                0);
    }

    private static BufferedImage picture(Artefact artefact) {
        return switch (artefact.format()) {
            case PNG -> Pictures.readPng(artefact.content());
            case SVG -> Pictures.readSvg(artefact.content(), 8);
            case PDF -> Plate.proof(artefact.content());
        };
    }
}
