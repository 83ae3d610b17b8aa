package dev.zhanggui.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.workcalendar.CalendarNotices;
import dev.zhanggui.portal.workcalendar.CalendarNotices.NewNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotices.Proposal;
import dev.zhanggui.portal.workcalendar.MadeUp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Notices of days off and restrictions, over real HTTP. It is Monday 16 March 2026, 10:00; the store is open from 9 to 18. */
class StaffCallsApiTest extends DatabaseTest {

    /** A year that no other test speaks of. */
    private static final int YEAR = 2087;

    private static final String NOTICES = "/calendar/" + YEAR + "/notices";
    private static final String NIGHT =
            "\"from\":\"2026-03-17T03:00:00+08:00\",\"until\":\"2026-03-17T04:00:00+08:00\"";
    private static final String NOON = "\"from\":\"2026-03-17T12:00:00+08:00\",\"until\":\"2026-03-17T13:00:00+08:00\"";

    @Autowired
    private ApiKeys keys;

    @Autowired
    private CalendarNotices notices;

    @Autowired
    private TradingHours hours;

    @Autowired
    private Fixtures fixtures;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();

    private Fixtures.Owner owner;
    private String admin = "";
    private String service = "";
    private String reviewer = "";
    private String store = "";

    @BeforeEach
    void aStoreAndKeys() {
        owner = fixtures.owner("巷口牛肉面");
        store = owner.store().publicId();
        var document = ((HoursDocument.Parsed.Valid) HoursDocument.parse("""
                {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-18:00"],"tue":["09:00-18:00"]}}""")).document();
        hours.change(owner.actor(), new ChangeHours(owner.store().id(), document, 0, null));
        admin = key(Role.ADMIN);
        service = key(Role.SERVICE);
        reviewer = key(Role.REVIEWER);
    }

    @AfterEach
    void leaveTheYearAsItWas() {
        var person = fixtures.staff(Role.REVIEWER);
        notices.waiting(person).stream()
                .filter(it -> it.year() == YEAR)
                .forEach(it -> notices.reject(person, it.id(), "test ends"));
        if (notices.propose(fixtures.staff(Role.ADMIN), new NewNotice(YEAR, null, "", "test ends"))
                instanceof Proposal.Proposed(var it, var no)) {
            notices.approve(person, it.id());
        }
    }

    @Test
    void aProgramProposesANoticeAndAnotherPersonApprovesIt() throws Exception {
        var day = LocalDate.of(YEAR, 10, 8);
        var body = notice(MadeUp.byLaw(YEAR, day), "https://example.org/made-up", null);

        var proposed = post(NOTICES, admin, body);

        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
        var version = json(proposed).at("/version");
        assertThat(version.at("/state").asString()).isEqualTo("WAITING");
        assertThat(json(proposed)
                        .at("/changes")
                        .valueStream()
                        .map(it -> it.at("/before/date").asString()))
                .containsExactly(day.toString());
        assertThat(json(proposed).at("/changes/0/after/kind").asString()).isEqualTo("transferredRest");
        assertThat(state()).isEqualTo("PROVISIONAL");

        var second = post(NOTICES, admin, body);
        assertProblem(second, 409, "proposal-waiting");
        assertThat(json(second).at("/detail").asString())
                .isEqualTo("version " + version.at("/number").asInt() + " of " + YEAR + " waits");

        var waiting = notices.waiting(fixtures.staff(Role.REVIEWER)).stream()
                .filter(it -> it.year() == YEAR)
                .findFirst()
                .orElseThrow();
        assertThat(notices.approve(fixtures.staff(Role.ADMIN), waiting.id())).isInstanceOf(Ruling.OwnProposal.class);
        assertThat(notices.approve(fixtures.staff(Role.REVIEWER), waiting.id())).isInstanceOf(Ruling.Decided.class);
        assertThat(state()).isEqualTo("PUBLISHED");
        var latest = json(get(NOTICES, reviewer)).at("/items/0");
        assertThat(latest.at("/state").asString()).isEqualTo("APPROVED");
        assertThat(latest.at("/number").asInt()).isEqualTo(version.at("/number").asInt());

        assertFault(post(NOTICES, admin, body), "invalid", "reason", "MISSING");
        assertProblem(post(NOTICES, admin, notice(MadeUp.byLaw(YEAR, day), "x", "again")), 409, "nothing-new");
    }

