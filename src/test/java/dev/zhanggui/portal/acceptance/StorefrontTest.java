package dev.zhanggui.portal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What everybody can read about a store: the hours page, its data for search engines, and the calendar. Monday, 16 March 2026. */
class StorefrontTest extends ScannedStoreTest {

    private static final Pattern DATA = Pattern.compile("<script type=\"application/ld\\+json\">(.*?)</script>");

    @Autowired
    private Storefronts storefronts;

    @Autowired
    private Restrictions restrictions;

    private String id;

    @BeforeEach
    void nightsOnFridayAndAClosedHoliday() {
        id = merchants.store(owner, store).publicId();
        setHours("""
                {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-14:00","16:30-22:00"],"tue":["09:00-22:00"],"wed":["09:00-22:00"],
                "thu":["09:00-22:00"],"fri":["16:30-02:00"],"sat":["00:00-24:00"],"sun":[]},
                "dayKinds":{"holiday":[]},
                "dates":[{"from":"2026-03-19","to":"2026-03-20","periods":["10:00-12:00"],"reason":"盘点 <i>&"}],
                "outside":{"policy":"ALLOW_CAPPED","capFen":20000}}
                """);
    }

    @Test
    void the_page_tells_now_today_the_week_the_days_ahead_and_what_holds_outside_hours() throws Exception {
        var page = get("/s/" + id, "zh-CN");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<html lang=\"zh-CN\"", "营业中", "14:00 打烊", "解放路 12 号 · 已核验商户")
                .contains("<p class=\"today\">09:00–14:00、<wbr>16:30–22:00</p>")
                .contains("<caption>每周营业时间</caption>", "<tr aria-current=\"date\"><th scope=\"row\">星期一</th>")
                .contains("<th scope=\"row\">星期五</th><td>16:30–次日 02:00</td>")
                .contains("<th scope=\"row\">星期六</th><td>24 小时营业</td>", "<th scope=\"row\">星期日</th><td>休息</td>")
                .contains("<th scope=\"row\">3 月 19–20 日<small>盘点 &lt;i&gt;&amp;</small></th><td>10:00–12:00</td>")
                .contains("<th scope=\"row\">4 月 4–6 日<small>清明节</small></th><td>休息</td>")
                .contains("扫码付款每笔 ¥200 以内", "付现金", "营业时间最后改于 今天 10:00")
                .doesNotContain("<i>", "王小明", "测试人");
        assertThat(page.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20 * 1024);
    }

    @Test
    void a_closure_shows_its_reason_in_the_keepers_words_and_when_it_reopens() throws Exception {
        closeNow("停水 <b>抢修</b>");
        assertThat(get("/s/" + id, "zh").body())
                .contains("临时打烊", "今天 10:30 开门", "<p class=\"why\">停水 &lt;b&gt;抢修&lt;/b&gt;</p>")
                .doesNotContain("<b>抢修");
    }

    @Test
    void a_dated_reason_shows_on_the_sign_of_both_pages_and_the_reopening_is_said_as_people_say_it() throws Exception {
        clock.advance(Duration.ofDays(3).plusHours(3));
        for (var path : List.of("/s/" + id, "/q/" + code.code())) {
            assertThat(get(path, "zh").body())
                    .as(path)
                    .contains("已打烊", "明天 10:00 开门", "<p class=\"why\">盘点 &lt;i&gt;&amp;</p>");
            assertThat(get(path, "en").body()).as(path).contains("opens tomorrow 10:00");
        }
        clock.advance(Duration.ofDays(2).plusHours(20));
        assertThat(get("/s/" + id, "zh").body()).contains("星期日", "已打烊", "明天 09:00 开门");
        clock.advance(Duration.ofDays(-1).plusHours(-9));
        assertThat(get("/s/" + id, "zh").body()).contains("营业中");
    }

    @Test
    void a_reopening_in_another_year_carries_the_year_and_one_nobody_set_asks_to_ask() throws Exception {
        setHours("""
                {"zone":"Asia/Shanghai","weekly":{"mon":[],"tue":[],"wed":[],"thu":[],"fri":[],"sat":[],"sun":[]},
                "dates":[{"from":"2027-02-01","to":"2027-02-01","periods":["09:00-12:00"]}],"outside":{"policy":"DENY"}}
                """);
        assertThat(get("/s/" + id, "zh").body()).contains("2027年2月1日 09:00 开门", "不收扫码付款。");

        setHours("""
                {"zone":"Asia/Shanghai","weekly":{"mon":[],"tue":[],"wed":[],"thu":[],"fri":[],"sat":[],"sun":[]},
                "outside":{"policy":"DENY"}}
                """);
        assertThat(get("/s/" + id, "zh").body()).contains("什么时候再开，请问店里");
        assertThat(get("/q/" + code.code(), "zh").body()).contains("什么时候再开，请问店里");
    }

    @Test
    void a_store_that_never_set_hours_promises_nothing() throws Exception {
        setHours("{\"zone\":\"Asia/Shanghai\",\"weekly\":{},\"outside\":{\"policy\":\"DENY\"}}");
        assertThat(get("/s/" + id, "zh").body()).contains("可以收款", "还没有定营业时间").doesNotContain("<caption>每周营业时间");
        assertThat(data(get("/s/" + id, "zh").body()).get("openingHoursSpecification"))
                .isEmpty();
        assertThat(lines(get("/s/" + id + ".ics", "zh").body())).noneMatch(line -> line.startsWith("DTSTART:"));
    }

    @Test
    void the_phones_language_chooses_and_a_link_overrules_it() throws Exception {
        assertThat(get("/s/" + id, "en-US").body())
                .contains(
                        "<html lang=\"en\"", "Lane Corner Noodles", "Opening hours", "Qingming Festival", "until 14:00")
                .contains("href=\"?lang=zh\"");
        assertThat(get("/s/" + id + "?lang=zh", "en").body()).contains("<html lang=\"zh-CN\"");
    }

    @Test
    void it_can_be_shared_and_is_strict_about_what_it_loads() throws Exception {
        var page = get("/s/" + id, "zh");
        var address = storefronts.address(id);

        assertThat(page.body())
                .contains("<link rel=\"canonical\" href=\"" + address + "?lang=zh\">")
                .contains("<meta property=\"og:title\" content=\"巷口 &lt;牛肉面&gt; &amp; &#39;Co&#39; · 营业时间\">")
                .contains("<meta property=\"og:url\" content=\"" + address + "?lang=zh\">")
                .contains("<meta property=\"og:description\" content=\"营业中 · 今天 14:00 打烊\">")
                .doesNotContain("src=", "url(", "stylesheet", "@import");
        var script = scriptSource(page.body());
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "style-src 'sha256-", "connect-src 'self'", script)
                        .doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void it_is_kept_shortly_and_an_unchanged_page_is_not_sent_twice() throws Exception {
        var first = get("/s/" + id, "zh");
        var mark = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("max-age=30, public");

        var again = HttpRequest.newBuilder(request("/s/" + id, "zh"), (name, value) -> true)
                .header("If-None-Match", mark)
                .build();
        assertThat(http.send(again, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(304);

        closeNow("");
        assertThat(http.send(again, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        clock.advance(Duration.ofMinutes(30).minusSeconds(7));
        assertThat(get("/s/" + id, "zh").headers().firstValue("Cache-Control")).hasValue("max-age=7, public");
    }

    @Test
    void what_is_no_store_is_politely_not_found_and_all_look_the_same() throws Exception {
        var unknown = get("/s/01ARZ3NDEKTSV4RRFFQ69G5FAV", "zh");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("没有这家店").doesNotContain("牛肉面");
        for (var path : List.of("/s/nonsense", "/s/" + id.toLowerCase(), "/s/01ARZ3NDEKTSV4RRFFQ69G5FAV.ics")) {
            var page = get(path, "zh");
            assertThat(page.statusCode()).as(path).isEqualTo(404);
            assertThat(page.body()).as(path).isEqualTo(unknown.body());
        }
    }

    @Test
    void the_scan_page_leads_there() throws Exception {
        assertThat(get("/q/" + code.code(), "zh").body()).contains("<a href=\"../s/" + id + "?lang=zh\">看全部营业时间</a>");
    }

    @Test
    void search_engines_read_the_week_and_the_special_days() throws Exception {
        var data = data(get("/s/" + id, "en").body());

        assertThat(data.get("@context").asString()).isEqualTo("https://schema.org");
        assertThat(data.get("@type").asString()).isEqualTo("Restaurant");
        assertThat(data.get("name").asString()).isEqualTo("Lane Corner Noodles");
        assertThat(data.get("url").asString()).isEqualTo(storefronts.address(id));
        assertThat(data.get("openingHoursSpecification").valueStream().map(StorefrontTest::line))
                .containsExactly(
                        "Monday 09:00-14:00",
                        "Monday 16:30-22:00",
                        "Tuesday Wednesday Thursday 09:00-22:00",
                        "Friday 16:30-02:00",
                        "Saturday 00:00-23:59",
                        "Sunday 00:00-00:00");
        assertThat(data.get("specialOpeningHoursSpecification").valueStream().map(StorefrontTest::line))
                .containsExactly("2026-03-19 2026-03-20 10:00-12:00", "2026-04-04 2026-04-06 00:00-00:00");
        assertThat(get("/s/" + id, "zh").body()).contains("巷口 \\u003c牛肉面>");
        assertThat(data(get("/s/" + id, "zh").body()).get("name").asString()).isEqualTo("巷口 <牛肉面> & 'Co'");
    }

    @Test
    void the_calendar_tells_sixty_days_of_openings_and_the_special_days_under_names_that_stay() throws Exception {
        var answer = get("/s/" + id + ".ics", "zh");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/calendar;charset=UTF-8");
        var raw = answer.body();
        assertThat(raw).startsWith("BEGIN:VCALENDAR\r\n").endsWith("END:VCALENDAR\r\n");
        assertThat(Arrays.stream(raw.split("\r\n")))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75))
                .allSatisfy(line -> assertThat(line).doesNotContain("\n", "\r"));
        var lines = lines(raw);
        assertThat(lines)
                .contains("DTSTAMP:20260316T020000Z", "DTSTART:20260316T010000Z", "DTEND:20260316T060000Z")
                .contains("UID:" + id + "-20260316T010000Z@localhost")
                .contains("SUMMARY:巷口 <牛肉面> & 'Co' 盘点 <i>&：10:00–12:00")
                .contains("DTSTART;VALUE=DATE:20260404", "DTEND;VALUE=DATE:20260405")
                .contains("LOCATION:解放路 12 号")
                // Friday's night ends on Saturday at two; Saturday, the whole day, joins it.
                .contains("DTSTART:20260327T083000Z");
        assertThat(lines.stream().filter(line -> line.startsWith("UID:"))).doesNotHaveDuplicates();
        assertThat(lines.stream().filter(line -> line.equals("BEGIN:VEVENT")).count())
                .isEqualTo(
                        lines.stream().filter(line -> line.equals("END:VEVENT")).count());

        clock.advance(Duration.ofHours(27));
        var later = lines(get("/s/" + id + ".ics", "zh").body());
        assertThat(later).contains("UID:" + id + "-20260316T010000Z@localhost", "DTSTAMP:20260317T050000Z");
        var uids =
                lines.stream().filter(line -> line.startsWith("UID:") && line.compareTo("UID:" + id + "-20260317") > 0);
        assertThat(later).containsAll(uids.toList());
    }

    @Test
    void the_calendar_is_not_sent_again_while_nothing_changed() throws Exception {
        var mark = get("/s/" + id + ".ics", "zh").headers().firstValue("ETag");
        clock.advance(Duration.ofMinutes(5));
        assertThat(get("/s/" + id + ".ics", "zh").headers().firstValue("ETag")).isEqualTo(mark);
        setHours("DENY", 0);
        assertThat(get("/s/" + id + ".ics", "zh").headers().firstValue("ETag")).isNotEqualTo(mark);
    }

    @Test
    void an_open_page_finds_out_by_one_short_answer_whether_it_is_still_true() throws Exception {
        var first = get("/s/" + id, "zh");
        assertThat(seen(first.body())).isEqualTo(seen(get("/s/" + id, "zh").body()));

        var fault =
                new Restrictions.Plan(Restriction.Kind.FAULT, RestrictionTarget.of(store), null, null, "机房停电", null);
        var planned = (RestrictionOutcome.Done) restrictions.plan(SYSTEM, fault);
        var restricted = get("/s/" + id, "zh");
        assertThat(restricted.body()).contains("机房停电");
        assertThat(seen(restricted.body())).isNotEqualTo(seen(first.body()));
        assertThat(restricted.headers().firstValue("ETag"))
                .isNotEqualTo(first.headers().firstValue("ETag"));

        restrictions.end(SYSTEM, planned.now().id(), null);
        assertThat(seen(get("/s/" + id, "zh").body())).isEqualTo(seen(first.body()));
        assertThat(get("/s/nonsense", "zh").body()).doesNotContain("data-seen", "<script");
    }

    private static String scriptSource(String page) throws Exception {
        var script = page.substring(page.lastIndexOf("<script>") + 8, page.lastIndexOf("</script>"));
        var digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
        return "script-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    private static JsonNode data(String page) {
        var found = DATA.matcher(page);
        assertThat(found.find()).isTrue();
        return JsonMapper.shared().readTree(found.group(1));
    }

    private static String line(JsonNode specification) {
        assertThat(specification.get("@type").asString()).isEqualTo("OpeningHoursSpecification");
        var days = specification.has("dayOfWeek")
                ? String.join(
                        " ",
                        specification
                                .get("dayOfWeek")
                                .valueStream()
                                .map(day -> day.asString().replace("https://schema.org/", ""))
                                .toList())
                : specification.get("validFrom").asString() + " "
                        + specification.get("validThrough").asString();
        return days + " " + specification.get("opens").asString() + "-"
                + specification.get("closes").asString();
    }

    private static List<String> lines(String raw) {
        return List.of(raw.replace("\r\n ", "").split("\r\n"));
    }
}
