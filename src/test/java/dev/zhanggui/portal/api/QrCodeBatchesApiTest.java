package dev.zhanggui.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.internal.BatchWork;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Batches of codes as a merchant's program starts, watches and stops them. */
class QrCodeBatchesApiTest extends DatabaseTest {

    @Autowired
    private ApiKeys keys;

    @Autowired
    private Merchants merchants;

    @Autowired
    private QrCodes codes;

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();

    private Fixtures.Owner owner;
    private String merchant;
    private String key;

    @BeforeEach
    void aManagersKey() {
        owner = fixtures.owner("解放路店");
        merchant = merchants.merchant(owner.actor(), owner.merchant()).publicId();
        key = key(Role.MANAGER);
    }

    @Test
    void a_batch_is_checked_started_watched_and_read_row_by_row() throws Exception {
        var csv = "store,place,holder\\n解放路店,柜台,王姐\\n谁家,柜台,\\n%s,门口,"
                .formatted(owner.store().publicId());

        var checked = submit("/check", wish(csv, ""));
        assertThat(checked.statusCode()).as(checked.body()).isEqualTo(200);
        assertThat(json(checked).at("/right").asInt()).isEqualTo(2);
        assertThat(json(checked).at("/wrong/0/row").asInt()).isEqualTo(3);
        assertThat(json(checked).at("/wrong/0/error").asString()).isEqualTo("STORE_UNKNOWN");
        assertThat(codes.list(owner.actor(), owner.store().id())).isEmpty();

        var started = submit("", wish(csv, ",\"name\":\"两张.csv\""));
        assertThat(started.statusCode()).as(started.body()).isEqualTo(201);
        var id = json(started).at("/id").asString();
        assertThat(started.headers().firstValue("Location")).hasValue("/api/v1/qr-code-batches/" + id);
        assertThat(json(started).at("/state").asString()).isEqualTo("RUNNING");
        assertThat(json(started).at("/left").asInt()).isEqualTo(2);

        beans.createBean(BatchWork.class).all();
        var done = json(get("/" + id));
        assertThat(done.at("/state").asString()).isEqualTo("DONE");
        assertThat(done.at("/issued").asInt()).isEqualTo(2);
        assertThat(done.at("/name").asString()).isEqualTo("两张.csv");
        assertThat(json(get("?merchant=" + merchant)).at("/items/0")).isEqualTo(done);

        var issued = json(get("/" + id + "/rows?result=ISSUED")).at("/items");
        assertThat(issued.size()).isEqualTo(2);
        assertThat(issued.at("/0/holder").asString()).isEqualTo("王姐");
        assertThat(codes.list(owner.actor(), owner.store().id()))
                .extracting(QrCode::url)
                .containsExactly(
                        issued.at("/0/url").asString(), issued.at("/1/url").asString());
        assertThat(json(get("/" + id + "/rows")).at("/items").size()).isEqualTo(3);
        assertFault(get("/" + id + "/rows?result=LOST"), "result", "UNKNOWN");
        assertFault(get("/" + id + "/rows?cursor=x"), "cursor", "UNKNOWN");
    }

    @Test
    void many_rows_are_read_page_by_page_each_once() throws Exception {
        var csv =
                IntStream.rangeClosed(1, 620).mapToObj(i -> "解放路店," + i + " 号桌").collect(Collectors.joining("\\n"));
        var id = json(submit("", wish("store,place\\n" + csv, ""))).at("/id").asString();
        var first = json(get("/" + id + "/rows"));
        assertThat(first.at("/items").size()).isEqualTo(500);
        var second = json(get("/" + id + "/rows?cursor=" + first.at("/next").asString()));
        assertThat(second.at("/items").size()).isEqualTo(120);
        assertThat(second.at("/items/0/row").asInt()).isEqualTo(502);
        assertThat(second.has("next")).isFalse();
        submit("/" + id + "/cancel", null);
    }

    @Test
    void a_repeated_post_starts_one_batch_and_the_same_text_takes_another_word() throws Exception {
        var wish = wish("store,place\\n解放路店,柜台", "");
        var first = call("POST", "", wish, key, Map.of("Idempotency-Key", "b-1"));
        var repeated = call("POST", "", wish, key, Map.of("Idempotency-Key", "b-1"));
        assertThat(repeated.statusCode()).isEqualTo(201);
        assertThat(json(repeated)).isEqualTo(json(first));
        assertThat(json(get("?merchant=" + merchant)).at("/items").size()).isEqualTo(1);

        var same = submit("", wish);
        assertProblem(same, 409, "batch-same-text");
        assertThat(json(same).at("/detail").asString())
                .isEqualTo(json(first).at("/id").asString());
        var again = submit("", wish("store,place\\n解放路店,柜台", ",\"again\":true"));
        assertThat(again.statusCode()).isEqualTo(201);
        submit("/" + json(first).at("/id").asString() + "/cancel", null);
        submit("/" + json(again).at("/id").asString() + "/cancel", null);
    }

    @Test
    void a_cancelled_batch_issues_nothing_more() throws Exception {
        var id = json(submit("", wish("store,place\\n解放路店,柜台", ""))).at("/id").asString();
        var cancelled = submit("/" + id + "/cancel", null);
        beans.createBean(BatchWork.class).all();

        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(json(cancelled).at("/state").asString()).isEqualTo("CANCELLED");
        assertThat(json(cancelled).at("/left").asInt()).isEqualTo(1);
        assertThat(codes.list(owner.actor(), owner.store().id())).isEmpty();
        assertThat(json(get("/" + id + "/rows")).at("/items/0/result").asString())
                .isEqualTo("CANCELLED");
        assertThat(json(submit("/" + id + "/cancel", null))).isEqualTo(json(cancelled));
    }

    @Test
    void what_cannot_be_issued_is_told_with_its_place() throws Exception {
        assertFault(submit("", "{\"csv\":\"store,place\"}"), "merchant", "MISSING");
        assertFault(submit("", "{\"merchant\":\"%s\"}".formatted(merchant)), "csv", "MISSING");
        assertFault(submit("", wish("解放路店,柜台", "")), "csv[1]", "NO_HEAD");
        assertFault(submit("", wish("store,place", "")), "csv", "NO_ROWS");
        assertFault(submit("", wish("store,place\\n解放路店,", "")), "csv[2]", "PLACE_MISSING");
        assertThat(json(get("?merchant=" + merchant)).at("/items").size()).isZero();
    }

    @Test
    void a_cashiers_key_neither_starts_nor_looks() throws Exception {
        var cashier = key(Role.CASHIER);
        var wish = wish("store,place\\n解放路店,柜台", "");
        assertProblem(call("POST", "", wish, cashier, Map.of()), 403, "not-allowed");
        assertProblem(call("POST", "/check", wish, cashier, Map.of()), 403, "not-allowed");
        assertProblem(call("GET", "?merchant=" + merchant, null, cashier, Map.of()), 403, "not-allowed");
    }

    private String wish(String csv, String more) {
        return "{\"merchant\":\"%s\",\"csv\":\"%s\"%s}".formatted(merchant, csv, more);
    }

    private String key(Role role) {
        return keys.createForMerchant(owner.actor(), owner.merchant(), "总部软件", role, EnumSet.allOf(Scope.class))
                .secret();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return call("GET", path, null, key, Map.of());
    }

    private HttpResponse<String> submit(String path, @Nullable String body) throws Exception {
        return call("POST", path, body, key, Map.of());
    }

    private HttpResponse<String> call(
            String method, String path, @Nullable String body, String secret, Map<String, String> headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/qr-code-batches" + path))
                .header("Authorization", "Bearer " + secret);
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
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