    @Test
    void aNoticeMayBeJsonItselfOrAnICalendarFileAndItsErrorsNameTheirPlace() throws Exception {
        var inJson =
                "{\"notice\":" + MadeUp.byLaw(YEAR).replace(YEAR + "-01-01", YEAR + "-02-30") + ",\"source\":\"x\"}";
        var wrong = post(NOTICES, admin, inJson);
        assertFault(wrong, "notice-invalid", "notice.days[0].date", "NOT_A_DATE");
        assertThat(json(wrong).at("/errors/0/value").asString()).isEqualTo(YEAR + "-02-30");

        var ics = MadeUp.ics2027().replaceFirst("DTSTART;VALUE=DATE:\\d{8}", "DTSTART;VALUE=DATE:20270230");
        var inIcs = post("/calendar/2027/notices", admin, notice(ics, "x", null));
        assertFault(inIcs, "notice-invalid", "notice", "NOT_A_DATE");
        int from = json(inIcs).at("/errors/0/offset").asInt();
        int length = json(inIcs).at("/errors/0/length").asInt();
        assertThat(ics.substring(from, from + length).strip()).isEqualTo("DTSTART;VALUE=DATE:20270230");

        assertFault(post(NOTICES, admin, "{\"source\":\"x\"}"), "invalid", "notice", "MISSING");
        assertFault(post(NOTICES, admin, notice(MadeUp.byLaw(YEAR), " ", null)), "invalid", "source", "MISSING");
        assertFault(
                post(NOTICES, admin, notice(MadeUp.byLaw(YEAR), "x".repeat(501), null)),
                "invalid",
                "source",
                "TOO_LONG");
        assertFault(post("/calendar/1066/notices", admin, "{\"notice\":{}}"), "notice-invalid", "notice", "WRONG_YEAR");
        assertThat(notices.waiting(fixtures.staff(Role.AUDITOR)))
                .noneMatch(it -> it.year() == YEAR || it.year() == 2027);
    }

    @Test
    void onlyAdminsKeysProposeAndOnlyStaffsKeysRead() throws Exception {
        var body = notice(MadeUp.byLaw(YEAR), "x", null);
        assertProblem(post(NOTICES, service, body), 403, "not-allowed");
        assertProblem(post(NOTICES, reviewer, body), 403, "not-allowed");
        assertProblem(post(NOTICES, merchantKey(), body), 403, "not-allowed");
        assertProblem(get(NOTICES, merchantKey()), 403, "not-allowed");
        assertProblem(get("/restrictions", merchantKey()), 403, "not-allowed");
        assertProblem(get("/restrictions/1", merchantKey()), 403, "not-allowed");
        assertProblem(post("/restrictions", merchantKey(), restriction("FAULT", "")), 403, "not-allowed");
        assertProblem(post("/restrictions", reviewer, restriction("FAULT", "")), 403, "not-allowed");
        assertProblem(
                post("/restrictions", service, restriction("LEGAL_LOCK", ",\"why\":\"order 7\"")), 403, "not-allowed");
    }

