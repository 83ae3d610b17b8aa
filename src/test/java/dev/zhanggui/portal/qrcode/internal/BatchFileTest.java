package dev.zhanggui.portal.qrcode.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.BatchReading;
import dev.zhanggui.portal.qrcode.BatchReading.Flaw;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.RowError;
import dev.zhanggui.portal.qrcode.RowError.Kind;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFileTest {

    private static final String NUMBER = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private final List<Store> stores = List.of(
            store(1, NUMBER, "解放路店"),
            store(2, number(2), "五一路店"),
            store(3, number(3), "同名店"),
            store(4, number(4), "同名店"));

    @Test
    void a_store_is_found_by_its_name_or_its_number_whatever_the_width_the_case_and_the_blanks() {
        var rows = readable("门店,位置,负责人\n解放路店,柜台,王姐\n 五一路 店 ,门口,\n" + NUMBER.toLowerCase() + ",２号桌,\n")
                .rows();

        assertThat(rows).allSatisfy(row -> assertThat(row.error()).isNull());
        assertThat(rows.stream()
                        .map(row -> Objects.requireNonNull(row.store()).id().value()))
                .containsExactly(1L, 2L, 1L);
        assertThat(rows.getFirst().place()).isEqualTo("柜台");
        assertThat(rows.getFirst().holder()).isEqualTo("王姐");
        assertThat(rows).extracting(BatchReading.Row::number).containsExactly(2, 3, 4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ,柜台,                        | STORE_MISSING
            别家店,柜台,                  | STORE_UNKNOWN
            同名店,柜台,                  | STORE_AMBIGUOUS
            解放路店,,                    | PLACE_MISSING
            解放路店,一二三四五六七八九十一二三四五六七八九十一, | PLACE_TOO_LONG
            解放路店,柜台,一二三四五六七八九十一二三四五六七八九十一 | HOLDER_TOO_LONG
            """)
    void what_is_wrong_with_a_row_is_told(String row, Kind kind) {
        assertThat(readable("门店,位置,负责人\n" + row + "\n").rows())
                .singleElement()
                .satisfies(it -> assertThat(it.error()).isEqualTo(new RowError(kind)));
    }

    @Test
    void what_no_printer_shows_is_refused() {
        assertThat(readable("门店,位置\n解放路店,\"柜\n台\"\n解放路店,柜\u202E台\n").wrong())
                .extracting(row -> Objects.requireNonNull(row.error()).kind())
                .containsExactly(Kind.CHARACTERS, Kind.CHARACTERS);
    }

    @Test
    void the_second_wish_for_one_place_names_the_first() {
        var rows = readable("位置,门店\n柜台,解放路店\n\n柜台,五一路店\n柜 台," + NUMBER + "\n").rows();

        assertThat(rows).extracting(BatchReading.Row::error).containsExactly(null, null, new RowError(Kind.DOUBLE, 2));
        assertThat(rows.getLast().number()).isEqualTo(5);
    }

    @Test
    void a_store_is_not_filled_beyond_what_can_be_kept_apart() {
        var file = new BatchFile(stores, Map.of(new StoreId(1), 8), 10);
        var reading = (BatchReading.Readable) file.read(bytes("门店,位置\n解放路店,1\n解放路店,2\n解放路店,3\n五一路店,1\n"));

        assertThat(reading.rows())
                .extracting(BatchReading.Row::error)
                .containsExactly(null, null, new RowError(Kind.STORE_FULL), null);
        assertThat(reading.right()).isEqualTo(3);
        assertThat(reading.stores()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030", "UTF-16"})
    void what_spreadsheets_write_in_china_is_read(String charset) {
        var text = "门店,位置\n解放路店,𠮷柜台\n";
        assertThat(rowsOf(text.getBytes(Charset.forName(charset))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.error()).isNull();
                    assertThat(row.place()).isEqualTo("𠮷柜台");
                });
        assertThat(rowsOf(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))).hasSize(1);
    }

    @Test
    void what_is_no_list_of_wishes_is_told_as_a_whole() {
        assertFlaw(new byte[] {'P', 'K', 3, 4, 0}, Flaw.WORKBOOK, 0);
        assertFlaw(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0}, Flaw.WORKBOOK, 0);
        assertFlaw(new byte[] {(byte) 0x89, (byte) 0xff, 0, 1, 2}, Flaw.NOT_TEXT, 0);
        assertFlaw(bytes("门店,位置\n解放路店,\"柜台\n"), Flaw.QUOTE, 2);
        assertFlaw(bytes("\n解放路店,柜台\n"), Flaw.NO_HEAD, 2);
        assertFlaw(bytes(""), Flaw.NO_ROWS, 0);
        assertFlaw(bytes("门店,位置\n,\n"), Flaw.NO_ROWS, 0);
        assertFlaw(new byte[CodeBatches.BYTES_MOST + 1], Flaw.TOO_LARGE, 0);
    }

    @Test
    void ten_thousand_rows_are_read_and_not_one_more() {
        assertThat(readable(rows(CodeBatches.ROWS_MOST)).rows()).hasSize(CodeBatches.ROWS_MOST);
        assertFlaw(bytes(rows(CodeBatches.ROWS_MOST + 1)), Flaw.TOO_MANY, 0);
    }

    private static String rows(int count) {
        var lines = new ArrayList<>(List.of("门店,位置"));
        IntStream.range(0, count).forEach(i -> lines.add("解放路店," + i + " 号桌"));
        return String.join("\n", lines);
    }

    private void assertFlaw(byte[] file, Flaw flaw, int row) {
        assertThat(read(file)).isEqualTo(new BatchReading.Unreadable(flaw, row));
    }

    private BatchReading.Readable readable(String text) {
        return (BatchReading.Readable) read(bytes(text));
    }

    private List<BatchReading.Row> rowsOf(byte[] file) {
        return ((BatchReading.Readable) read(file)).rows();
    }

    private BatchReading read(byte[] file) {
        return new BatchFile(stores, Map.of(), 100_000).read(file);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String number(int i) {
        return "01ARZ3NDEKTSV4RRFFQ69G5FA" + i;
    }

    private static Store store(long id, String number, String name) {
        return new Store(
                new StoreId(id),
                number,
                new MerchantId(9),
                "一家",
                name,
                null,
                "430102",
                "解放路",
                ZoneId.of("Asia/Shanghai"),
                "restaurant",
                0);
    }
}
