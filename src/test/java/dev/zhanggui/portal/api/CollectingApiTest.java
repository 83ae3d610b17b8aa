package dev.zhanggui.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.acceptance.ScannedStoreTest;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Money;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Codes, promotions, payments and limits as a merchant's program manages them. */
class CollectingApiTest extends ScannedStoreTest {

    private static final Payer WECHAT = new Payer(PayerApp.WECHAT, "0123456789abcdef0123456789abcdef", "510000");

    @Autowired
    private ApiKeys keys;

    @Autowired
    private Collections collections;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @LocalServerPort
    private int port;

    private MerchantId merchant;
    private String storeId;
    private String key;

    @BeforeEach
    void aManagersKey() {
        var shop = merchants.store(owner, store);
        merchant = shop.merchantId();
        storeId = shop.publicId();
        key = key(Role.MANAGER);
    }

    @Test
    void a_terminals_code_takes_the_seats_name_and_says_whose_it_is() throws Exception {
        var terminal = beans.createBean(StoreWithTerminals.class).activate(merchant, store, "收银台 1");
        var made = submit("/qr-codes", "{\"terminal\":\"%s\"}".formatted(terminal.publicId()));
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(json(made).at("/kind").asString()).isEqualTo("TERMINAL");
        assertThat(json(made).at("/terminal").asString()).isEqualTo(terminal.publicId());
        assertThat(json(made).at("/place").asString()).isEqualTo("收银台 1");
        assertFault(
                submit("/qr-codes", "{\"terminal\":\"%s\",\"store\":\"%s\"}".formatted(terminal.publicId(), storeId)),
                "terminal",
                "CONTRADICTION");
        assertProblem(submit("/qr-codes", "{\"terminal\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"}"), 404, "not-found");
    }

    @Test
    void codes_are_listed_page_by_page_and_by_kind_and_status() throws Exception {
        var all = new HashSet<>(Set.of(code.code()));
        for (int i = 0; i < 60; i++) {
            all.add(order("P-" + i, 3_800).at("/id").asString());
        }
        var walked = new ArrayList<String>();
        var cursor = "";
        int pages = 0;
        do {
            var page = json(get("/qr-codes?store=" + storeId + cursor));
            page.at("/items").forEach(it -> walked.add(it.at("/id").asString()));
            cursor = page.has("next") ? "&cursor=" + page.at("/next").asString() : "";
            pages++;
        } while (!cursor.isEmpty());
        assertThat(pages).isEqualTo(2);
        assertThat(walked).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
        assertThat(walked.getLast()).as("oldest last").isEqualTo(code.code());

        assertThat(ids("/qr-codes?kind=STORE&store=" + storeId)).containsExactly(code.code());
        assertThat(ids("/qr-codes?kind=TERMINAL&store=" + storeId)).isEmpty();
        assertThat(ids("/qr-codes?status=REVOKED&store=" + storeId)).isEmpty();
        var successor = json(submit("/qr-codes/" + code.code() + "/replace", "{\"reason\":\"LOST\"}"))
                .at("/id")
                .asString();
        assertThat(ids("/qr-codes?status=REVOKED&store=" + storeId)).containsExactly(code.code());
        assertThat(ids("/qr-codes?kind=STORE&status=ACTIVE&store=" + storeId)).containsExactly(successor);
        assertFault(get("/qr-codes?kind=PLATE&store=" + storeId), "kind", "UNKNOWN");
        assertFault(get("/qr-codes?status=LOST&store=" + storeId), "status", "UNKNOWN");
        assertProblem(get("/qr-codes?cursor=nonsense&store=" + storeId), 404, "not-found");
    }

    @Test
    void an_orders_number_has_one_code_at_a_time() throws Exception {
        var first = submit("/qr-codes/orders", wish("A-1", 3_800, "BOOKED_ONLINE"));
        assertThat(first.statusCode()).isEqualTo(201);
        var id = json(first).at("/id").asString();
        assertThat(first.headers().firstValue("Location")).hasValue("/api/v1/qr-codes/" + id);
        assertThat(json(first).at("/order/amountFen").asLong()).isEqualTo(3_800);
        assertThat(json(first).at("/order/flow").asString()).isEqualTo("BOOKED_ONLINE");
        assertThat(json(first).at("/order/expiresAt").asString()).isEqualTo("2026-03-16T02:30:00Z");
        assertThat(json(first).has("number")).isFalse();

        var again = submit("/qr-codes/orders", wish("A-1", 3_800, "BOOKED_ONLINE"));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again)).isEqualTo(json(first));

