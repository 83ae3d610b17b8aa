package dev.zhanggui.portal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.support.DatabaseTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API over real HTTP, as a partner's program sees it. It is Monday, 10:00 in Shanghai. */
class ApiTest extends DatabaseTest {

    private static final Actor SYSTEM = Actor.system("test");
    private static final Set<Scope> ALL = EnumSet.allOf(Scope.class);
    private static final String HOURS = """
            {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-22:00"],"tue":["09:00-22:00"]},\
            "outside":{"policy":"DENY"}}""";

    @Autowired
    private ApiKeys keys;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Merchants merchants;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();

    private Actor owner;
    private MerchantId merchant;
    private Store store;
    private String key;
    private String strangersKey;
    private String staffKey;

    @BeforeEach
    void twoMerchantsWithKeys() {
        owner = person();
        merchant = merchant(owner, "巷口牛肉面");
        store = store(merchant, "巷口牛肉面");
        key = keys.createForMerchant(owner, merchant, "收银软件", Role.OWNER, ALL).secret();
        var stranger = person();
        var other = merchant(stranger, "别家");
        store(other, "别家");
        strangersKey = keys.createForMerchant(stranger, other, "别家的软件", Role.OWNER, ALL)
                .secret();
        staffKey =
                keys.createForStaff(SYSTEM, "呼叫中心", Set.of(Role.SERVICE), ALL).secret();
    }

