package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.Attempt;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.WhyNot;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lines of the book as a spreadsheet reads them (RFC 4180). */
final class AttemptCsv {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Writer to;
    private final ScanTexts texts;
    private final WhyNot why;
    private final ZoneId zone;

    AttemptCsv(Writer to, Locale language, ZoneId zone) {
        this.to = to;
        this.texts = language.getLanguage().equals("en") ? ScanTexts.EN : ScanTexts.ZH;
        this.why = new WhyNot(texts);
        this.zone = zone;
    }

    void head() throws IOException {
        to.write(BYTE_ORDER_MARK);
        write(List.of(texts.plain("csv.head").split("\\|")));
    }

    void line(Attempt it) throws IOException {
        write(List.of(
                TIME.format(it.at().atZone(zone)),
                it.codeNumber(),
                it.place(),
                BigDecimal.valueOf(it.amount().fen(), 2).toPlainString(),
                texts.plain("csv.outcome." + it.outcome()),
                why.plain(it.reason()),
                texts.plain(it.wasOpen() ? "csv.open" : "csv.closed"),
                it.payment()));
    }

    private void write(List<String> cells) throws IOException {
        to.write(cells.stream().map(AttemptCsv::cell).collect(Collectors.joining(",")));
        to.write("\r\n");
    }

    /** A cell that begins like a formula gets a quote before it: spreadsheets then show it instead of running it. */
    static String cell(String text) {
        var safe = text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
