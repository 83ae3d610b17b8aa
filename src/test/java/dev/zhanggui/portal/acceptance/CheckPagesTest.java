package dev.zhanggui.portal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.qrcode.internal.HostilePhotos;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio.Shot;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code /check} as any browser sends it, over real HTTP. */
class CheckPagesTest extends ScannedStoreTest {

    private static final String FOREIGN = "https://pay-x.example/<script>";

    /** What the throttle counted before is over. */
    @BeforeEach
    void longAfterOtherTests() {
        HOURS.updateAndGet(hours -> hours + 1);
        clock.advance(java.time.Duration.ofHours(HOURS.get()));
    }

    private static final java.util.concurrent.atomic.AtomicLong HOURS = new java.util.concurrent.atomic.AtomicLong();

    @Test
    void the_form_is_small_speaks_both_languages_and_runs_nothing() throws Exception {
        var page = get("/check", "zh-CN");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("查一张码是真是假", "accept=\"image/*\"").doesNotContain("<script");
        assertThat(page.body().length()).isLessThan(20 * 1024);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'")
                .contains("form-action 'self'")
                .doesNotContain("script-src");
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(get("/check?lang=en", "zh-CN").body()).contains("Is this code genuine?", "lang=\"en\"");
    }

    @Test
    void a_genuine_code_tells_the_store_its_mark_and_its_district() throws Exception {
        for (var text : List.of(code.url(), code.code(), code.code().toUpperCase(Locale.ROOT))) {
            var page = check(text);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("是真码", "巷口 &lt;牛肉面&gt; &amp; &#39;Co&#39;", "已核验商户", "青羊区")
                    .doesNotContain("<牛肉面>", "别付款");
        }
        assertThat(post("/check?lang=en", Map.of("text", code.url()), null).body())
                .contains("Genuine", "Lane Corner Noodles");
    }

    @Test
    void a_stopped_code_is_not_to_be_paid_by() throws Exception {
        codes.revoke(owner, code.id(), RevocationReason.TAMPERED, "王姐看见有人换");
        assertThat(check(code.url()).body()).contains("别付款", "这张码已停用").doesNotContain("王姐");
    }

    @Test
    void forged_and_foreign_codes_are_not_to_be_paid_by_and_never_a_link() throws Exception {
        var forged = check(code.code().substring(0, 21) + (code.code().endsWith("0") ? "1" : "0"));
        assertThat(forged.body()).contains("别付款", "这是假码", "举报这张码");
        var foreign = check(FOREIGN);
        assertThat(foreign.body()).contains("别付款").doesNotContain("href=\"https://pay-x", "<script");
        assertThat(check("https://pay-x.example/a").body())
                .contains("它指向 pay-x.example。")
                .doesNotContain("href=\"https");
    }

    @Test
    void a_photo_is_answered_code_by_code() throws Exception {
        var photo = PhotoStudio.jpeg(1000, 800, 4, Shot.CLEAN, List.of(code.url(), "https://pay-x.example/a"));
        assertThat(post("/check", Map.of("text", ""), photo).body())
                .contains("它指向 pay-x.example。")
                .containsSubsequence("别付款", "是真码");
    }

    @Test
    void nothing_given_is_asked_for() throws Exception {
        var page = check(" ");
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains("请先选一张照片，或输入网址。");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void hostile_pictures_are_refused_in_words_and_what_was_typed_stays(Reason reason) throws Exception {
        var page = post(
                "/check",
                Map.of("text", "zg.example/q/\"x"),
                HostilePhotos.all().get(reason));
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains(reason.words(Locale.SIMPLIFIED_CHINESE), "value=\"zg.example/q/&quot;x\"");
    }

    @Test
    void what_is_larger_than_any_photo_is_read_to_its_end_and_refused() throws Exception {
        var page = post("/check", Map.of("text", ""), new byte[30 * 1024 * 1024]);
        assertThat(page.statusCode()).isEqualTo(413);
        assertThat(page.body()).contains(Reason.TOO_LARGE.words(Locale.SIMPLIFIED_CHINESE));
    }

    @Test
    void who_asks_all_the_time_is_told_when_to_come_back() throws Exception {
        for (int i = 0; i < 40; i++) {
            assertThat(check("wxp://f2f0").statusCode()).isEqualTo(200);
        }
        var page = check("wxp://f2f0");
        assertThat(page.statusCode()).isEqualTo(429);
        assertThat(page.headers().firstValue("Retry-After")).contains("601");
        assertThat(page.body()).contains("请过 11 分钟再来");
        clock.advance(java.time.Duration.ofMinutes(10));
        assertThat(check("wxp://f2f0").statusCode()).isEqualTo(200);
    }

    @Test
    void the_scan_page_leads_to_the_check_and_to_a_report() throws Exception {
        assertThat(get("/q/" + code.code(), "zh-CN").body())
                .contains("href=\"../report/" + code.code() + "?lang=zh\">这不是我要付的店");
        codes.revoke(owner, code.id(), RevocationReason.LOST, "");
        assertThat(get("/q/" + code.code(), "zh-CN").body()).contains("举报这张码", "href=\"../check?lang=zh\">查别的码是真是假");
        var forged = "0".repeat(22);
        assertThat(get("/q/" + forged, "zh-CN").body()).contains("href=\"../report/" + forged + "?lang=zh\"");
        assertThat(Arrays.asList(get("/q/%22%3E%3Cb%3E", "zh-CN").body().split("\"")))
                .contains("../report?lang=zh");
    }

    private java.net.http.HttpResponse<String> check(String text) throws IOException, InterruptedException {
        return post("/check", Map.of("text", text), null);
    }
}
