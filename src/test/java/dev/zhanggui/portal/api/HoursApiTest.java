package dev.zhanggui.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.support.DatabaseTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hours in all formats over real HTTP. It is Monday, 10:00 in Shanghai. */
class HoursApiTest extends DatabaseTest {

    private static final Actor SYSTEM = Actor.system("test");

    @Autowired
    private ApiKeys keys;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Merchants merchants;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();

    private String key;
    private String hours;

    @BeforeEach
    void aStoreWithAKey() {
        var phone = Phone.check("139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)))
                .orThrow();
        var owner = Actor.person(accounts.ensurePerson(SYSTEM, phone), "测试人", Set.of());
        var card = BankCard.check("6222020000000000000").orThrow();
        var merchant = merchants.open(
                SYSTEM, new NewMerchant(owner.accountId(), "茶馆", MerchantKind.SOLE_TRADER, null, "王小明", card));
        var id = merchants.openStore(
                SYSTEM,
                merchant,
                new NewStore("茶馆", null, "510105", "解放路 12 号", ZoneId.of("Asia/Shanghai"), "restaurant"));
        hours = "/stores/" + merchants.store(SYSTEM, id).publicId() + "/hours";
        key = keys.createForMerchant(owner, merchant, "软件", Role.OWNER, EnumSet.allOf(Scope.class))
                .secret();
    }

    @ParameterizedTest(name = "{0} {1} in {2}, {3}: {6}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            osm ~ "Mo-Fr 09:00-12:00,13:00-18:00; PH off" ~ Asia/Shanghai ~ "CN" ~ 2026-09-30T00:00 ~ 2026-10-09T00:00 ~ 2026-09-30T09:00/2026-09-30T12:00 2026-09-30T13:00/2026-09-30T18:00 2026-10-08T09:00/2026-10-08T12:00 2026-10-08T13:00/2026-10-08T18:00
            osm ~ "Mo-Fr 09:00-18:00; PH off" ~ Asia/Shanghai ~ {"publicHolidays":["2026-03-17"]} ~ 2026-03-16T00:00 ~ 2026-03-19T00:00 ~ 2026-03-16T09:00/2026-03-16T18:00 2026-03-18T09:00/2026-03-18T18:00
            osm ~ "Mo-Fr 09:00-18:00; PH off" ~ Asia/Shanghai ~ "none" ~ 2026-10-01T00:00 ~ 2026-10-02T00:00 ~ 2026-10-01T09:00/2026-10-01T18:00
            osm ~ "24/7" ~ Asia/Shanghai ~ "CN" ~ 2026-03-16T00:00 ~ 2026-03-18T12:00 ~ 2026-03-16T00:00/2026-03-18T12:00
            osm ~ "Sa 22:00-04:00" ~ America/New_York ~ "none" ~ 2026-03-07 ~ 2026-03-09 ~ 2026-03-07T22:00/2026-03-08T04:00
            osm ~ "Sa 22:00-01:30" ~ America/New_York ~ "none" ~ 2026-10-31 ~ 2026-11-02 ~ 2026-10-31T22:00/2026-11-01T01:30 2026-11-01T01:00/2026-11-01T01:30
            osm ~ "Su 02:15-03:30" ~ America/New_York ~ "none" ~ 2026-03-08 ~ 2026-03-09 ~ 2026-03-08T03:00/2026-03-08T03:30
            osm ~ "Mo 09:15-17:45" ~ Asia/Kathmandu ~ "none" ~ 2026-03-16T00:00:00 ~ 2026-03-17T00:00:00 ~ 2026-03-16T09:15/2026-03-16T17:45
            osm ~ "Mo 09:15-17:45" ~ Pacific/Chatham ~ "none" ~ 2026-04-06 ~ 2026-04-07 ~ 2026-04-06T09:15/2026-04-06T17:45
            zhanggui ~ {"zone":"Asia/Shanghai","weekly":{"mon":["22:00-02:00"],"tue":[]}} ~ Asia/Shanghai ~ "CN" ~ 2026-03-16T00:00 ~ 2026-03-18T00:00 ~ 2026-03-16T22:00/2026-03-17T02:00
            zhanggui ~ {"weekly":{"mon":["09:00-18:00"]},"dayKinds":{"makeUpWorkday":"mon"}} ~ Asia/Shanghai ~ "CN" ~ 2026-02-14T00:00 ~ 2026-02-15T00:00 ~ 2026-02-14T09:00/2026-02-14T18:00
            zhanggui ~ {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-18:00"]}} ~ Asia/Urumqi ~ "CN" ~ 2026-03-16T00:00 ~ 2026-03-17T00:00 ~ 2026-03-16T07:00/2026-03-16T16:00
            schema.org ~ [{"@type":"OpeningHoursSpecification","dayOfWeek":["https://schema.org/Monday","Tuesday"],"opens":"18:00","closes":"02:00"}] ~ Asia/Shanghai ~ "CN" ~ 2026-03-16T00:00 ~ 2026-03-19T00:00 ~ 2026-03-16T18:00/2026-03-17T02:00 2026-03-17T18:00/2026-03-18T02:00
            google ~ {"regularHours":{"periods":[{"openDay":"MONDAY","openTime":{"hours":9},"closeDay":"MONDAY","closeTime":{"hours":24}}]}} ~ Asia/Shanghai ~ "CN" ~ 2026-03-16T00:00 ~ 2026-03-18T00:00 ~ 2026-03-16T09:00/2026-03-17T00:00
            words ~ "周一到周五9点到18点，周末10点到22点，五一关" ~ Asia/Shanghai ~ "CN" ~ 2026-04-30 ~ 2026-05-07 ~ 2026-04-30T09:00/2026-04-30T18:00 2026-05-06T09:00/2026-05-06T18:00
            words ~ "Mon to Fri 9am-6pm" ~ Asia/Shanghai ~ "CN" ~ 2026-03-16 ~ 2026-03-17 ~ 2026-03-16T09:00/2026-03-16T18:00
            ical ~ "BEGIN:VCALENDAR\\nBEGIN:VEVENT\\nDTSTART:20260316T090000\\nDURATION:PT9H\\nEND:VEVENT\\nEND:VCALENDAR" ~ Asia/Shanghai ~ "CN" ~ 2026-03-16 ~ 2026-03-17 ~ 2026-03-16T09:00/2026-03-16T18:00
            """)
    void aPreviewSaysWhenItIsOpen(
            String format, String text, String zone, String calendar, String from, String to, String intervals)
            throws Exception {
        var answer = preview(format, text, zone, calendar, from, to);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer)
                        .at("/intervals")
                        .valueStream()
                        .map(it ->
                                it.at("/start").asString() + "/" + it.at("/end").asString())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(intervals);
        assertThat(json(answer).at("/errors").size()).isZero();
    }

    @ParameterizedTest(name = "{0} {1}: {3} at {2}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            osm ~ "Feb 30 10:00-12:00" ~ hours ~ NOT_A_DATE ~ Feb 30
            osm ~ "Mo 25:00-26:00" ~ hours ~ NOT_A_TIME ~ 25:00
            osm ~ "Mo 09:00-18:00 perhaps" ~ hours ~ UNKNOWN_WORD ~ perhaps
            osm ~ "2026 Dec 26-2026 Dec 24 off" ~ hours ~ REVERSED ~ 2026 Dec 26-2026 Dec 24
            osm ~ "" ~ hours ~ EMPTY ~ ``
            osm ~ 7 ~ hours ~ WRONG_TYPE ~ 7
            zhanggui ~ {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-25:00"]}} ~ weekly.mon[0] ~ NOT_A_TIME ~ 09:00-25:00
            zhanggui ~ {"zone":"Asia/Shanghai","dates":[{"from":"2026-02-30","to":"2026-03-01","periods":[]}]} ~ dates[0].from ~ NOT_A_DATE ~ 2026-02-30
            schema.org ~ [{"dayOfWeek":"Funday","opens":"09:00","closes":"18:00"}] ~ [0].dayOfWeek ~ UNKNOWN_DAY ~ Funday
            schema.org ~ {"dayOfWeek":"Monday","opens":"09:00","closes":"25:00"} ~ closes ~ NOT_A_TIME ~ 25:00
            schema.org ~ [{"dayOfWeek":"Monday","opens":"09:00","closes":"18:00","validFrom":"2026-02-30","validThrough":"2026-03-02"}] ~ [0].validFrom ~ NOT_A_DATE ~ 2026-02-30
            google ~ {"regularHours":{"periods":[{"openDay":"MONDAY","openTime":"09:00","closeDay":"MONDAY","closeTime":"08:00"}]}} ~ regularHours.periods[0] ~ REVERSED ~ MONDAY 09:00-MONDAY 08:00
            google ~ [] ~ `` ~ WRONG_TYPE ~ []
            words ~ "每天9点到25点" ~ hours ~ NOT_A_TIME ~ 25点
            words ~ "每天日出到日落" ~ hours ~ UNKNOWN_WORD ~ 日出到日落
            ical ~ "BEGIN:VCALENDAR\\nBEGIN:VEVENT\\nDTSTART:20260230T090000\\nEND:VEVENT\\nEND:VCALENDAR" ~ line 3 ~ NOT_A_DATE ~ 20260230T090000
            """)
    void invalidHoursAreRefusedWithThePlaceOfTheError(
            String format, String text, String path, String code, String value) throws Exception {
        var answer = preview(format, text, "Asia/Shanghai", "\"CN\"", "2026-03-16T00:00", "2026-03-17T00:00");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).at("/code").asString()).isEqualTo("hours-invalid");
        var error = json(answer).at("/errors/0");
        assertThat(error.at("/path").asString()).isEqualTo(path);
        assertThat(error.at("/code").asString()).isEqualTo(code);
        assertThat(error.at("/value").asString()).isEqualTo(value);
        assertThat(error.at("/text/zh").asString()).matches(".*\\p{IsHan}.*");
        assertThat(error.at("/text/en").asString()).isNotBlank();
    }

