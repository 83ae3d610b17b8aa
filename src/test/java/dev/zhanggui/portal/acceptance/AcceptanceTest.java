package dev.zhanggui.portal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.Alternative;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.portal.tradinghours.packs.PackVersions;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.NewPack;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Proposal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the one who scans is told, by the service and by the page. */
class AcceptanceTest extends ScannedStoreTest {

    @Autowired
    private Restrictions restrictions;

    @Autowired
    private PackVersions packs;

    @Autowired
    private Fixtures fixtures;

    @Test
    void in_trading_hours_a_code_may_collect_and_a_static_one_carries_the_daily_notice() {
        assertThat(acceptance.ask(code.code())).isInstanceOfSatisfying(Answer.ByHours.class, answer -> {
            assertThat(answer.decision()).isEqualTo(Decision.ALLOW);
            assertThat(answer.reason()).isEqualTo("OPEN_BY_WEEK");
            assertThat(answer.alternatives()).contains(Alternative.CASH);
            assertThat(answer.payersDailyLimit()).contains(Money.yuan(500));
            assertThat(answer.store().id()).isEqualTo(store);
        });
    }

    @Test
    void outside_hours_the_policy_decides_and_cash_is_always_an_alternative() {
        clock.advance(Duration.ofHours(13));
        for (var policy : Decision.values()) {
            setHours(policy.name(), policy == Decision.ALLOW_CAPPED ? 20_000 : 0);
            var answer = acceptance.ask(code.code());
            assertThat(answer.decision()).isEqualTo(policy);
            assertThat(answer.reason()).isEqualTo("CLOSED_BY_WEEK");
            assertThat(answer.alternatives()).contains(Alternative.CASH);
        }
    }

    @Test
    void a_closure_holds_from_its_commit_and_ends_by_itself() {
        closeNow("去医院一趟");
        assertThat(acceptance.ask(code.code()).reason()).isEqualTo("CLOSED_NOW");

        clock.advance(Duration.ofMinutes(31));
        assertThat(acceptance.ask(code.code()).reason()).isEqualTo("OPEN_BY_WEEK");
    }

    @Test
    void revocation_beats_open_hours() {
        var stopped =
                codes.revoke(owner, code.id(), RevocationReason.TAMPERED, "").code();
        assertThat(acceptance.ask(code.code())).isInstanceOfSatisfying(Answer.Stopped.class, answer -> {
            assertThat(answer.code()).isEqualTo(stopped);
            assertThat(answer.decision()).isEqualTo(Decision.DENY);
            assertThat(answer.reason()).isEqualTo("CODE_REVOKED");
            assertThat(answer.alternatives()).contains(Alternative.CASH);
        });
    }

    @Test
    void what_is_not_ours_is_refused() {
        assertThat(acceptance.ask("0".repeat(21))).isEqualTo(new Answer.NotOurs());
        assertThat(acceptance.ask("")).isEqualTo(new Answer.NotOurs());
        assertThat(new Answer.NotOurs().decision()).isEqualTo(Decision.DENY);
        assertThat(new Answer.NotOurs().reason()).isEqualTo("UNKNOWN_CODE");
    }

    @Test
    void the_open_page_says_until_when_and_where() throws Exception {
        var page = get("/q/" + code.code(), "zh-CN,zh;q=0.9");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<html lang=\"zh-CN\">", "营业中", "22:00 打烊", "柜台 · 001", "解放路 12 号 · 已核验商户", "¥500", "去付款")
                .contains("巷口 &lt;牛肉面&gt; &amp; &#39;Co&#39;")
                .doesNotContain("<牛肉面>")
                .doesNotContain("王小明");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'sha256-")
                        .doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void each_reader_gets_a_form_of_their_own_on_the_same_page() throws Exception {
        var one = get("/q/" + code.code(), "zh").body();
        var other = get("/q/" + code.code(), "zh").body();

        assertThat(once(one)).hasSize(26).isNotEqualTo(once(other));
        assertThat(one.replace(once(one), "")).isEqualTo(other.replace(once(other), ""));
        assertThat(get("/q/" + code.code() + "?pay=", "zh").body()).contains("required value=\"\"");
    }

    /** The second of two plain scans takes the short way, one with a question mark never does. */
    @Test
    void the_short_way_and_the_long_way_lead_to_the_same_page() throws Exception {
        for (var language : List.of("zh", "en-US,en;q=0.9", "")) {
            get("/q/" + code.code(), language);
            var shorter = get("/q/" + code.code(), language);
            var longer = get("/q/" + code.code() + "?", language);
            var asked = get("/q/" + code.code() + "?x=1", language);

            assertThat(shorter.statusCode()).isEqualTo(200);
            assertThat(headers(shorter)).isEqualTo(headers(asked)).isEqualTo(headers(longer));
            assertThat(shorter.body().replace(once(shorter.body()), ""))
                    .isEqualTo(asked.body().replace(once(asked.body()), ""));
        }
        codes.revoke(owner, code.id(), RevocationReason.LOST, "");
        get("/q/" + code.code(), "zh");
        var stopped = get("/q/" + code.code(), "zh");
        assertThat(stopped.statusCode()).isEqualTo(410);
        assertThat(headers(stopped)).isEqualTo(headers(get("/q/" + code.code() + "?x=1", "zh")));
    }

