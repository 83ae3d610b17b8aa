package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.Attempt;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.WhyNot;
import dev.zhanggui.portal.shared.Csv;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Lines of the book as a spreadsheet reads them (RFC 4180). */
final class AttemptCsv {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

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
        to.write(Csv.BYTE_ORDER_MARK);
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
        to.write(Csv.line(cells));
    }
}
