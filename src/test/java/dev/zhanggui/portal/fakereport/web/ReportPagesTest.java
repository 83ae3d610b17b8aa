package dev.zhanggui.portal.fakereport.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.ScannedStoreTest;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.fakereport.FakeReport;
import dev.zhanggui.portal.fakereport.FakeReports;
import dev.zhanggui.portal.fakereport.Judged;
import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import dev.zhanggui.portal.qrcode.internal.HostilePhotos;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio.Shot;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Fixtures;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code /report} as any browser sends it, over real HTTP. */
class ReportPagesTest extends ScannedStoreTest {

    private static final AtomicLong HOURS = new AtomicLong();

    @Autowired
    private FakeReports reports;

    @Autowired
    private Fixtures fixtures;

    /** What the throttle counted in another test is over. */
    @BeforeEach
    void longAfterOtherTests() {
        clock.advance(Duration.ofHours(2 * HOURS.incrementAndGet()));
    }

    @Test
    void the_form_is_small_runs_nothing_and_knows_the_code_it_came_from() throws Exception {
        var page = get("/report/" + code.code(), "zh-CN");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("举报假码", "value=\"" + code.code() + "\"", "action=\"../report?lang=zh\"")
                .doesNotContain("<script", "牛肉面");
        assertThat(page.body().length()).isLessThan(20 * 1024);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'")
                .doesNotContain("script-src");
        assertThat(get("/report?lang=en", "zh-CN").body()).contains("Report a fake code", "action=\"report?lang=en\"");
        assertThat(get("/report/about", "zh-CN").body()).doesNotContain("value=\"about\"");
    }

    @Test
    void a_foreign_address_comes_from_the_check_in_the_body_and_stays_harmless() throws Exception {
        var page = post("/report/about", "text=https%3A%2F%2Fpay-x.example%2F%22%3E%3Cscript%3E");
        assertThat(page.body())
                .contains("value=\"https://pay-x.example/&quot;&gt;&lt;script&gt;\"")
                .doesNotContain("<script>");
    }

    @Test
    void a_report_is_received_once_however_often_it_is_sent() throws Exception {
        var place = "解放路 " + Ids.ulid();
        var fields = fields(Map.of("place", place, "code", code.url()));
        var photo = PhotoStudio.jpeg(600, 500, 1, Shot.CLEAN, List.of("https://pay-x.example/a"));
        var first = post("/report", fields, photo);
        var second = post("/report", fields, photo);

        assertThat(first.statusCode()).isEqualTo(303);
        var location = first.headers().firstValue("Location").orElseThrow();
        assertThat(second.headers().firstValue("Location")).contains(location);
        assertThat(location).doesNotContain(code.code(), "138");
        assertThat(found(place)).singleElement().satisfies(report -> {
            assertThat(location).contains(report.number());
            assertThat(report.judged()).isEqualTo(Judged.IN_USE);
            assertThat(report.hasPhoto()).isTrue();
            assertThat(report.hasPhone()).isTrue();
            assertThat(received(report).body()).contains("收到了", "举报号 " + report.number(), "96110");
        });
    }

    private HttpResponse<String> received(FakeReport report) {
        try {
            return get("/report/received/" + report.number(), "zh-CN");
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_fault_keeps_what_was_typed_and_marks_its_field() throws Exception {
        var page = post("/report", fields(Map.of("phone", "12345", "words", "</textarea><b>", "place", "\"店\"")), null);
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body())
                .contains("手机号好像不对", "id=\"bad-phone\"", "value=\"12345\"", "&lt;/textarea&gt;&lt;b&gt;")
                .contains("value=\"&quot;店&quot;\"", "value=\"STICKER\" checked");
        var nothing = post("/report", fields(Map.of("happened", "", "code", "x")), null);
        assertThat(nothing.body()).contains("请选一下怎么了。");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void hostile_pictures_are_refused_in_words_and_nothing_is_kept(Reason reason) throws Exception {
        var place = "坏照片 " + Ids.ulid();
        var page = post(
                "/report", fields(Map.of("place", place)), HostilePhotos.all().get(reason));
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains(reason.words(Locale.SIMPLIFIED_CHINESE), "value=\"" + place + "\"");
        assertThat(found(place)).isEmpty();
    }

    @Test
    void what_is_larger_than_any_photo_is_refused_at_the_door() throws Exception {
        var page = post("/report", fields(Map.of()), new byte[30 * 1024 * 1024]);
        assertThat(page.statusCode()).isEqualTo(413);
        assertThat(page.body()).contains(Reason.TOO_LARGE.words(Locale.SIMPLIFIED_CHINESE));
    }

    @Test
    void a_source_that_reports_all_day_is_told_when_to_come_back() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(post("/report", fields(Map.of("place", "店 " + i)), null).statusCode())
                    .isEqualTo(303);
        }
        var page = post("/report", fields(Map.of("place", "第十一家")), null);
        assertThat(page.statusCode()).isEqualTo(429);
        assertThat(page.headers().firstValue("Retry-After")).contains("3601");
        assertThat(page.body()).contains("今天举报得太多了", "value=\"第十一家\"");
    }

    @Test
    void a_number_that_is_none_leads_nowhere() throws Exception {
        assertThat(get("/report/received/JB260316-%3Cb%3E", "zh-CN").body()).doesNotContain("收到了", "<b>");
    }

    private List<FakeReport> found(String place) {
        return reports.list(fixtures.staff(Role.SERVICE), null, place, null);
    }

    private static Map<String, String> fields(Map<String, String> others) {
        var fields = new HashMap<>(Map.of(
                "happened",
                "STICKER",
                "code",
                "",
                "place",
                "",
                "words",
                "",
                "phone",
                "13812345678",
                "once",
                Ids.ulid()));
        fields.putAll(others);
        return fields;
    }
}
