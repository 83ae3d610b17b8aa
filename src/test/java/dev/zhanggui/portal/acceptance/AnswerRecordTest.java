package dev.zhanggui.portal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.tradinghours.AnswerRecords;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An answer as a paper, for who has to prove why a payment was refused. */
class AnswerRecordTest extends ScannedStoreTest {

    @Autowired
    private AnswerRecords records;

    @Autowired
    private AuditTrail trail;

    @BeforeEach
    void aHolidayBeatsTheWeekAndADateBeatsIt() {
        setHours("""
                {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-21:00"],"tue":["09:00-21:00"],"wed":["09:00-21:00"],
                "thu":["09:00-21:00"],"fri":["09:00-21:00"],"sat":["09:00-21:00"],"sun":["09:00-21:00"]},
                "dayKinds":{"holiday":[]},
                "dates":[{"from":"2026-04-05","to":"2026-04-05","periods":["10:00-12:00"],"reason":"只做团圆饭"}],
                "outside":{"policy":"ALLOW_CAPPED","capFen":20000}}
                """);
    }

    @Test
    void it_says_what_was_asked_what_the_answer_was_which_rules_it_beat_and_who_asked_when() throws IOException {
        var kept = records.keep(owner, store, at("2026-04-05T14:30"), Locale.SIMPLIFIED_CHINESE)
                .orElseThrow();

        assertThat(kept.fileName()).isEqualTo("answer-" + kept.number() + ".pdf");
        assertThat(text(kept))
                .contains("营业时间凭证", "巷口 <牛肉面> & 'Co'", "2026-04-05 周日 14:30 +08:00")
                .contains("已打烊", "单笔 200 元以内仍可收款", "只做团圆饭", "2026-04-07 周二 09:00 +08:00 开门")
                .contains("1 · 4 月 5 日 只做团圆饭", "10:00-12:00")
                .contains("2 · 清明节放假", "3 · 每周日", "09:00-21:00；不算：特别日期排在前面")
                .contains("第 2 版", "由 测试人 保存", "谁问的", "2026-03-16 周一 10:00 +08:00", kept.number())
                .contains("之后再改，结果会", "at=2026-04-05T14:30");
    }

    @Test
    void it_speaks_english_too() throws IOException {
        assertThat(text(records.keep(owner, store, at("2026-04-06T10:30"), Locale.ENGLISH)
                        .orElseThrow()))
                .contains("Evidence of trading hours", "Qingming", "does not count", "Asked by", "saved by 测试人");
    }

    @Test
    void of_the_past_it_tells_what_counted_then() throws IOException {
        assertThat(text(records.keep(owner, store, at("2026-03-16T08:00"), Locale.SIMPLIFIED_CHINESE)
                        .orElseThrow()))
                .contains("后来的改动不在内")
                .doesNotContain("之后再改");
    }

    @Test
    void it_is_written_in_the_audit_log_with_its_number_and_its_rules() {
        var kept = records.keep(owner, store, at("2026-04-05T14:30"), Locale.SIMPLIFIED_CHINESE)
                .orElseThrow();

        assertThat(trail.page(
                        Actor.staffKey(1, "审计", Set.of(Role.AUDITOR)),
                        new AuditQuery(store.toString(), null, "answer.kept", null, null),
                        null,
                        10))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actorLabel()).isEqualTo(owner.label());
                    assertThat(entry.after())
                            .contains(kept.number(), "\"decision\":\"ALLOW_CAPPED\"", "\"reason\":\"CLOSED_ON_DATE\"")
                            .contains("\"layer\":\"DAY_KIND\"", "\"layer\":\"WEEKLY\"", "\"hoursVersion\":2");
                });
    }

    @Test
    void staff_may_keep_it_and_another_merchant_does_not_find_the_store() {
        var service = Actor.staffKey(2, "客服", Set.of(Role.SERVICE));
        assertThat(records.keep(service, store, at("2026-04-05T14:30"), Locale.SIMPLIFIED_CHINESE))
                .isPresent();
        assertThatThrownBy(() -> records.keep(person(), store, at("2026-04-05T14:30"), Locale.SIMPLIFIED_CHINESE))
                .isInstanceOf(NotFoundException.class);
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
    }

    private static String text(AnswerRecords.Kept kept) throws IOException {
        try (var document = Loader.loadPDF(kept.content())) {
            return new PDFTextStripper().getText(document).replace('–', '-').replaceAll("\\s+", " ");
        }
    }
}