    @Test
    void maintenanceIsPlannedListedAndCancelled() throws Exception {
        var planned = post("/restrictions", service, restriction("MAINTENANCE", "," + NIGHT));
        assertThat(planned.statusCode()).as(planned.body()).isEqualTo(201);
        var id = json(planned).at("/id").asString();
        assertThat(planned.headers().firstValue("Location")).hasValue("/api/v1/restrictions/" + id);
        assertThat(json(planned).at("/target").asString()).isEqualTo(store);
        assertThat(json(planned).at("/from").asString()).isEqualTo("2026-03-16T19:00:00Z");
        assertThat(json(planned).at("/band").asString()).isEqualTo("PLANNED");

        assertThat(everywhere("PLANNED", "MAINTENANCE")).contains(id);
        assertThat(everywhere("PLANNED", "FAULT")).doesNotContain(id);

        var ended = post("/restrictions/" + id + "/end", service, "{}");
        assertThat(json(ended).at("/band").asString()).isEqualTo("PAST");
        assertThat(json(ended).at("/endedAt").asString()).isEqualTo("2026-03-16T02:00:00Z");
        assertProblem(post("/restrictions/" + id + "/end", service, "{}"), 409, "restriction-over");
        assertThat(json(get("/restrictions/" + id, service)).at("/endedBy").asString())
                .isEqualTo("程序 SERVICE");
        assertProblem(get("/restrictions/12345", service), 404, "not-found");
        assertProblem(get("/restrictions/x", service), 404, "not-found");
    }

