package dev.zhanggui.portal.qrcode.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSheetsTest {

    private static final CodeSigner SIGNER =
            new CodeSigner(CodeKeys.parse("a key of thirty-two bytes - or so!"), "test");

    private final LabelSheets sheets = new LabelSheets(PlateFont.USUAL);

    @ParameterizedTest
    @CsvSource({"50, 16", "60, 9", "80, 4"})
    void labels_lie_edge_to_edge_on_a_sheet_with_room_for_the_printers_grip(int width, int perPage) {
        var grid = LabelSheets.Grid.of(width);

        assertThat(grid.perPage()).isEqualTo(perPage);
        assertThat(grid.left(0)).isGreaterThanOrEqualTo(5);
        assertThat(grid.left(grid.columns() - 1) + grid.width()).isLessThanOrEqualTo(205);
        assertThat(grid.bottom(0) + grid.height()).isLessThanOrEqualTo(291);
        assertThat(grid.bottom(perPage - 1)).isGreaterThanOrEqualTo(6);
        assertThat(grid.left(1) - grid.left(0)).isEqualTo(width);
    }

    @Test
    void many_codes_fill_their_pages_in_order_each_with_its_own_words() throws IOException {
        var faces = faces(37);
        var pdf = sheets.print(faces, 50, "many").orElseThrow();

        try (var document = Loader.loadPDF(pdf);
                var read = new SheetProof(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(3);
            for (int page = 0; page < 3; page++) {
                var ofPage = faces.subList(16 * page, Math.min(37, 16 * page + 16));
                SheetProof.require(
                        read.content(page), ofPage.stream().map(Face::text).toList());
            }
            var words = new PDFTextStripper().getText(document);
            faces.forEach(face -> assertThat(words).contains(face.where(), face.store()));
        }
    }

    @Test
    void a_wrong_a_missing_and_a_strange_symbol_are_all_found() throws IOException {
        var faces = faces(4);
        var texts = faces.stream().map(Face::text).toList();
        byte[] content;
        try (var read = new SheetProof(sheets.print(faces, 50, "many").orElseThrow())) {
            content = read.content(0);
        }
        SheetProof.require(content, texts);

        assertThatIllegalStateException().isThrownBy(() -> SheetProof.require(content, texts.subList(0, 3)));
        assertThatIllegalStateException().isThrownBy(() -> SheetProof.require(content, texts.reversed()));
        assertThatIllegalStateException()
                .isThrownBy(() -> SheetProof.require(
                        content, faces(4).stream().map(Face::text).toList()));
    }

    @Test
    void a_module_beside_the_grid_and_words_in_the_quiet_zone_are_found() throws IOException {
        var faces = faces(1);
        var texts = List.of(faces.getFirst().text());
        byte[] content;
        try (var read = new SheetProof(sheets.print(faces, 50, "one").orElseThrow())) {
            content = read.content(0);
        }
        var text = new String(content, StandardCharsets.ISO_8859_1);

        assertThatIllegalStateException()
                .isThrownBy(() -> SheetProof.require(bytes(text.replaceFirst(" re\n", ".5 re\n")), texts));
        // In the middle of the first label.
        assertThatIllegalStateException()
                .isThrownBy(() -> SheetProof.require(bytes(text + "\nBT 85 700 Td (x) Tj ET\n"), texts));
        SheetProof.require(bytes(text + "\nBT 400 20 Td (x) Tj ET\n"), texts);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<Face> faces(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> {
                    var text = SIGNER.next();
                    return new Face(
                            "第 " + i % 5 + " 分店",
                            i + " 号桌",
                            "%03d".formatted(i),
                            text,
                            "https://zg.example.cn/q/" + text,
                            null);
                })
                .toList();
    }
}