    @Test
    void anErrorInTextSaysWhereItBegins() throws Exception {
        var answer = preview(
                "osm", "\"Mo-Fr 09:00-18:00; Feb 30 off\"", "Asia/Shanghai", "\"CN\"", "2026-03-16", "2026-03-17");
        assertThat(json(answer).at("/errors/0/offset").asInt()).isEqualTo(19);
        assertThat(json(answer).at("/errors/0/length").asInt()).isEqualTo(6);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}..{4}: {6} at {5}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            excel ~ "Asia/Shanghai" ~ "CN" ~ "2026-03-16T00:00" ~ "2026-03-17T00:00" ~ format ~ UNKNOWN
            osm ~ "Asia/Nowhere" ~ "CN" ~ "2026-03-16T00:00" ~ "2026-03-17T00:00" ~ zone ~ UNKNOWN_ZONE
            osm ~ "+08:00" ~ "CN" ~ "2026-03-16T00:00" ~ "2026-03-17T00:00" ~ zone ~ UNKNOWN_ZONE
            osm ~ null ~ "CN" ~ "2026-03-16T00:00" ~ "2026-03-17T00:00" ~ zone ~ MISSING
            osm ~ "Asia/Shanghai" ~ "DE" ~ "2026-03-16T00:00" ~ "2026-03-17T00:00" ~ calendar ~ UNKNOWN
            osm ~ "Asia/Shanghai" ~ {"publicHolidays":["2026-02-30"]} ~ "2026-03-16T00:00" ~ "2026-03-17T00:00" ~ calendar.publicHolidays[0] ~ NOT_A_DATE
            osm ~ "Asia/Shanghai" ~ "CN" ~ "2026-02-30T00:00" ~ "2026-03-17T00:00" ~ from ~ NOT_A_LOCAL_TIME
            osm ~ "Asia/Shanghai" ~ "CN" ~ "2026-03-16T00:00Z" ~ "2026-03-17T00:00" ~ from ~ NOT_A_LOCAL_TIME
            osm ~ "Asia/Shanghai" ~ "CN" ~ "2026-03-16T00:00" ~ null ~ to ~ MISSING
            osm ~ "Asia/Shanghai" ~ "CN" ~ "2026-03-16T00:00" ~ "2026-03-16T00:00" ~ to ~ REVERSED
            osm ~ "Asia/Shanghai" ~ "CN" ~ "2026-03-16T00:00" ~ "2027-04-22T00:00" ~ to ~ RANGE_TOO_LONG
            """)
    void aPreviewThatAsksWronglyIsRefused(
            String format, String zone, String calendar, String from, String to, String path, String code)
            throws Exception {
        var answer = send("POST", "/hours/preview", """
                {"format":"%s","hours":"24/7","zone":%s,"calendar":%s,"from":%s,"to":%s}""".formatted(format, zone, calendar, from, to), null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(json(answer).at("/code").asString()).isEqualTo("invalid");
        assertThat(json(answer).at("/errors/0/path").asString()).isEqualTo(path);
        assertThat(json(answer).at("/errors/0/code").asString()).isEqualTo(code);
    }

    @Test
    void whatWasAssumedIsAWarning() throws Exception {
        var answer = preview("osm", "\"Mo 22:00-26:00\"", "Asia/Shanghai", "\"CN\"", "2026-03-16", "2026-03-18");
        assertThat(json(answer).at("/intervals/0/end").asString()).isEqualTo("2026-03-17T02:00");
        assertThat(json(answer).at("/warnings/0/code").asString()).isEqualTo("EXTENDED_HOURS");
        assertThat(json(answer).at("/warnings/0/text/zh").asString()).contains("26:00");
    }

    @Test
    void aStoresHoursGoOutAndComeBackWithNothingLost() throws Exception {
        var own = """
                {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-18:00"],"sat":["10:00-02:00"],"sun":[]},\
                "dayKinds":{"holiday":[],"makeUpWorkday":"mon"},"outside":{"policy":"DENY"}}""";
        assertThat(send("PUT", hours, own, "\"0\"").statusCode()).isEqualTo(200);

        var out = send("GET", hours + "?format=osm", null, null);
        assertThat(out.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(json(out).at("/hours").asString()).isEqualTo("Mo 09:00-18:00; Sa 10:00-02:00; Su off; PH off");
        assertThat(json(out).at("/notCarried").toString()).contains("NO_NOT_SET", "NO_MAKE_UP", "NO_OUTSIDE");

        var tried = send("PUT", hours + "?format=osm&dryRun=true", "Mo-Fr 08:00-17:00; PH off", null);
        assertThat(tried.statusCode()).as(tried.body()).isEqualTo(200);
        assertThat(json(tried).at("/document/dayKinds/makeUpWorkday").asString())
                .isEqualTo("mon");
        assertThat(json(tried).at("/document/outside/policy").asString()).isEqualTo("DENY");
        assertThat(json(tried).at("/sentence/zh").asString()).startsWith("周一到周五 8 点到 17 点");
        assertThat(send("GET", hours, null, null).headers().firstValue("ETag")).hasValue("\"1\"");

        assertThat(send("PUT", hours + "?format=osm", "Mo-Fr 08:00-17:00", null).statusCode())
                .isEqualTo(428);
        assertThat(send("PUT", hours + "?format=osm", "Mo-Fr 08:00-17:00", "\"0\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(send("PUT", hours + "?format=osm", "Mo-Fr 08:00-27:99", "\"1\"")
                        .statusCode())
                .isEqualTo(422);
        var changed = send("PUT", hours + "?format=osm", "Mo-Fr 08:00-17:00; PH off", "\"1\"");
        assertThat(changed.headers().firstValue("ETag")).hasValue("\"2\"");
        assertThat(json(send("GET", hours, null, null)).at("/weekly/fri/0").asString())
                .isEqualTo("08:00-17:00");
    }

    @ParameterizedTest
    @CsvSource({"zhanggui", "osm", "schema.org", "google", "words", "ical"})
    void whatGetGivesPutTakes(String format) throws Exception {
        send(
                "PUT",
                hours,
                "{\"zone\":\"Asia/Shanghai\",\"weekly\":{\"mon\":[\"09:00-18:00\"]},\"outside\":{\"policy\":\"DENY\"}}",
                "\"0\"");
        var out = send("GET", hours + "?format=" + format, null, null);
        assertThat(out.statusCode()).as(out.body()).isEqualTo(200);
        var back = send("PUT", hours + "?format=" + format + "&dryRun=true", out.body(), null);
        assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
        assertThat(json(back).at("/document/weekly/mon/0").asString()).isEqualTo("09:00-18:00");
    }

    @Test
    void aStoresIntervalsAreToldForARange() throws Exception {
        send(
                "PUT",
                hours,
                "{\"zone\":\"Asia/Shanghai\",\"weekly\":{\"mon\":[\"22:00-02:00\"]},\"outside\":{\"policy\":\"DENY\"}}",
                "\"0\"");
        var local = json(send("GET", hours + "/intervals?from=2026-03-16T00:00&to=2026-03-18T00:00", null, null));
        assertThat(local.at("/intervals/0/start").asString()).isEqualTo("2026-03-16T14:00:00Z");
        assertThat(local.at("/intervals/0/end").asString()).isEqualTo("2026-03-16T18:00:00Z");
        var moments = send(
                "GET",
                hours + "/intervals?from=2026-03-16T00:00:00%2B08:00&to=2026-03-18T00:00:00%2B08:00",
                null,
                null);
        assertThat(json(moments)).isEqualTo(local);
        var wrong = send("GET", hours + "/intervals?from=2026-03-18T00:00&to=2026-03-16T00:00", null, null);
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(json(wrong).at("/errors/0/code").asString()).isEqualTo("REVERSED");
        assertThat(send("GET", hours + "?format=excel", null, null).statusCode())
                .isEqualTo(422);
    }

    private HttpResponse<String> preview(
            String format, String hours, String zone, String calendar, String from, String to) throws Exception {
        return send("POST", "/hours/preview", """
                {"format":"%s","hours":%s,"zone":"%s","calendar":%s,"from":"%s","to":"%s"}""".formatted(format, hours, zone, calendar, from, to), null);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body, @Nullable String ifMatch)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                .header("Authorization", "Bearer " + key)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", path.contains("format=") ? "text/plain" : "application/json");
        }
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