        var dearer = submit("/qr-codes/orders", wish("A-1", 3_900, "BOOKED_ONLINE"));
        assertThat(dearer.statusCode()).isEqualTo(201);
        var before = json(get("/qr-codes/" + id));
        assertThat(before.at("/revoked/reason").asString()).isEqualTo("REPLACED");
        assertThat(before.at("/revoked/replacedBy").asString())
                .isEqualTo(json(dearer).at("/id").asString());

        pay(json(dearer).at("/id").asString(), 3_900);
        var paid = submit("/qr-codes/orders", wish("A-1", 3_900, "BOOKED_ONLINE"));
        assertProblem(paid, 409, "order-paid");
        assertThat(json(paid).at("/detail").asString())
                .contains(json(dearer).at("/id").asString());

        assertFault(submit("/qr-codes/orders", wish("A 1", 3_800, "BOOKED_ONLINE")), "number", "UNFIT");
        assertFault(submit("/qr-codes/orders", wish("A-2", 0, "BOOKED_ONLINE")), "amountFen", "OUT_OF_RANGE");
        assertFault(submit("/qr-codes/orders", wish("A-2", 3_800, "FREE")), "flow", "UNKNOWN");
        assertFault(submit("/qr-codes/orders", "{\"store\":\"%s\"}".formatted(storeId)), "number", "MISSING");
        assertFault(
                submit(
                        "/qr-codes/orders",
                        wish("A-2", 3_800, "BOOKED_ONLINE").replace("\"minutes\":30", "\"minutes\":0")),
                "minutes",
                "OUT_OF_RANGE");
    }

    @Test
    void an_order_paid_in_the_store_is_confirmed_online_once() throws Exception {
        var id = json(submit("/qr-codes/orders", wish("B-1", 3_800, "CONFIRMED_ONLINE")))
                .at("/id")
                .asString();
        assertProblem(submit("/qr-codes/" + id + "/confirm", null), 409, "order-not-paid");
        pay(id, 3_800);
        var confirmed = json(submit("/qr-codes/" + id + "/confirm", null));
        assertThat(confirmed.at("/order/paidAt").asString()).isEqualTo("2026-03-16T02:00:00Z");
        assertThat(confirmed.at("/order/confirmedAt").asString()).isEqualTo("2026-03-16T02:00:00Z");
        clock.advance(Duration.ofMinutes(5));
        assertThat(json(submit("/qr-codes/" + id + "/confirm", null))).isEqualTo(confirmed);

        var booked = json(submit("/qr-codes/orders", wish("B-2", 3_800, "BOOKED_ONLINE")))
                .at("/id")
                .asString();
        assertProblem(submit("/qr-codes/" + booked + "/confirm", null), 409, "confirmation-not-awaited");
        assertProblem(submit("/qr-codes/" + code.code() + "/confirm", null), 409, "confirmation-not-awaited");
        assertProblem(submit("/qr-codes/" + booked + "/replace", "{\"reason\":\"LOST\"}"), 409, "not-a-plate");
        assertProblem(put("/qr-codes/" + booked + "/place", "{\"place\":\"门口\"}", "\"0\""), 409, "not-a-plate");
    }

    @Test
    void a_plate_is_placed_in_its_current_version_replaced_and_its_downloads_are_told() throws Exception {
        var path = "/qr-codes/" + code.code();
        assertThat(get(path).headers().firstValue("ETag")).hasValue("\"0\"");
        assertProblem(put(path + "/place", "{\"place\":\"门口\"}", null), 428, "if-match-required");
        var placed = put(path + "/place", "{\"place\":\"门口\",\"holder\":\"小王\"}", "\"0\"");
        assertThat(placed.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(json(placed).at("/holder").asString()).isEqualTo("小王");
        assertProblem(put(path + "/place", "{\"place\":\"柜台\"}", "\"0\""), 412, "version-conflict");
        assertFault(put(path + "/place", "{}", "\"1\""), "place", "MISSING");
        assertFault(
                put(path + "/place", "{\"place\":\"门口\",\"holder\":\"%s\"}".formatted("长".repeat(21)), "\"1\""),
                "holder",
                "TOO_LONG");

        assertThat(get(path + ".svg").statusCode()).isEqualTo(200);
        var downloads = json(get(path + "/downloads"));
        assertThat(downloads.at("/items").size()).isEqualTo(1);
        assertThat(downloads.at("/items/0/format").asString()).isEqualTo("SVG");
        assertThat(downloads.at("/items/0/by").asString()).isEqualTo("收银软件");

        assertFault(submit(path + "/replace", "{}"), "reason", "MISSING");
        var replaced = submit(path + "/replace", "{\"reason\":\"DAMAGED\",\"note\":\"摔了\"}");
        assertThat(replaced.statusCode()).isEqualTo(201);
        assertThat(json(replaced).at("/place").asString()).isEqualTo("门口");
        assertThat(json(replaced).at("/holder").asString()).isEqualTo("小王");
        assertThat(json(get(path)).at("/revoked/replacedBy").asString())
                .isEqualTo(json(replaced).at("/id").asString());
        assertProblem(submit(path + "/replace", "{\"reason\":\"DAMAGED\"}"), 410, "code-stopped");
        assertProblem(put(path + "/place", "{\"place\":\"门口\"}", "\"2\""), 410, "code-stopped");
    }

    @Test
    void a_promotion_starts_with_a_code_in_each_store_and_is_stopped_at_once() throws Exception {
        var wish = """
                {"title":"春天","discount":"满 50 减 5","until":"2026-03-31T22:00:00+08:00","capFen":20000,"stores":["%s"]}""".formatted(storeId);
        var made = submit("/promotions", wish);
        assertThat(made.statusCode()).isEqualTo(201);
        var id = json(made).at("/id").asString();
        assertThat(made.headers().firstValue("Location")).hasValue("/api/v1/promotions/" + id);
        assertThat(json(made).at("/stage").asString()).isEqualTo("RUNNING");
        assertThat(json(made).at("/until").asString()).isEqualTo("2026-03-31T14:00:00Z");
        assertThat(json(get("/promotions")).at("/items/0")).isEqualTo(json(get("/promotions/" + id)));
        var codes = json(get("/promotions/" + id + "/codes"));
        assertThat(codes.at("/items").size()).isEqualTo(1);
        assertThat(codes.at("/items/0/promotion").asString()).isEqualTo(id);
        var itsCode = codes.at("/items/0/id").asString();
        assertThat(ask(itsCode, "", "").at("/validUntil").asString()).isEqualTo("2026-03-16T14:00:00Z");
        assertThat(ask(itsCode, "&amount=20001", "").at("/reason").asString()).isEqualTo("PROMOTION_CAP");

        var stopped = json(submit("/promotions/" + id + "/stop", null));
        assertThat(stopped.at("/stage").asString()).isEqualTo("STOPPED");
        clock.advance(Duration.ofMinutes(1));
        assertThat(json(submit("/promotions/" + id + "/stop", null))).isEqualTo(stopped);
        assertThat(ask(itsCode, "", "").at("/reason").asString()).isEqualTo("PROMOTION_STOPPED");

        assertFault(submit("/promotions", wish.replace("春天", "")), "title", "MISSING");
        assertFault(submit("/promotions", wish.replace("2026-03-31", "2026-02-28")), "until", "REVERSED");
        assertFault(submit("/promotions", wish.replace("20000", "0")), "capFen", "OUT_OF_RANGE");
        assertFault(submit("/promotions", wish.replace("[\"" + storeId + "\"]", "[]")), "stores", "MISSING");
        assertProblem(submit("/promotions", wish.replace(storeId, "01ARZ3NDEKTSV4RRFFQ69G5FAV")), 404, "not-found");
    }

    @Test
    void promotions_are_listed_page_by_page_the_newest_first() throws Exception {
        var made = new ArrayList<String>();
        for (int i = 0; i < 51; i++) {
            made.addFirst(json(submit("/promotions", """
                            {"title":"第 %d 次","discount":"送一碟小菜","until":"2026-03-31T22:00:00+08:00","stores":["%s"]}""".formatted(i, storeId)))
                    .at("/id")
                    .asString());
        }
        var first = json(get("/promotions"));
        assertThat(ids("/promotions")).isEqualTo(made.subList(0, 50));
        assertThat(ids("/promotions?cursor=" + first.at("/next").asString())).isEqualTo(made.subList(50, 51));
        assertProblem(get("/promotions?cursor=nonsense"), 404, "not-found");
    }

    @Test
    void a_wish_repeated_under_its_key_is_done_once() throws Exception {
        var wish = """
                {"title":"春天","discount":"满 50 减 5","until":"2026-03-31T22:00:00+08:00","stores":["%s"]}""".formatted(storeId);
        var once = Map.of("Idempotency-Key", "spring-2026");
        var first = call("POST", "/promotions", wish, key, once);
        var again = call("POST", "/promotions", wish, key, once);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(json(again)).isEqualTo(json(first));
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(ids("/promotions")).hasSize(1);

        var path = "/qr-codes/" + code.code() + "/replace";
        var replaced = call("POST", path, "{\"reason\":\"LOST\"}", key, once);
        assertProblem(replaced, 422, "idempotency-key-reused");
        var other = Map.of("Idempotency-Key", "lost-1");
        var successor = json(call("POST", path, "{\"reason\":\"LOST\"}", key, other));
        assertThat(json(call("POST", path, "{\"reason\":\"LOST\"}", key, other)))
                .as("without its key the repeat would be refused: the plate is stopped")
                .isEqualTo(successor);
    }

    @Test
    void a_clerks_program_agrees_to_what_waits_and_refuses_it() throws Exception {
        setHours("CONFIRM", 0);
        clock.advance(Duration.ofHours(13));
        var agreed = pay(code.code(), 3_800);
        var refused = pay(code.code(), 3_900);
        var waiting = json(get("/collections?state=WAITING&store=" + storeId));
        assertThat(waiting.at("/items").size()).isEqualTo(2);
        assertThat(waiting.at("/items/0/qrCode").asString()).isEqualTo(code.code());
        assertThat(waiting.at("/items/0/amountFen").asLong()).isEqualTo(3_900);

        var cashier = key(Role.CASHIER);
        var yes = json(call("POST", "/collections/" + agreed + "/agree", null, cashier, Map.of()));
        assertThat(yes.at("/state").asString()).isEqualTo("SUCCEEDED");
        assertThat(yes.at("/decidedBy").asString()).isEqualTo("收银软件");
        assertThat(json(submit("/collections/" + agreed + "/agree", null))).isEqualTo(yes);
        var no = json(submit("/collections/" + refused + "/refuse", null));
        assertThat(no.at("/state").asString()).isEqualTo("REFUSED");
        assertThat(no.at("/reason").asString()).isEqualTo("REFUSED_BY_STAFF");
        var late = submit("/collections/" + refused + "/agree", null);
        assertProblem(late, 409, "collection-not-waiting");
        assertThat(json(late).at("/detail").asString()).isEqualTo("it is REFUSED: REFUSED_BY_STAFF");

        var given = offer(code.code(), 4_000).publicId();
        assertProblem(submit("/collections/" + given + "/agree", null), 409, "collection-not-waiting");
        assertThat(ids("/collections?store=" + storeId)).containsExactly(refused, agreed);
        assertThat(ids("/collections?state=OFFERED&store=" + storeId)).containsExactly(given);
        assertThat(ids("/collections?state=REFUSED&store=" + storeId)).containsExactly(refused);
        assertThat(ids("/collections?store=" + storeId + "&cursor=" + refused)).containsExactly(agreed);
        clock.advance(Duration.ofMinutes(15));
        assertThat(ids("/collections?state=OFFERED&store=" + storeId)).isEmpty();
        assertThat(ids("/collections?state=EXPIRED&store=" + storeId)).containsExactly(given);
        assertFault(get("/collections?state=GONE&store=" + storeId), "state", "UNKNOWN");
    }

    @Test
    void the_rules_have_the_last_word_when_a_clerk_agrees() throws Exception {
        setHours("CONFIRM", 0);
        clock.advance(Duration.ofHours(13));
        var waiting = pay(code.code(), 3_800);
        setHours("DENY", 0);
        var answer = submit("/collections/" + waiting + "/agree", null);
        assertProblem(answer, 409, "collection-not-waiting");
        assertThat(json(answer).at("/detail").asString()).isEqualTo("it is REFUSED: CLOSED_BY_WEEK");
    }

    @Test
    void takings_are_told_at_a_glance_by_code_by_hour_and_as_csv() throws Exception {
        pay(code.code(), 3_800);
        clock.advance(Duration.ofHours(13));
        pay(code.code(), 1_200);
        collections.offer(code.code(), Money.yuan(201), WECHAT, "too much");
        var glance = json(get("/stores/" + storeId + "/takings"));
        assertThat(glance.at("/from").asString()).isEqualTo("2026-03-16");
        assertThat(glance.at("/amountFen").asLong()).isEqualTo(5_000);
        assertThat(glance.at("/payments").asInt()).isEqualTo(2);
        assertThat(glance.at("/outside").asInt()).isEqualTo(1);
        assertThat(glance.at("/refused").asInt()).isEqualTo(1);
        assertThat(json(get("/stores/" + storeId + "/takings?from=2026-03-15&to=2026-03-15"))
                        .at("/payments")
                        .asInt())
                .isZero();
        var byCode = json(get("/stores/" + storeId + "/takings/codes"));
        assertThat(byCode.at("/items/0/qrCode").asString()).isEqualTo(code.code());
        assertThat(byCode.at("/items/0/amountFen").asLong()).isEqualTo(5_000);
        var byHour = json(get("/stores/" + storeId + "/takings/refused-hours"));
        assertThat(byHour.at("/items").toString())
                .isEqualTo("[{\"reason\":\"OUTSIDE_HOURS_CAP\",\"hour\":23,\"wishes\":1,\"amountFen\":20100}]");

        var csv = call("GET", "/stores/" + storeId + "/attempts.csv", null, key, Map.of("Accept-Language", "en"));
        assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(csv.body().lines()).hasSize(4);
        assertThat(csv.body()).contains("38.00", "12.00", "201.00");
        assertProblem(
                call("GET", "/stores/" + storeId + "/attempts.csv", null, key(Role.CASHIER), Map.of()),
                403,
                "not-allowed");
        assertFault(get("/stores/" + storeId + "/takings?from=gestern"), "from", "NOT_A_DATE");
        assertFault(get("/stores/" + storeId + "/takings?from=2026-03-16&to=2026-03-15"), "to", "REVERSED");
        assertFault(get("/stores/" + storeId + "/takings?from=2024-03-16&to=2026-03-15"), "to", "RANGE_TOO_LONG");
    }

    @Test
    void limits_are_chosen_in_their_current_version_within_what_the_merchant_may() throws Exception {
        var path = "/stores/" + storeId + "/limits";
        var before = get(path);
        assertThat(before.headers().firstValue("ETag")).hasValue("\"0\"");
        assertThat(json(before).at("/perPaymentFen").asLong()).isEqualTo(500_000);
        var wish = "{\"perPaymentFen\":10000,\"perDayFen\":20000}";
        assertProblem(put(path, wish, null), 428, "if-match-required");
        var chosen = put(path, wish, "\"0\"");
        assertThat(chosen.headers().firstValue("ETag")).hasValue("\"1\"");
        assertProblem(put(path, wish, "\"0\""), 412, "version-conflict");
        assertThat(ask(code.code(), "&amount=10001", "").at("/reason").asString())
                .isEqualTo("PAYMENT_LIMIT");

        assertProblem(put(path, "{\"perPaymentFen\":500001,\"perDayFen\":600000}", "\"1\""), 422, "limit-too-high");
        assertFault(put(path, "{\"perPaymentFen\":0,\"perDayFen\":1}", "\"1\""), "perPaymentFen", "OUT_OF_RANGE");
        assertFault(put(path, "{\"perPaymentFen\":2,\"perDayFen\":1}", "\"1\""), "perDayFen", "BELOW_PER_PAYMENT");
        assertFault(put(path, "{\"perPaymentFen\":2}", "\"1\""), "perDayFen", "MISSING");
        assertProblem(call("PUT", path, wish, key(Role.CASHIER), Map.of("If-Match", "\"1\"")), 403, "not-allowed");
    }

    @Test
    void whether_a_code_may_collect_is_told_with_reason_words_and_how_long_that_holds() throws Exception {
        var open = ask(code.code(), "", "zh-CN");
        assertThat(open.at("/decision").asString()).isEqualTo("ALLOW");
        assertThat(open.at("/mayCollect").asBoolean()).isTrue();
        assertThat(open.at("/reason").asString()).isEqualTo("OPEN_BY_WEEK");
        assertThat(open.at("/mostFen").asLong()).isEqualTo(500_000);
        assertThat(open.at("/validUntil").asString()).isEqualTo("2026-03-16T14:00:00Z");
        assertThat(open.at("/nextChange/at").asString()).isEqualTo("2026-03-16T14:00:00Z");
        assertThat(open.at("/nextChange/phase").asString()).isEqualTo("CLOSED");
        assertThat(open.at("/text").asString()).matches(".*\\p{IsHan}.*");
        assertThat(ask(code.code(), "", "en-GB").at("/text").asString()).matches("[^\\p{IsHan}]+");

        var tonight = ask(code.code(), "&amount=20001&at=2026-03-16T23:00:00%2B08:00", "");
        assertThat(tonight.at("/at").asString()).isEqualTo("2026-03-16T15:00:00Z");
        assertThat(tonight.at("/decision").asString()).isEqualTo("DENY");
        assertThat(tonight.at("/reason").asString()).isEqualTo("OUTSIDE_HOURS_CAP");
        assertThat(tonight.at("/mostFen").asLong()).isEqualTo(20_000);
        assertThat(tonight.at("/alternatives").toString()).contains("CASH");

        var order = order("C-1", 3_800).at("/id").asString();
        assertThat(ask(order, "", "").at("/validUntil").asString()).isEqualTo("2026-03-16T02:30:00Z");
        assertThat(ask(order, "&at=2026-03-16T02:30:00Z", "").at("/reason").asString())
                .isEqualTo("CODE_EXPIRED");

        assertFault(get("/acceptance?amount=0&code=" + code.code()), "amount", "OUT_OF_RANGE");
        assertFault(get("/acceptance?at=2026-03-16T01:00:00Z&code=" + code.code()), "at", "IN_THE_PAST");
        assertFault(get("/acceptance?at=2028-03-16T01:00:00Z&code=" + code.code()), "at", "TOO_FAR");
        assertProblem(get("/acceptance?code=000000000000000000000"), 404, "not-found");
        assertProblem(get("/acceptance"), 400, "bad-request");
    }

    @Test
    void a_used_up_day_holds_until_the_stores_midnight() throws Exception {
        put("/stores/" + storeId + "/limits", "{\"perPaymentFen\":3800,\"perDayFen\":3800}", "\"0\"");
        pay(code.code(), 3_800);
        setHours(
                "{\"zone\":\"Asia/Shanghai\",\"weekly\":{\"mon\":[\"09:00-02:00\"]},\"outside\":{\"policy\":\"ALLOW\"}}");
        var full = ask(code.code(), "", "");
        assertThat(full.at("/reason").asString()).isEqualTo("DAY_LIMIT");
        assertThat(full.has("mostFen")).isFalse();
        assertThat(full.at("/validUntil").asString()).isEqualTo("2026-03-16T16:00:00Z");
        assertThat(ask(code.code(), "&at=2026-03-16T16:00:00Z", "")
                        .at("/mayCollect")
                        .asBoolean())
                .isTrue();
    }

    private JsonNode ask(String code, String more, String language) throws Exception {
        return json(call("GET", "/acceptance?code=" + code + more, null, key, Map.of("Accept-Language", language)));
    }

    private JsonNode order(String number, long amountFen) throws Exception {
        return json(submit("/qr-codes/orders", wish(number, amountFen, "BOOKED_ONLINE")));
    }

    private String wish(String number, long amountFen, String flow) {
        return "{\"store\":\"%s\",\"number\":\"%s\",\"amountFen\":%d,\"flow\":\"%s\",\"minutes\":30}"
                .formatted(storeId, number, amountFen, flow);
    }

    private Collection offer(String code, long fen) {
        return ((OfferOutcome.Offered) collections.offer(code, new Money(fen), WECHAT, code + fen)).collection();
    }

    private String pay(String code, long fen) {
        return collections.pay(offer(code, fen).token(), WECHAT).orElseThrow().publicId();
    }

    private String key(Role role) {
        return keys.createForMerchant(owner, merchant, "收银软件", role, EnumSet.allOf(Scope.class))
                .secret();
    }

    private ArrayList<String> ids(String path) throws Exception {
        var ids = new ArrayList<String>();
        json(get(path)).at("/items").forEach(it -> ids.add(it.at("/id").asString()));
        return ids;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return call("GET", path, null, key, Map.of());
    }

    private HttpResponse<String> submit(String path, @Nullable String body) throws Exception {
        return call("POST", path, body, key, Map.of());
    }

    private HttpResponse<String> put(String path, String body, @Nullable String ifMatch) throws Exception {
        return call("PUT", path, body, key, ifMatch == null ? Map.of() : Map.of("If-Match", ifMatch));
    }

    private HttpResponse<String> call(
            String method, String path, @Nullable String body, String secret, Map<String, String> headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + secret);
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        return http.send(request.build(), text());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).at("/code").asString()).as(answer.body()).isEqualTo(code);
    }

    private static void assertFault(HttpResponse<String> answer, String path, String code) {
        assertProblem(answer, 422, "invalid");
        assertThat(json(answer).at("/errors/0/path").asString())
                .as(answer.body())
                .isEqualTo(path);
        assertThat(json(answer).at("/errors/0/code").asString())
                .as(answer.body())
                .isEqualTo(code);
    }
}
