package dev.zhanggui.portal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            柜台          | 柜台
            a,b           | "a,b"
            say "hi"      | "say ""hi\"""
            =1+1          | '=1+1
            +86           | '+86
            -5            | '-5
            @SUM(A1)      | '@SUM(A1)
            =a,b          | "'=a,b"
            ＝1+1         | '＝1+1
            x;=1+1        | "x;=1+1"
            """)
    void a_cell_is_never_run_and_never_runs_over(String text, String cell) {
        assertThat(Csv.cell(text)).isEqualTo(cell);
    }

    @Test
    void what_is_written_reads_back() {
        var cells = List.of("a,b", "say \"hi\"", "two\r\nlines", "", " 柜台 ");
        assertThat(read(Csv.line(cells) + Csv.line(List.of("x")))).containsExactly(cells, List.of("x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\r\nc,d\r\n",
                "a,b\nc,d",
                "a,b\rc,d\r",
                "\uFEFFa,b\nc,d\n",
                "a;b\nc;d",
                "a\tb\nc\td",
                "\"a\",b\nc, \"d\""
            })
    void every_spreadsheets_way_of_writing_is_understood(String text) {
        assertThat(read(text)).hasSize(2);
        assertThat(read(text).getFirst()).containsExactly("a", "b");
        assertThat(read(text).get(1)).first().isEqualTo("c");
        assertThat(read(text).get(1).get(1).strip()).isEqualTo("d");
    }

    @Test
    void empty_rows_keep_their_place_so_that_rows_can_be_counted_as_in_the_spreadsheet() {
        assertThat(read("a,b\n\n,\nc,d\n"))
                .containsExactly(List.of("a", "b"), List.of(""), List.of("", ""), List.of("c", "d"));
    }

    @Test
    void an_open_quotation_mark_is_told_with_its_row() {
        assertThat(Csv.read("a,b\n\"c\"\"\",d\ne,\"f\ng,h\n")).isEqualTo(new Csv.Reading.OpenQuote(3));
    }

    private static List<List<String>> read(String text) {
        return ((Csv.Reading.Records) Csv.read(text)).records();
    }
}
