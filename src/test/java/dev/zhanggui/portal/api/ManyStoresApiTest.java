package dev.zhanggui.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same hours for many stores, over real HTTP. It is Monday, 10:00 in Shanghai. */
class ManyStoresApiTest extends DatabaseTest {

    private static final String NINE_TO_SIX = "{\"weekly\":{\"mon\":[\"09:00-18:00\"]}}";

    @Autowired
    private ApiKeys keys;

    @Autowired
    private Merchants merchants;

    @Autowired
    private Fixtures fixtures;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();

    private Fixtures.Owner owner;
    private String first = "";
    private String second = "";
    private String key = "";

    @BeforeEach
    void twoStoresAndAKey() {
        owner = fixtures.owner("解放路店");
        first = owner.store().publicId();
        var other = merchants.openStore(
                Fixtures.SYSTEM,
                owner.merchant(),
                new NewStore("北门店", null, "430102", "北门 1 号", ZoneId.of("Asia/Shanghai"), "restaurant"));
        second = merchants.store(Fixtures.SYSTEM, other).publicId();
        key = key(Role.OWNER);
    }

    @Test
    void aDryRunTellsMinutesPerStoreAndChangesNothing() throws Exception {
        var answer = apply("[\"%s\",\"%s\"]".formatted(first, second), ",\"dryRun\":true");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).at("/dryRun").asBoolean()).isTrue();
        var result = json(answer).at("/results/0");
        assertThat(result.at("/store").asString()).isEqualTo(first);
        assertThat(result.at("/result").asString()).isEqualTo("changed");
        assertThat(result.at("/version").asInt()).isZero();
        assertThat(result.at("/week/gained").asInt()).isEqualTo(540);
        assertThat(result.at("/week/lost").asInt()).isZero();
        // The rest of today, and four more Mondays.
        assertThat(result.at("/next30Days/gained").asInt()).isEqualTo(480 + 4 * 540);
        assertThat(result.at("/neverOpen").asBoolean()).isFalse();
        assertThat(results(apply("[\"%s\"]".formatted(first), ",\"dryRun\":true")))
                .isEqualTo("changed 0");
    }

    @Test
    void eachStoreAnswersForItself() throws Exception {
        assertThat(results(apply("[\"%s\"]".formatted(second), ""))).isEqualTo("changed 1");
        assertThat(results(apply("[\"%s\",\"%s\"]".formatted(first, second), "")))
                .isEqualTo("changed 1 unchanged 1");
        var other = "{\"weekly\":{\"mon\":[\"10:00-18:00\"]}}";
        var versions = ",\"versions\":{\"%s\":0,\"%s\":1}".formatted(first, second);
        assertThat(results(apply("[\"%s\",\"%s\"]".formatted(first, second), other, "replace", versions)))
                .isEqualTo("conflict 1 changed 2");
        assertThat(results(apply("[\"%s\",\"%s\"]".formatted(first, second), other, "keep", "")))
                .isEqualTo("unchanged 1 unchanged 2");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            stores ~ MISSING ~ {"stores":[],"document":{},"parts":["weekly"],"mode":"keep"}
            stores[1] ~ MISSING ~ {"stores":["$first",null],"document":{},"parts":["weekly"],"mode":"keep"}
            document ~ MISSING ~ {"stores":["$first"],"parts":["weekly"],"mode":"keep"}
            document.weekly.mon[0] ~ NOT_A_TIME ~ {"stores":["$first"],"document":{"weekly":{"mon":["09:00-25:00"]}},"parts":["weekly"],"mode":"keep"}
            parts ~ MISSING ~ {"stores":["$first"],"document":{},"parts":[],"mode":"keep"}
            parts[0] ~ UNKNOWN ~ {"stores":["$first"],"document":{},"parts":["pack"],"mode":"keep"}
            parts[1] ~ TWICE ~ {"stores":["$first"],"document":{},"parts":["night","night"],"mode":"keep"}
            mode ~ UNKNOWN ~ {"stores":["$first"],"document":{},"parts":["weekly"],"mode":"merge"}
            versions.$second ~ NOT_AMONG_STORES ~ {"stores":["$first"],"document":{},"parts":["weekly"],"mode":"keep","versions":{"$second":1}}
            """)
    void whatIsWrongIsNamed(String path, String code, String body) throws Exception {
        var answer = send(body.replace("$first", first).replace("$second", second), key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(json(answer).at("/errors/0/path").asString()).isEqualTo(path.replace("$second", second));
        assertThat(json(answer).at("/errors/0/code").asString()).isEqualTo(code);
    }

    @Test
    void anothersStoreAnywhereInTheListIsNotFoundAndACashiersKeyIsNotAllowed() throws Exception {
        var theirs = fixtures.owner("别家").store().publicId();
        assertThat(apply("[\"%s\",\"%s\"]".formatted(first, theirs), "").statusCode())
                .isEqualTo(404);
        assertThat(apply("[\"%s\",\"%s\"]".formatted(theirs, first), "").statusCode())
                .isEqualTo(404);
        var refused = send(body("[\"%s\"]".formatted(first), NINE_TO_SIX, "keep", ""), key(Role.CASHIER));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).at("/code").asString()).isEqualTo("not-allowed");
        assertThat(results(apply("[\"%s\"]".formatted(first), ""))).isEqualTo("changed 1");
    }

    private String key(Role role) {
        return keys.createForMerchant(owner.actor(), owner.merchant(), "软件", role, EnumSet.allOf(Scope.class))
                .secret();
    }

    private HttpResponse<String> apply(String stores, String more) throws Exception {
        return apply(stores, NINE_TO_SIX, "replace", more);
    }

    private HttpResponse<String> apply(String stores, String document, String mode, String more) throws Exception {
        return send(body(stores, document, mode, more), key);
    }

    private static String body(String stores, String document, String mode, String more) {
        return "{\"stores\":%s,\"document\":%s,\"parts\":[\"weekly\"],\"mode\":\"%s\"%s}"
                .formatted(stores, document, mode, more);
    }

    private HttpResponse<String> send(String body, String secret) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/hours/apply"))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static String results(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer)
                .at("/results")
                .valueStream()
                .map(it -> it.at("/result").asString() + " " + it.at("/version").asInt())
                .collect(Collectors.joining(" "));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