    @Test
    void maintenanceInOpenTimeNamesTheStoresUntilItIsSaidWhy() throws Exception {
        var open = post("/restrictions", service, restriction("MAINTENANCE", "," + NOON));
        assertProblem(open, 409, "takes-open-time");
        assertThat(json(open).at("/errors/0/path").asString()).isEqualTo("from");
        assertThat(json(open).at("/errors/0/code").asString()).isEqualTo("OPEN");
        assertThat(json(open).at("/errors/0/value").asString()).isEqualTo(store);
        assertThat(json(open).at("/errors/0/text/en").asString())
                .isEqualTo("巷口牛肉面 is open 03-17 12:00–03-17 13:00 and would lose 60 minutes");

        var near = restriction(
                "MAINTENANCE", ",\"from\":\"2026-03-17T08:00:00+08:00\",\"until\":\"2026-03-17T08:45:00+08:00\"");
        var soon = post("/restrictions", service, near);
        assertProblem(soon, 409, "takes-open-time");
        assertThat(json(soon).at("/errors/0/code").asString()).isEqualTo("OPENS_SOON");
        assertThat(json(soon).at("/errors/0/text/zh").asString()).isEqualTo("巷口牛肉面：03-17 09:00 就要开门，留的余地不够");

        assertThat(post("/restrictions", service, restriction("MAINTENANCE", "," + NOON + ",\"why\":\"线路抢修\""))
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            kind ~ MISSING ~ {"scope":"ALL"}
            kind ~ UNKNOWN ~ {"kind":"maintenance","scope":"ALL"}
            scope ~ MISSING ~ {"kind":"FAULT"}
            scope ~ UNKNOWN ~ {"kind":"FAULT","scope":"TOWN"}
            target ~ MISSING ~ {"kind":"FAULT","scope":"STORE"}
            target ~ UNKNOWN ~ {"kind":"FAULT","scope":"STORE","target":"x"}
            target ~ UNKNOWN ~ {"kind":"FAULT","scope":"MERCHANT","target":"巷口"}
            target ~ UNKNOWN ~ {"kind":"FAULT","scope":"TERMINAL","target":"x"}
            target ~ UNKNOWN ~ {"kind":"FAULT","scope":"MODEL","target":"no-such-model"}
            target ~ UNKNOWN ~ {"kind":"FAULT","scope":"REGION","target":"350"}
            target ~ CONTRADICTION ~ {"kind":"FAULT","scope":"ALL","target":"35"}
            from ~ NOT_A_MOMENT ~ {"kind":"FAULT","scope":"STORE","target":"$store","from":"2026-03-17"}
            from ~ IN_THE_PAST ~ {"kind":"FAULT","scope":"STORE","target":"$store","from":"2026-03-15T00:00:00Z"}
            from ~ TOO_FAR ~ {"kind":"FAULT","scope":"STORE","target":"$store","from":"2027-06-15T00:00:00Z"}
            until ~ MISSING ~ {"kind":"MAINTENANCE","scope":"STORE","target":"$store"}
            until ~ NOT_A_MOMENT ~ {"kind":"FAULT","scope":"STORE","target":"$store","until":"2026-02-30T00:00:00Z"}
            until ~ REVERSED ~ {"kind":"FAULT","scope":"STORE","target":"$store","until":"2026-03-15T00:00:00Z"}
            until ~ RANGE_TOO_LONG ~ {"kind":"MAINTENANCE","scope":"STORE","target":"$store","until":"2026-03-25T00:00:00Z"}
            why ~ MISSING ~ {"kind":"ACQUIRER_LOCK","scope":"STORE","target":"$store"}
            why ~ TOO_LONG ~ {"kind":"ACQUIRER_LOCK","scope":"STORE","target":"$store","why":"$long"}
            reason ~ TOO_LONG ~ {"kind":"FAULT","scope":"STORE","target":"$store","reason":"$long"}
            """)
    void whatIsWrongAboutARestrictionIsNamed(String path, String code, String body) throws Exception {
        var filled = body.replace("$store", store).replace("$long", "x".repeat(201));
        assertFault(post("/restrictions", admin, filled), "invalid", path, code);
    }

    @Test
    void oddFiltersAreNamedToo() throws Exception {
        assertFault(get("/restrictions?band=LATER", service), "invalid", "band", "UNKNOWN");
        assertFault(get("/restrictions?kind=x", service), "invalid", "kind", "UNKNOWN");
        assertFault(get("/restrictions?cursor=x", service), "invalid", "cursor", "UNKNOWN");
    }

    @Test
    void aRepeatedPostPlansOnce() throws Exception {
        var body = restriction("MAINTENANCE", "," + NIGHT);
        var first = post("/restrictions", service, body, "maintenance-1-" + store);
        var repeated = post("/restrictions", service, body, "maintenance-1-" + store);
        assertThat(repeated.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(repeated.body()).isEqualTo(first.body());
        assertThat(repeated.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
    }

    /** Ids of every page. */
    private Set<String> everywhere(String band, String kind) throws Exception {
        var ids = new HashSet<String>();
        var path = "/restrictions?band=" + band + "&kind=" + kind;
        for (var next = ""; ; ) {
            var page = json(get(path + next, service));
            page.at("/items")
                    .forEach(it -> assertThat(ids.add(it.at("/id").asString())).isTrue());
            if (page.at("/next").isMissingNode()) {
                return ids;
            }
            next = "&cursor=" + page.at("/next").asString();
        }
    }

    private String restriction(String kind, String more) {
        return "{\"kind\":\"%s\",\"scope\":\"STORE\",\"target\":\"%s\"%s}".formatted(kind, store, more);
    }

    private static String notice(String text, String source, @Nullable String reason) {
        var body = JsonMapper.shared().createObjectNode().put("notice", text).put("source", source);
        return (reason == null ? body : body.put("reason", reason)).toString();
    }

    private String state() throws Exception {
        return json(get("/calendar/" + YEAR, service)).at("/state").asString();
    }

    private String key(Role role) {
        return keys.createForStaff(Fixtures.SYSTEM, "程序 " + role, Set.of(role), EnumSet.allOf(Scope.class))
                .secret();
    }

    private String merchantKey() {
        return keys.createForMerchant(owner.actor(), owner.merchant(), "软件", Role.OWNER, EnumSet.allOf(Scope.class))
                .secret();
    }

    private HttpResponse<String> get(String path, String secret) throws Exception {
        return http.send(request(path, secret).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(String path, String secret, String body) throws Exception {
        return post(path, secret, body, null);
    }

    private HttpResponse<String> post(String path, String secret, String body, @Nullable String once) throws Exception {
        var request = request(path, secret)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (once != null) {
            request.header("Idempotency-Key", once);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path, String secret) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                .header("Authorization", "Bearer " + secret);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).at("/code").asString()).as(answer.body()).isEqualTo(code);
    }

    private static void assertFault(HttpResponse<String> answer, String problem, String path, String code) {
        assertProblem(answer, 422, problem);
        var fault = json(answer).at("/errors/0");
        assertThat(fault.at("/path").asString() + " " + fault.at("/code").asString())
                .as(answer.body())
                .isEqualTo(path + " " + code);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