    private static Map<String, List<String>> headers(HttpResponse<String> response) {
        var headers = new TreeMap<>(response.headers().map());
        headers.keySet().removeAll(Set.of("date", "connection", "keep-alive"));
        return headers;
    }

    private static String once(String page) {
        var start = page.indexOf("name=\"once\" value=\"") + 19;
        return page.substring(start, page.indexOf('"', start));
    }

    @Test
    void every_page_is_small_and_loads_nothing_else() throws Exception {
        var pages = new java.util.ArrayList<String>();
        pages.add(get("/q/" + code.code(), "zh").body());
        closeNow("去医院一趟，很快回来");
        pages.add(get("/q/" + code.code(), "zh").body());
        codes.revoke(owner, code.id(), RevocationReason.LOST, "");
        pages.add(get("/q/" + code.code(), "en").body());
        pages.add(get("/q/nonsense", "en").body());
        for (var page : pages) {
            assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20 * 1024);
            assertThat(page).doesNotContain("src=").doesNotContain("url(").doesNotContain("@import");
            assertThat(page).doesNotContain("stylesheet");
        }
    }

    @Test
    void the_closed_page_says_why_when_it_reopens_and_what_can_be_done_instead() throws Exception {
        clock.advance(Duration.ofHours(13));
        var page = get("/q/" + code.code(), "zh");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("已打烊", "明天 09:00 开门", "不在营业时间", "付多少（¥200 以内）", "付现金")
                .doesNotContain("营业中");

        setHours("DENY", 0);
        assertThat(get("/q/" + code.code(), "zh").body())
                .contains("现在不收扫码付款", "付现金")
                .doesNotContain("¥500");
    }

    @Test
    void a_closure_shows_its_reason_in_the_keepers_words() throws Exception {
        closeNow("去医院一趟 <b>");
        assertThat(get("/q/" + code.code(), "zh").body())
                .contains("临时打烊", "10:30 开门", "<p class=\"why\">去医院一趟 &lt;b&gt;</p>");
    }

    @Test
    void a_stopped_code_orders_not_to_pay_and_is_gone() throws Exception {
        codes.revoke(owner, code.id(), RevocationReason.TAMPERED, "");
        var page = get("/q/" + code.code(), "zh");

        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body())
                .contains("别付款", "这张码已停用", "今天 10:00 停用", "96110")
                .doesNotContain("营业中")
                .doesNotContain("<script");
    }

    @Test
    void nobody_in_a_crowd_is_let_pay_once_the_stop_is_answered() throws Exception {
        int people = 6;
        int asksAfterwards = 25;
        var stopped = new AtomicBoolean();
        var underWay = new CountDownLatch(people);
        try (var crowd = Executors.newFixedThreadPool(people)) {
            Callable<List<Integer>> one = () -> {
                var late = new ArrayList<Integer>();
                while (late.size() < asksAfterwards) {
                    boolean after = stopped.get();
                    int status = get("/q/" + code.code(), "zh").statusCode();
                    assertThat(status).isIn(200, 410);
                    underWay.countDown();
                    if (after) {
                        late.add(status);
                    }
                }
                return late;
            };
            var all = Stream.generate(() -> crowd.submit(one)).limit(people).toList();
            assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();
            codes.revoke(owner, code.id(), RevocationReason.TAMPERED, "");
            stopped.set(true);

            for (var late : all) {
                assertThat(late.get(30, TimeUnit.SECONDS))
                        .hasSize(asksAfterwards)
                        .containsOnly(410);
            }
        }
    }

    @Test
    void a_forged_and_a_foreign_code_look_the_same_and_are_not_found() throws Exception {
        var flipped = (code.code().charAt(0) == 'a' ? 'b' : 'a') + code.code().substring(1);
        var forged = get("/q/" + flipped, "zh");
        var foreign = get("/q/hello", "zh");

        assertThat(forged.statusCode()).isEqualTo(404);
        assertThat(forged.body()).contains("别付款", "这不是掌柜的码").doesNotContain("牛肉面");
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body().replace("report/hello", "report/" + flipped)).isEqualTo(forged.body());
    }

    @Test
    void the_phones_language_chooses_and_a_link_overrules_it() throws Exception {
        assertThat(get("/q/" + code.code(), "en-US,en;q=0.9").body())
                .contains("<html lang=\"en\">", "Open", "until 22:00", "Lane Corner Noodles", ">Pay</button>")
                .contains("href=\"?lang=zh\"");
        assertThat(get("/q/" + code.code(), "fr-FR,zh;q=0.5").body()).contains("<html lang=\"en\">");
        assertThat(get("/q/" + code.code(), "").body()).contains("<html lang=\"zh-CN\">");
        assertThat(get("/q/" + code.code(), "not a header;;;").body()).contains("<html lang=\"zh-CN\">");
        assertThat(get("/q/" + code.code() + "?lang=en", "zh").body()).contains("<html lang=\"en\">");
        assertThat(get("/q/" + code.code() + "?lang=zh", "en").body()).contains("<html lang=\"zh-CN\">");
    }

    @Test
    void an_open_page_is_told_of_a_closure_at_once() throws Exception {
        var seen = seen(get("/q/" + code.code(), "zh").body());
        var waiting = http.sendAsync(request("/q/" + code.code() + "/state?seen=" + seen, "zh"), text());
        assertThat(waiting.isDone()).isFalse();

        closeNow("");

        var state = waiting.get(5, TimeUnit.SECONDS);
        assertThat(state.statusCode()).isEqualTo(200);
        assertThat(state.body()).contains("CLOSED_NOW").doesNotContain(seen);
        assertThat(state.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void an_open_page_is_told_of_a_revocation_at_once() throws Exception {
        var seen = seen(get("/q/" + code.code(), "zh").body());
        var waiting = http.sendAsync(request("/q/" + code.code() + "/state?seen=" + seen, "zh"), text());

        codes.revoke(owner, code.id(), RevocationReason.LOST, "");

        var state = waiting.get(5, TimeUnit.SECONDS);
        assertThat(state.statusCode()).isEqualTo(410);
        assertThat(state.body()).contains("CODE_REVOKED");
    }

    @Test
    void an_open_page_is_told_of_a_restriction_at_once_and_of_its_end() throws Exception {
        var seen = seen(get("/q/" + code.code(), "zh").body());
        var waiting = http.sendAsync(request("/q/" + code.code() + "/state?seen=" + seen, "zh"), text());
        var everywhere = new Restrictions.Plan(
                Restriction.Kind.FAULT, RestrictionTarget.region("510105"), null, null, "机房停电", null);

        var planned = (RestrictionOutcome.Done) restrictions.plan(SYSTEM, everywhere);

        var state = waiting.get(5, TimeUnit.SECONDS);
        assertThat(state.body()).contains("FAULT").doesNotContain(seen);
        var restricted = get("/q/" + code.code(), "zh").body();
        assertThat(restricted).contains("机房停电");
        waiting = http.sendAsync(request("/q/" + code.code() + "/state?seen=" + seen(restricted), "zh"), text());

        restrictions.end(SYSTEM, planned.now().id(), null);

        assertThat(waiting.get(5, TimeUnit.SECONDS).body()).contains("OPEN_BY_WEEK", seen);
    }

    @Test
    void an_open_page_is_told_when_another_pack_becomes_usual() throws Exception {
        setHours("{\"zone\":\"Asia/Shanghai\",\"weekly\":{\"mon\":[\"20:00-22:00\"]}}");
        var pack = packs.line(SYSTEM, "restaurant").current().pack();
        var seen = seen(get("/q/" + code.code(), "zh").body());
        var waiting = http.sendAsync(request("/q/" + code.code() + "/state?seen=" + seen, "zh"), text());
        try {
            publish(pack, pack.rules().withOutside(Outside.DENY));
            assertThat(waiting.get(5, TimeUnit.SECONDS).body()).doesNotContain(seen);
        } finally {
            publish(pack, pack.rules());
        }
        assertThat(seen(get("/q/" + code.code(), "zh").body())).isEqualTo(seen);
    }

    private void publish(IndustryPack pack, HoursDocument rules) {
        var week = HoursDocument.weekly(rules.zone(), Objects.requireNonNull(pack.suggestion()));
        var wish = new NewPack(
                pack.industry(),
                rules.json(),
                week.json(),
                pack.owner().words(),
                pack.reason().words(),
                pack.reviewBy());
        if (packs.propose(fixtures.staff(Role.ADMIN), wish) instanceof Proposal.Proposed(var version)) {
            packs.publish(fixtures.staff(Role.REVIEWER), version.id());
        }
    }

    @Test
    void a_page_that_saw_something_older_is_answered_without_waiting() throws Exception {
        var state = http.send(request("/q/" + code.code() + "/state?seen=older", "zh"), text());
        assertThat(state.body())
                .contains("OPEN_BY_WEEK")
                .contains(seen(get("/q/" + code.code(), "zh").body()));
        assertThat(http.send(request("/q/nonsense/state?seen=older", "zh"), text())
                        .statusCode())
                .isEqualTo(404);
    }
}
