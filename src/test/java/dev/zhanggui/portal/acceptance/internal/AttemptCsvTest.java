package dev.zhanggui.portal.acceptance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.Attempt;
import dev.zhanggui.portal.acceptance.AttemptOutcome;
import dev.zhanggui.portal.shared.Money;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AttemptCsvTest {

    @Test
    void a_line_reads_in_the_stores_time_and_the_readers_language() throws Exception {
        var zh = new StringWriter();
        var attempt = new Attempt(
                "01A",
                "01P",
                Instant.parse("2026-03-02T02:00:00Z"),
                "001",
                "柜台",
                new Money(3_850),
                AttemptOutcome.REFUSED,
                "DAY_LIMIT",
                true);
        var csv = new AttemptCsv(zh, Locale.SIMPLIFIED_CHINESE, ZoneId.of("Asia/Shanghai"));
        csv.head();
        csv.line(attempt);
        assertThat(zh.toString())
                .isEqualTo("\uFEFF时间,码号,放在哪里或订单号,金额（元）,结果,原因,营业状态,单号\r\n"
                        + "2026-03-02 10:00:00,001,柜台,38.50,没收成,这家店今天扫码收款到了上限。,营业中,01P\r\n");
        var en = new StringWriter();
        new AttemptCsv(en, Locale.ENGLISH, ZoneId.of("Asia/Shanghai")).line(attempt);
        assertThat(en.toString()).contains(",38.50,refused,", ",open,01P");
    }
}