    @Test
    void without_a_valid_key_every_path_answers_401_as_a_problem() throws Exception {
        for (var path : List.of(
                "/stores",
                "/stores/" + store.publicId() + "/hours",
                "/qr-codes?store=" + store.publicId(),
                "/terminals",
                "/calendar/2026",
                "/applications/ZG2603-0001",
                "/no-such-path")) {
            for (var wrong : new String[] {"", "zg_wrong", "zg_" + "A".repeat(43), key + "x"}) {
                var answer = get(path, wrong);
                assertThat(answer.statusCode()).as(path).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"zhanggui\"");
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                assertProblem(answer, "unauthenticated");
            }
        }
        assertThat(post("/checks", "", "{}").statusCode()).isEqualTo(401);
    }

    @Test
    void a_revoked_key_is_dead_at_once() throws Exception {
        var created = keys.createForMerchant(owner, merchant, "旧软件", Role.CASHIER, ALL);
        assertThat(get("/stores", created.secret()).statusCode()).isEqualTo(200);
        keys.revoke(owner, created.key().id());
        keys.revoke(owner, created.key().id());
        assertThat(get("/stores", created.secret()).statusCode()).isEqualTo(401);
    }

    @Test
    void keys_are_made_by_owners_and_admins_only() {
        assertThatThrownBy(() -> keys.createForMerchant(person(), merchant, "x", Role.OWNER, ALL))
                .isInstanceOf(NotFoundException.class);
        var service = Actor.staffKey(1, "s", Set.of(Role.SERVICE));
        assertThatThrownBy(() -> keys.createForStaff(service, "x", Set.of(Role.ADMIN), ALL))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> keys.revoke(
                        person(), keys.ofMerchant(owner, merchant).getFirst().id()))
                .isInstanceOf(NotFoundException.class);
        assertThat(keys.ofMerchant(owner, merchant)).singleElement().satisfies(it -> {
            assertThat(key).startsWith(it.hint());
            assertThat(it.label()).isEqualTo("收银软件");
        });
    }

    @Test
    void a_key_without_scopes_is_told_which_one_it_needs() throws Exception {
        var none = keys.createForMerchant(owner, merchant, "nichts", Role.OWNER, Set.of())
                .secret();
        var id = store.publicId();
        assertRefused(get("/stores", none), "stores:read");
        assertRefused(get("/stores/" + id, none), "stores:read");
        assertRefused(get("/stores/" + id + "/hours", none), "hours:read");
        assertRefused(get("/stores/" + id + "/trading-state", none), "hours:read");
        assertRefused(put("/stores/" + id + "/hours", none, HOURS, "\"0\""), "hours:write");
        assertRefused(post("/stores/" + id + "/closures", none, "{\"kind\":\"close\"}"), "hours:write");
        assertRefused(get("/qr-codes?store=" + id, none), "qr-codes:read");
        assertRefused(post("/qr-codes", none, "{}"), "qr-codes:write");
        assertRefused(get("/terminals", none), "terminals:read");
        assertRefused(get("/terminals/x/configuration", none), "terminals:read");
        assertRefused(post("/applications", none, "{}"), "applications:write");
        assertRefused(get("/applications/ZG2603-0001", none), "applications:read");
    }

    @Test
    void a_key_sees_its_own_stores_only() throws Exception {
        assertThat(json(get("/stores", key)).at("/items/0/id").asString()).isEqualTo(store.publicId());
        assertThat(json(get("/stores", key)).at("/items").size()).isEqualTo(1);
        assertThat(json(get("/stores/" + store.publicId(), key)).at("/name").asString())
                .isEqualTo("巷口牛肉面");
        var id = store.publicId();
        for (var path : List.of(
                "/stores/" + id,
                "/stores/" + id + "/hours",
                "/stores/" + id + "/trading-state",
                "/qr-codes?store=" + id,
                "/terminals?store=" + id,
                "/terminals/" + id,
                "/terminals/" + id + "/configuration",
                "/stores/nonsense")) {
            var answer = get(path, strangersKey);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertProblem(answer, "not-found");
        }
        assertThat(put("/stores/" + id + "/hours", strangersKey, HOURS, "\"0\"").statusCode())
                .isEqualTo(404);
        assertThat(post("/stores/" + id + "/closures", strangersKey, "{\"kind\":\"close\",\"end\":\"untilEnded\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("/qr-codes", strangersKey, "{\"store\":\"%s\",\"place\":\"门口\"}".formatted(id))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void hours_are_changed_with_the_version_that_was_seen() throws Exception {
        var path = "/stores/" + store.publicId() + "/hours";
        assertThat(get(path, key).headers().firstValue("ETag")).hasValue("\"0\"");
        assertProblem(put(path, key, HOURS, null), "if-match-required", 428);

        var changed = put(path, key, HOURS, "\"0\"");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(json(changed).at("/weekly/mon/0").asString()).isEqualTo("09:00-22:00");

        assertProblem(put(path, key, HOURS.replace("22:00", "21:00"), "\"0\""), "version-conflict", 412);
        assertProblem(put(path, key, HOURS, "W/nonsense"), "version-conflict", 412);
        assertThat(json(get(path, key)).at("/weekly/mon/0").asString()).isEqualTo("09:00-22:00");
    }

    @Test
    void invalid_hours_are_refused_with_the_place_of_each_error() throws Exception {
        var path = "/stores/" + store.publicId() + "/hours";
        var answer = put(path, key, HOURS.replace("\"mon\":[\"09:00-22:00\"]", "\"mon\":[\"09:00-25:00\"]"), "\"0\"");
        assertProblem(answer, "hours-invalid", 422);
        assertThat(json(answer).at("/errors/0/path").asString()).isEqualTo("weekly.mon[0]");
        assertThat(json(answer).at("/errors/0/code").asString()).isEqualTo("NOT_A_TIME");
        assertProblem(put(path, key, "{", "\"0\""), "hours-invalid", 422);
        assertThat(get(path, key).headers().firstValue("ETag")).hasValue("\"0\"");
    }

    @Test
    void what_a_merchant_says_reaches_its_store_and_what_a_terminal_says_stays_there() throws Exception {
        var named = json(get("/merchants", key)).at("/items");
        assertThat(named.size()).isEqualTo(1);
        assertThat(named.at("/0/name").asString()).isEqualTo("巷口牛肉面");
        var shared = "/merchants/" + named.at("/0/id").asString() + "/hours";
        var terminal = beans.createBean(StoreWithTerminals.class).activate(merchant, store.id(), "自助机");
        var own = "/terminals/" + terminal.publicId() + "/hours";
        var night = "?from=2026-03-16T22:00&to=2026-03-17T00:00";
        for (var path : List.of(shared, own)) {
            assertThat(get(path, key).headers().firstValue("ETag")).hasValue("\"0\"");
            assertProblem(put(path, key, HOURS, null), "if-match-required", 428);
            assertProblem(put(path, key, HOURS.replace("22:00", "25:00"), "\"0\""), "hours-invalid", 422);
            assertProblem(get(path + "?format=runes", key), "invalid", 422);
            assertThat(get(path, strangersKey).statusCode()).isEqualTo(404);
        }
        assertThat(put(shared, key, HOURS, "\"0\"").statusCode()).isEqualTo(200);
        assertProblem(put(shared, key, HOURS, "\"0\""), "version-conflict", 412);
        assertThat(json(get("/stores/" + store.publicId() + "/hours", key))
                        .at("/weekly")
                        .size())
                .isZero();
        var state = json(get("/stores/" + store.publicId() + "/trading-state", key));
        assertThat(state.at("/decision").asString()).isEqualTo("ALLOW");
        assertThat(state.at("/winning/level").asString()).isEqualTo("MERCHANT");
        assertThat(json(get(shared + "/intervals" + night, key))
                        .at("/intervals")
                        .size())
                .isZero();

        var tried = put(own + "?format=osm&dryRun=true", key, "24/7", null);
        assertThat(json(tried).at("/document/weekly/mon/0").asString()).isEqualTo("00:00-24:00");
        assertThat(get(own, key).headers().firstValue("ETag")).hasValue("\"0\"");
        assertThat(put(own + "?format=osm", key, "24/7", "\"0\"").statusCode()).isEqualTo(200);
        assertThat(json(get(own + "?format=osm", key)).at("/hours").asString()).isEqualTo("24/7");
        assertThat(json(get(own + "/intervals" + night, key)).at("/intervals").size())
                .isEqualTo(1);
        var at = "/trading-state?at=2026-03-16T23:30:00%2B08:00";
        assertThat(json(get("/terminals/" + terminal.publicId() + at, key))
                        .at("/winning/level")
                        .asString())
                .isEqualTo("TERMINAL");
        assertThat(json(get("/stores/" + store.publicId() + at, key))
                        .at("/decision")
                        .asString())
                .isEqualTo("DENY");
    }

    @Test
    void the_trading_state_is_explained_for_any_moment() throws Exception {
        var path = "/stores/" + store.publicId();
        put(path + "/hours", key, HOURS, "\"0\"");

        var now = json(get(path + "/trading-state", key));
        assertThat(now.at("/decision").asString()).isEqualTo("ALLOW");
        assertThat(now.at("/reason").asString()).isEqualTo("OPEN_BY_WEEK");
        assertThat(now.at("/nextChange/at").asString()).isEqualTo("2026-03-16T14:00:00Z");

        var night = json(get(path + "/trading-state?at=2026-03-16T23:30:00%2B08:00", key));
        assertThat(night.at("/open").asBoolean()).isFalse();
        assertThat(night.at("/decision").asString()).isEqualTo("DENY");
        assertThat(night.at("/winning/layer").asString()).isEqualTo("WEEKLY");
        assertThat(night.at("/text/zh").asString()).isNotBlank();
        assertThat(night.at("/alternatives").toString()).contains("CASH");
        assertProblem(get(path + "/trading-state?at=tomorrow", key), "invalid", 422);
    }

    @Test
    void a_closure_holds_until_it_is_ended() throws Exception {
        var path = "/stores/" + store.publicId();
        put(path + "/hours", key, HOURS, "\"0\"");

        var closed = post(path + "/closures", key, "{\"kind\":\"close\",\"minutes\":30,\"reason\":\"停电\"}");
        assertThat(closed.statusCode()).isEqualTo(201);
        assertThat(json(closed).at("/until").asString()).isEqualTo("2026-03-16T02:30:00Z");
        assertThat(json(get(path + "/trading-state", key)).at("/reason").asString())
                .isEqualTo("CLOSED_NOW");

        assertThat(send("DELETE", path + "/closures/current", key, null, null).statusCode())
                .isEqualTo(204);
        assertThat(json(get(path + "/trading-state", key)).at("/reason").asString())
                .isEqualTo("OPEN_BY_WEEK");

        assertProblem(post(path + "/closures", key, "{\"kind\":\"nap\"}"), "invalid", 422);
        assertProblem(post(path + "/closures", key, "{}"), "invalid", 422);
        assertProblem(post(path + "/closures", key, "{\"kind\":\"close\",\"minutes\":0}"), "invalid", 422);
        assertProblem(
                post(path + "/closures", key, "{\"kind\":\"close\",\"until\":\"2020-01-01T00:00:00Z\"}"),
                "end-not-ahead",
                422);
        assertProblem(post(path + "/closures", key, "not json"), "bad-request", 400);
    }

    @Test
    void a_code_is_issued_downloaded_and_stopped() throws Exception {
        var issued = post("/qr-codes", key, "{\"store\":\"%s\",\"place\":\"柜台\"}".formatted(store.publicId()));
        assertThat(issued.statusCode()).isEqualTo(201);
        var code = json(issued).at("/id").asString();
        assertThat(issued.headers().firstValue("Location")).hasValue("/api/v1/qr-codes/" + code);
        assertThat(json(get("/qr-codes/" + code, key)).at("/number").asString()).isEqualTo("001");
        assertThat(json(get("/qr-codes?store=" + store.publicId(), key))
                        .at("/items/0/place")
                        .asString())
                .isEqualTo("柜台");

        assertPicture(code, "png", "image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        assertPicture(code, "svg", "image/svg+xml", "<?xml".getBytes(StandardCharsets.US_ASCII));
        assertPicture(code, "pdf", "application/pdf", "%PDF".getBytes(StandardCharsets.US_ASCII));
        assertThat(get("/qr-codes/" + code + ".gif", key).statusCode()).isEqualTo(404);
        assertThat(get("/qr-codes/" + code + ".png", strangersKey).statusCode()).isEqualTo(404);
        assertThat(get("/qr-codes/" + "0".repeat(21), key).statusCode()).isEqualTo(404);

        assertProblem(post("/qr-codes/" + code + "/revoke", key, "{\"reason\":\"BORED\"}"), "invalid", 422);
        assertThat(post("/qr-codes/" + code + "/revoke", strangersKey, "{\"reason\":\"LOST\"}")
                        .statusCode())
                .isEqualTo(404);
        var stopped = json(post("/qr-codes/" + code + "/revoke", key, "{\"reason\":\"LOST\"}"));
        assertThat(stopped.at("/active").asBoolean()).isFalse();
        assertThat(stopped.at("/revoked/reason").asString()).isEqualTo("LOST");
        assertProblem(get("/qr-codes/" + code + ".png", key), "code-stopped", 410);
        assertProblem(post("/qr-codes", key, "{\"store\":\"%s\"}".formatted(store.publicId())), "invalid", 422);
    }

    @Test
    void a_cashiers_key_may_look_but_neither_take_nor_stop_codes() throws Exception {
        var cashier =
                keys.createForMerchant(owner, merchant, "副屏", Role.CASHIER, ALL).secret();
        var body = "{\"store\":\"%s\",\"place\":\"柜台\"}".formatted(store.publicId());
        var code = json(post("/qr-codes", key, body)).at("/id").asString();

        assertThat(get("/qr-codes/" + code, cashier).statusCode()).isEqualTo(200);
        assertProblem(get("/qr-codes/" + code + ".png", cashier), "not-allowed", 403);
        assertProblem(post("/qr-codes", cashier, body), "not-allowed", 403);
        assertProblem(post("/qr-codes/" + code + "/revoke", cashier, "{\"reason\":\"LOST\"}"), "not-allowed", 403);
        assertProblem(put("/stores/" + store.publicId() + "/hours", cashier, HOURS, "\"0\""), "not-allowed", 403);
    }

    @Test
    void a_repeated_post_with_the_same_key_does_nothing_twice() throws Exception {
        var body = "{\"store\":\"%s\",\"place\":\"柜台\"}".formatted(store.publicId());
        var first = send("POST", "/qr-codes", key, body, "order-17");
        var again = send("POST", "/qr-codes", key, body, "order-17");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(json(get("/qr-codes?store=" + store.publicId(), key))
                        .at("/items")
                        .size())
                .isEqualTo(1);

        assertProblem(
                send("POST", "/qr-codes", key, body.replace("柜台", "门口"), "order-17"), "idempotency-key-reused", 422);
        assertProblem(send("POST", "/qr-codes", key, body, "with blank"), "idempotency-key-bad", 400);
        assertThat(send("POST", "/qr-codes", strangersKey, body, "order-17").statusCode())
                .as("keys of others do not meet")
                .isEqualTo(404);
    }

    @Test
    void of_many_at_once_with_one_key_only_one_does_it() throws Exception {
        var body = "{\"store\":\"%s\",\"place\":\"柜台\"}".formatted(store.publicId());
        var results = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> one =
                    () -> send("POST", "/qr-codes", key, body, "burst").statusCode();
            for (var done : threads.invokeAll(List.of(one, one, one, one, one, one))) {
                results.add(done.get());
            }
        }
        assertThat(results).allMatch(status -> status == 201 || status == 409).contains(201);
        assertThat(json(get("/qr-codes?store=" + store.publicId(), key))
                        .at("/items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void terminals_of_the_keys_stores_are_listed() throws Exception {
        assertThat(json(get("/terminals", key)).at("/items").size()).isZero();
        assertThat(json(get("/terminals?store=" + store.publicId(), key))
                        .at("/items")
                        .isArray())
                .isTrue();
        assertProblem(get("/terminals/01ARZ3NDEKTSV4RRFFQ69G5FAV", key), "not-found", 404);
    }

    @Test
    void the_calendar_names_every_day_of_a_year() throws Exception {
        var year = json(get("/calendar/2026", key));
        assertThat(year.at("/state").asString()).isEqualTo("PUBLISHED");
        assertThat(year.at("/days").size()).isEqualTo(365);
        var newYear = year.at("/days/0");
        assertThat(newYear.at("/date").asString()).isEqualTo("2026-01-01");
        assertThat(newYear.at("/kind").asString()).isEqualTo("statutory");
        assertThat(newYear.at("/holiday").asBoolean()).isTrue();
        assertThat(newYear.at("/statutory").asBoolean()).isTrue();
        assertThat(newYear.at("/workday").asBoolean()).isFalse();
        assertThat(newYear.at("/name").asString()).isEqualTo("元旦");
        assertProblem(get("/calendar/1066", key), "not-found", 404);
        assertProblem(get("/calendar/next", key), "bad-request", 400);
    }

    @Test
    void a_payload_of_EMVCo_is_read_or_refused_with_the_place_and_plain_words() throws Exception {
        var published =
                "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST"
                        + " TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME"
                        + "91320016A0112233449988770708123456786304A13A";

        var right = json(post("/checks", key, "{\"kind\":\"emv-qr\",\"value\":\"" + published + "\"}"));
        assertThat(right.at("/valid").asBoolean()).isTrue();
        assertThat(right.at("/errors").isEmpty()).isTrue();
        assertThat(right.at("/emv/pointOfInitiation").asString()).isEqualTo("dynamic");
        assertThat(right.at("/emv/amount").asString()).isEqualTo("23.72");
        assertThat(right.at("/emv/currency").asString()).isEqualTo("CNY");
        assertThat(right.at("/emv/alternateName/name").asString()).isEqualTo("最佳运输");
        assertThat(right.at("/emv/additionalData/terminalLabel").asString()).isEqualTo("A6008667");
        assertThat(right.at("/emv/accounts/1/objects/03").asString()).isEqualTo("12345678");
        assertThat(right.at("/emv/fee/kind").asString()).isEqualTo("askTip");

        var misprint = published.replace("23.72", "93.72");
        var wrong = json(post("/checks", key, "{\"kind\":\"emv-qr\",\"value\":\"" + misprint + "\"}"));
        assertThat(wrong.at("/valid").asBoolean()).isFalse();
        assertThat(wrong.at("/reason").asString()).isEqualTo("checksum");
        assertThat(wrong.has("emv")).isFalse();
        assertThat(wrong.at("/errors")).hasSize(1);
        assertThat(wrong.at("/errors/0/path").asString()).isEqualTo("63");
        assertThat(wrong.at("/errors/0/code").asString()).isEqualTo("CHECKSUM");
        assertThat(wrong.at("/errors/0/offset").asInt()).isEqualTo(misprint.length() - 4);
        assertThat(wrong.at("/errors/0/text/zh").asString()).contains("校验码对不上");
        assertThat(wrong.at("/errors/0/text/en").asString()).startsWith("The checksum does not fit");

        assertCheck("emv-qr", "0".repeat(600), false, "payloadTooLong");
        assertCheck("emv-qr", "https://zg.example.cn/q/x", false, "badId");
        assertProblem(
                post("/checks", key, "{\"kind\":\"emv-qr\",\"value\":\"" + "0".repeat(2001) + "\"}"), "invalid", 422);
        assertThat(json(post("/checks", key, "{\"kind\":\"phone\",\"value\":\"13812345678\"}"))
                        .has("errors"))
                .isFalse();
    }

    @Test
    void numbers_are_checked_by_their_own_rules() throws Exception {
        assertCheck("resident-id", "11010519491231002X", true, null);
        assertCheck("resident-id", "110105194912310021", false, "checksum");
        assertCheck("resident-id", "110105491231002", false, "old15");
        assertCheck("uscc", "91350100M000100Y43", true, null);
        assertCheck("uscc", "91350100M000100Y44", false, "checksum");
        assertCheck("bank-card", "6222 0200 0000 0000 000", true, null);
        assertCheck("bank-card", "6222020000000000001", false, "checksum");
        assertCheck("phone", "+86 138 1234 5678", true, null);
        assertCheck("phone", "12345678901", false, "notMobile");
        assertCheck("tracking-number", "SF1 234 567 890 123", true, null);
        assertCheck("tracking-number", "12", false, "unusual");
        assertThat(json(post(
                                "/checks",
                                key,
                                "{\"kind\":\"tracking-number\",\"carrier\":\"EMS\",\"value\":\"EE123456780CN\"}"))
                        .at("/reason")
                        .asString())
                .isEqualTo("checksum");
        assertProblem(
                post("/checks", key, "{\"kind\":\"tracking-number\",\"carrier\":\"PIGEON\",\"value\":\"1\"}"),
                "invalid",
                422);
        assertThat(json(post("/checks", key, "{\"kind\":\"resident-id\",\"value\":\"11010519491231002X\"}"))
                        .at("/adult")
                        .asBoolean())
                .isTrue();
        assertProblem(post("/checks", key, "{\"kind\":\"horoscope\",\"value\":\"1\"}"), "invalid", 422);
        assertProblem(post("/checks", key, "{\"kind\":\"phone\"}"), "invalid", 422);
        assertProblem(post("/checks", key, "{\"value\":\"1\"}"), "invalid", 422);
    }

    @Test
    void a_key_of_staff_hands_an_application_in_and_follows_it() throws Exception {
        var phone = "138%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
        var body = """
                {"phone":"%s","fields":{"KIND":"INDIVIDUAL","STORE_NAME":"李记煎饼","SCENE":"STALL","RESIDENT_ID":"1101"}}""".formatted(phone);
        var applied = post("/applications", staffKey, body);
        assertThat(applied.statusCode()).isEqualTo(201);
        assertThat(json(applied).at("/number").asString()).matches("ZG\\d{4}-\\d{4,}");
        assertThat(json(applied).at("/state").asString()).isEqualTo("DRAFT");
        assertThat(json(applied).at("/fields/STORE_NAME/shown").asString()).isEqualTo("李记煎饼");
        assertThat(json(applied).at("/fields/RESIDENT_ID/problem").asString()).isEqualTo("length");
        assertThat(json(applied).at("/missing").toString()).contains("LEGAL_NAME", "RESIDENT_ID", "BANK_CARD");

        assertProblem(
                post(
                        "/applications",
                        staffKey,
                        "{\"phone\":\"%s\",\"fields\":{\"SHOE_SIZE\":\"42\"}}".formatted(phone)),
                "invalid",
                422);
        assertProblem(post("/applications", staffKey, "{\"phone\":\"12\"}"), "invalid", 422);
        assertProblem(post("/applications", key, body), "not-allowed", 403);
        assertProblem(get("/applications/ZG2001-0001", staffKey), "not-found", 404);
        assertProblem(get("/applications/nonsense", staffKey), "not-found", 404);
        assertProblem(get("/applications/ZG2001-0001", key), "not-allowed", 403);
    }

    @Test
    void paths_that_do_not_exist_and_wrong_methods_are_problems_too() throws Exception {
        assertProblem(get("/nothing/here", key), "not-found", 404);
        assertProblem(send("DELETE", "/stores", key, null, null), "not-found", 404);
        var answer = http.send(
                request("/checks", key)
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                text());
        assertThat(answer.statusCode()).isBetween(400, 415);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void the_api_describes_itself_and_its_problems_to_everybody() throws Exception {
        var description = get("/openapi.json", "");
        assertThat(description.statusCode()).isEqualTo(200);
        assertThat(json(description).at("/openapi").asString()).startsWith("3.1");
        assertThat(description.body())
                .contains(
                        "/api/v1/stores/{id}/hours",
                        "/api/v1/merchants/{id}/hours",
                        "/api/v1/terminals/{id}/hours",
                        "/api/v1/stores/{id}/trading-state",
                        "/api/v1/stores/{id}/closures",
                        "/api/v1/qr-codes",
                        "/api/v1/terminals/{id}/configuration",
                        "/api/v1/applications/{number}",
                        "/api/v1/calendar/{year}",
                        "/api/v1/checks")
                .doesNotContain("/q/{code}");
        assertThat(json(description).at("/paths").size()).isGreaterThan(10);
        json(description)
                .at("/paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, it) -> {
                    var what = method + " " + path;
                    assertThat(path).isNotEqualTo("/api/v1/**");
                    assertThat(it.at("/summary").asString("")).as(what).isNotBlank();
                    assertThat(it.at("/responses").propertyNames())
                            .as(what)
                            .contains("default")
                            .anyMatch(status -> status.startsWith("2"));
                    if (!it.at("/security").isEmpty()) {
                        assertThat(it.at("/responses/401/$ref").asString(""))
                                .as(what)
                                .isNotEmpty();
                    }
                    it.at("/responses").forEachEntry((status, response) -> {
                        if (!status.startsWith("2")) {
                            assertThat(json(description)
                                            .at(response.at("/$ref").asString().substring(1))
                                            .at("/content/application~1problem+json/schema/$ref")
                                            .asString())
                                    .as(what + " " + status)
                                    .isEqualTo("#/components/schemas/Problem");
                        }
                    });
                }));
        assertThat(json(description)
                        .at("/paths/~1api~1v1~1stores~1{id}~1hours/put/security/0/key/0")
                        .asString())
                .isEqualTo("hours:write");
        assertThat(json(description)
                        .at("/components/schemas/Problem/properties/code")
                        .isObject())
                .isTrue();
        assertThat(json(get("/problems/version-conflict", "")).at("/help").asString())
                .contains("ETag");
        assertProblem(get("/problems/nonsense", ""), "not-found", 404);
    }

    private void assertPicture(String code, String format, String type, byte[] start) throws Exception {
        var answer = http.send(
                request("/qr-codes/" + code + "." + format, key).GET().build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=zhanggui-001." + format);
        assertThat(answer.body()).startsWith(start);
    }

    private void assertCheck(String kind, String value, boolean valid, @Nullable String reason) throws Exception {
        var verdict = json(post("/checks", key, "{\"kind\":\"%s\",\"value\":\"%s\"}".formatted(kind, value)));
        assertThat(verdict.at("/valid").asBoolean()).as(value).isEqualTo(valid);
        assertThat(verdict.at("/reason").asString("")).as(value).isEqualTo(reason == null ? "" : reason);
    }

    private static void assertRefused(HttpResponse<String> answer, String scope) {
        assertProblem(answer, "scope-missing", 403);
        assertThat(json(answer).at("/detail").asString()).isEqualTo("needs " + scope);
    }

    private static void assertProblem(HttpResponse<String> answer, String code, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertProblem(answer, code);
    }

    private static void assertProblem(HttpResponse<String> answer, String code) {
        var problem = json(answer);
        assertThat(problem.at("/code").asString()).as(answer.body()).isEqualTo(code);
        assertThat(problem.at("/type").asString()).isEqualTo("/api/v1/problems/" + code);
        assertThat(problem.at("/status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.at("/title").asString()).isNotBlank();
        assertThat(problem.at("/help").asString()).isNotBlank();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> get(String path, String secret) throws IOException, InterruptedException {
        return http.send(request(path, secret).GET().build(), text());
    }

    private HttpResponse<String> post(String path, String secret, String body)
            throws IOException, InterruptedException {
        return send("POST", path, secret, body, null);
    }

    private HttpResponse<String> put(String path, String secret, String body, @Nullable String ifMatch)
            throws IOException, InterruptedException {
        var request = request(path, secret)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body));
        return http.send((ifMatch == null ? request : request.header("If-Match", ifMatch)).build(), text());
    }

    private HttpResponse<String> send(
            String method, String path, String secret, @Nullable String body, @Nullable String idempotencyKey)
            throws IOException, InterruptedException {
        var request = request(path, secret)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return http.send(request.build(), text());
    }

    private HttpRequest.Builder request(String path, String secret) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path));
        return secret.isEmpty() ? request : request.header("Authorization", "Bearer " + secret);
    }

    private static HttpResponse.BodyHandler<String> text() {
        return HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8);
    }

    private Actor person() {
        var phone = Phone.check("139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)))
                .orThrow();
        return Actor.person(accounts.ensurePerson(SYSTEM, phone), "测试人", Set.of());
    }

    private MerchantId merchant(Actor owner, String name) {
        var card = BankCard.check("6222020000000000000").orThrow();
        return merchants.open(
                SYSTEM, new NewMerchant(owner.accountId(), name, MerchantKind.SOLE_TRADER, null, "王小明", card));
    }

    private Store store(MerchantId merchant, String name) {
        var id = merchants.openStore(
                SYSTEM,
                merchant,
                new NewStore(name, null, "510105", "解放路 12 号", ZoneId.of("Asia/Shanghai"), "restaurant"));
        return merchants.store(SYSTEM, id);
    }
}
