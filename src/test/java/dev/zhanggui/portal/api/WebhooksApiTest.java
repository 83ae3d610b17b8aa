package dev.zhanggui.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Endpoints of webhooks as a merchant's program manages them. */
class WebhooksApiTest extends DatabaseTest {

    private static final String HOOK = """
            {"url":"https://hook.example/in?a=b","description":"收银软件","events":["qr.revoked","collection.refused"]}""";

    @Autowired
    private ApiKeys keys;

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private JdbcTemplate jdbc;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private String key;

    @BeforeEach
    void aMerchantWithAKey() {
        var owner = fixtures.owner("有软件的店");
        key = keys.createForMerchant(owner.actor(), owner.merchant(), "收银软件", Role.MANAGER, EnumSet.allOf(Scope.class))
                .secret();
    }

    @Test
    void an_endpoint_is_registered_changed_stopped_and_removed() throws Exception {
        var made = post("", HOOK);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("ETag")).hasValue("\"0\"");
        var id = json(made).at("/id").asString();
        assertThat(made.headers().firstValue("Location")).hasValue("/api/v1/webhooks/" + id);
        assertThat(json(made).at("/secret").asString()).startsWith("whsec_");
        assertThat(json(made).at("/events").toString()).isEqualTo("[\"qr.revoked\",\"collection.refused\"]");
        assertThat(json(made).at("/active").asBoolean()).isTrue();

        var seen = send("GET", "/" + id, null, Map.of());
        assertThat(json(seen).at("/secret").isMissingNode()).isTrue();
        assertThat(json(send("GET", "", null, Map.of())).at("/items/0/id").asString())
                .isEqualTo(id);

        assertProblem(send("PUT", "/" + id, HOOK, Map.of()), 428, "if-match-required");
        var stopped = send(
                "PUT",
                "/" + id,
                "{\"url\":\"https://hook.example/neu\",\"events\":[\"qr.revoked\"],\"active\":false}",
                Map.of("If-Match", "\"0\""));
        assertThat(json(stopped).at("/stopped/reason").asString()).isEqualTo("MERCHANT");
        assertThat(json(stopped).at("/url").asString()).isEqualTo("https://hook.example/neu");
        assertProblem(send("PUT", "/" + id, HOOK, Map.of("If-Match", "\"0\"")), 412, "version-conflict");
        assertProblem(post("/" + id + "/ping", null), 409, "webhook-stopped");
        assertProblem(post("/" + id + "/replay", "{\"since\":\"2026-03-16T00:00:00Z\"}"), 409, "webhook-stopped");

        assertThat(send("DELETE", "/" + id, null, Map.of()).statusCode()).isEqualTo(204);
        assertProblem(send("GET", "/" + id, null, Map.of()), 404, "not-found");
    }

    @Test
    void what_is_wrong_is_named_by_its_place() throws Exception {
        assertFault("{}", "url", "MISSING");
        assertFault("{\"url\":\"https://10.0.0.1/\",\"events\":[\"qr.revoked\"]}", "url", "PRIVATE");
        assertFault("{\"url\":\"https://hook.example/\"}", "events", "MISSING");
        assertFault("{\"url\":\"https://hook.example/\",\"events\":[\"qr.revoked\",\"ping\"]}", "events[1]", "UNKNOWN");
        var id = json(post("", HOOK)).at("/id").asString();
        assertProblem(post("/" + id + "/replay", "{\"since\":\"gestern\"}"), 422, "invalid");
        assertProblem(post("/" + id + "/replay", "{}"), 422, "invalid");
        assertProblem(send("GET", "/" + id + "/deliveries?state=LOST", null, Map.of()), 422, "invalid");
        assertProblem(send("GET", "/" + id + "/deliveries?cursor=x", null, Map.of()), 404, "not-found");
        for (int i = 1; i < 10; i++) {
            assertThat(post("", HOOK).statusCode()).isEqualTo(201);
        }
        assertProblem(post("", HOOK), 409, "webhooks-enough");
    }

    @Test
    void a_ping_is_listed_shown_and_replayed() throws Exception {
        var id = json(post("", HOOK)).at("/id").asString();
        var ping = post("/" + id + "/ping", null);
        assertThat(ping.statusCode()).isEqualTo(202);
        var delivery = json(ping).at("/id").asString();
        assertThat(json(ping).at("/state").asString()).isEqualTo("WAITING");

        var page = json(send("GET", "/" + id + "/deliveries?state=WAITING", null, Map.of()));
        assertThat(page.at("/items/0/id").asString()).isEqualTo(delivery);
        assertThat(page.at("/next").isMissingNode()).isTrue();
        assertThat(json(send("GET", "/" + id + "/deliveries?state=STOPPED", null, Map.of()))
                        .at("/items")
                        .size())
                .isZero();
        assertThat(json(send("GET", "/" + id + "/deliveries?text=ping", null, Map.of()))
                        .at("/items/0/id")
                        .asString())
                .isEqualTo(delivery);
        assertThat(json(send("GET", "/" + id + "/deliveries?text=qr.revoked", null, Map.of()))
                        .at("/items")
                        .size())
                .isZero();
        assertThat(json(send("GET", "/" + id + "/deliveries?cursor=" + delivery, null, Map.of()))
                        .at("/items")
                        .size())
                .isZero();
        var whole = json(send("GET", "/" + id + "/deliveries/" + delivery, null, Map.of()));
        assertThat(whole.at("/payload").asString()).contains("\"type\":\"ping\"", id);
        assertThat(whole.at("/attempts").size()).isZero();
        assertThat(post("/" + id + "/deliveries/" + delivery + "/replay", null).statusCode())
                .isEqualTo(202);
        assertThat(json(post("/" + id + "/replay", "{\"since\":\"2026-03-16T00:00:00+08:00\"}"))
                        .at("/replayed")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void a_repeated_registration_gives_the_same_secret_again_and_the_table_of_answers_does_not() throws Exception {
        var once = Map.of("Idempotency-Key", "hook-1");
        var first = send("POST", "", HOOK, once);
        var again = send("POST", "", HOOK, once);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(json(send("GET", "", null, Map.of())).at("/items").size()).isEqualTo(1);

        var secret = json(first).at("/secret").asString();
        var bodies = jdbc.queryForList("SELECT body FROM api_answer WHERE idempotency_key = 'hook-1'", byte[].class);
        assertThat(bodies)
                .isNotEmpty()
                .allSatisfy(body -> assertThat(new String(body, StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret));
    }

    @Test
    void a_rotated_secret_is_told_with_the_end_of_the_old_one() throws Exception {
        var made = json(post("", HOOK));
        var rotated = json(post("/" + made.at("/id").asString() + "/secret", null));
        assertThat(rotated.at("/secret").asString())
                .startsWith("whsec_")
                .isNotEqualTo(made.at("/secret").asString());
        assertThat(rotated.at("/oldSecretUntil").asString()).isEqualTo("2026-03-17T02:00:00Z");
    }

    private void assertFault(String body, String path, String code) throws Exception {
        var answer = post("", body);
        assertProblem(answer, 422, "invalid");
        assertThat(json(answer).at("/errors/0/path").asString()).isEqualTo(path);
        assertThat(json(answer).at("/errors/0/code").asString()).isEqualTo(code);
    }

    private HttpResponse<String> post(String path, @Nullable String body) throws Exception {
        return send("POST", path, body, Map.of());
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/webhooks" + path))
                .header("Authorization", "Bearer " + key);
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).at("/code").asString()).isEqualTo(code);
    }
}
