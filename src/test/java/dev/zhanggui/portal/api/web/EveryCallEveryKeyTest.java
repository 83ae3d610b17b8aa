package dev.zhanggui.portal.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.api.ApiKeys;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.onboarding.Drafts;
import dev.zhanggui.portal.onboarding.Scene;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.NewOrderCode;
import dev.zhanggui.portal.qrcode.NewPromotion;
import dev.zhanggui.portal.qrcode.OrderCodeOutcome;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.qrcode.PromotionOutcome;
import dev.zhanggui.portal.qrcode.Promotions;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.StartOutcome;
import dev.zhanggui.portal.qrcode.internal.BatchWork;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointOutcome;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.SendOutcome;
import dev.zhanggui.portal.webhook.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks every call of the API, as Spring maps it, with every kind of key and with what belongs to another merchant. A new call
 * that the tables below cannot fill fails the walk, so that nobody forgets it.
 */
class EveryCallEveryKeyTest extends DatabaseTest {

    private static final Set<Scope> ALL = EnumSet.allOf(Scope.class);

    /** Open to everybody by design: what a problem's type leads to. */
    private static final Set<String> OPEN = Set.of("GET /api/v1/problems/{code}");

    /** What concerns more than one merchant. */
    private static final Set<String> STAFF_ONLY = Set.of(
            "POST /api/v1/applications",
            "GET /api/v1/applications/{number}",
            "GET /api/v1/calendar/{year}/notices",
            "POST /api/v1/calendar/{year}/notices",
            "GET /api/v1/restrictions",
            "POST /api/v1/restrictions",
            "GET /api/v1/restrictions/{id}",
            "POST /api/v1/restrictions/{id}/end");

    /** What staff may only look at: changing it is for the merchant's own people; and what SERVICE is not for. */
    private static final Map<String, Integer> STAFF_REFUSED = Map.ofEntries(
            Map.entry("PUT /api/v1/stores/{id}/hours", 404),
            Map.entry("PUT /api/v1/stores/{id}/hours?format", 404),
            Map.entry("PUT /api/v1/merchants/{id}/hours", 404),
            Map.entry("PUT /api/v1/merchants/{id}/hours?format", 404),
            Map.entry("PUT /api/v1/terminals/{id}/hours", 404),
            Map.entry("PUT /api/v1/terminals/{id}/hours?format", 404),
            Map.entry("POST /api/v1/hours/apply", 404),
            Map.entry("POST /api/v1/stores/{id}/closures", 404),
            Map.entry("POST /api/v1/qr-codes", 404),
            Map.entry("POST /api/v1/qr-codes/{id}/revoke", 404),
            Map.entry("GET /api/v1/qr-code-batches", 404),
            Map.entry("POST /api/v1/qr-code-batches", 404),
            Map.entry("POST /api/v1/qr-code-batches/check", 404),
            Map.entry("GET /api/v1/qr-code-batches/{id}", 404),
            Map.entry("GET /api/v1/qr-code-batches/{id}/rows", 404),
            Map.entry("POST /api/v1/qr-code-batches/{id}/cancel", 404),
            Map.entry("GET /api/v1/qr-codes", 404),
            Map.entry("GET /api/v1/qr-codes/{id}", 404),
            Map.entry("GET /api/v1/qr-codes/{id}.{format}", 404),
            Map.entry("POST /api/v1/qr-codes/orders", 404),
            Map.entry("GET /api/v1/qr-codes/{id}/downloads", 404),
            Map.entry("PUT /api/v1/qr-codes/{id}/place", 404),
            Map.entry("POST /api/v1/qr-codes/{id}/replace", 404),
            Map.entry("POST /api/v1/qr-codes/{id}/confirm", 404),
            Map.entry("GET /api/v1/promotions", 403),
            Map.entry("POST /api/v1/promotions", 404),
            Map.entry("GET /api/v1/promotions/{id}", 404),
            Map.entry("GET /api/v1/promotions/{id}/codes", 404),
            Map.entry("POST /api/v1/promotions/{id}/stop", 404),
            Map.entry("GET /api/v1/acceptance", 404),
            Map.entry("GET /api/v1/collections", 404),
            Map.entry("GET /api/v1/collections/{id}", 404),
            Map.entry("POST /api/v1/collections/{id}/agree", 404),
            Map.entry("POST /api/v1/collections/{id}/refuse", 404),
            Map.entry("GET /api/v1/stores/{id}/takings", 404),
            Map.entry("GET /api/v1/stores/{id}/takings/codes", 404),
            Map.entry("GET /api/v1/stores/{id}/takings/refused-hours", 404),
            Map.entry("GET /api/v1/stores/{id}/attempts.csv", 404),
            Map.entry("GET /api/v1/stores/{id}/limits", 404),
            Map.entry("PUT /api/v1/stores/{id}/limits", 404),
            Map.entry("GET /api/v1/webhooks", 403),
            Map.entry("POST /api/v1/webhooks", 403),
            Map.entry("GET /api/v1/webhooks/{id}", 404),
            Map.entry("PUT /api/v1/webhooks/{id}", 404),
            Map.entry("DELETE /api/v1/webhooks/{id}", 404),
            Map.entry("POST /api/v1/webhooks/{id}/secret", 404),
            Map.entry("POST /api/v1/webhooks/{id}/ping", 404),
            Map.entry("GET /api/v1/webhooks/{id}/deliveries", 404),
            Map.entry("GET /api/v1/webhooks/{id}/deliveries/{delivery}", 404),
            Map.entry("POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay", 404),
            Map.entry("POST /api/v1/webhooks/{id}/replay", 404),
            Map.entry("GET /api/v1/calendar/{year}/notices", 403),
            Map.entry("POST /api/v1/calendar/{year}/notices", 403));

    private static final String HOOK = "{\"url\":\"https://hook.example/\",\"events\":[\"qr.revoked\"]}";

    /** The same text more than once: the walk passes here with several keys. */
    private static final String BATCH =
            "{\"merchant\":\"$merchant\",\"csv\":\"store,place\\n$store,柜台\",\"again\":true}";

    private static final String DOCUMENT = """
            {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-22:00"]},"outside":{"policy":"DENY"}}""";

    /** A body for each call that takes one; {@code $store} stands for a store's id. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("PUT /api/v1/stores/{id}/hours", DOCUMENT),
            Map.entry("PUT /api/v1/stores/{id}/hours?format", DOCUMENT),
            Map.entry("PUT /api/v1/merchants/{id}/hours", DOCUMENT),
            Map.entry("PUT /api/v1/merchants/{id}/hours?format", DOCUMENT),
            Map.entry("PUT /api/v1/terminals/{id}/hours", DOCUMENT),
            Map.entry("PUT /api/v1/terminals/{id}/hours?format", DOCUMENT),
            Map.entry("POST /api/v1/hours/preview", """
                    {"format":"osm","hours":"Mo-Fr 09:00-18:00","zone":"Asia/Shanghai",\
                    "from":"2026-03-16","to":"2026-03-17"}"""),
            Map.entry("POST /api/v1/hours/apply", """
                    {"stores":["$store"],"document":{"weekly":{"mon":["09:00-22:00"]}},"parts":["weekly"],\
                    "mode":"replace"}"""),
            Map.entry("POST /api/v1/stores/{id}/closures", "{\"kind\":\"close\",\"end\":\"untilEnded\"}"),
            Map.entry("POST /api/v1/qr-code-batches", BATCH),
            Map.entry("POST /api/v1/qr-code-batches/check", BATCH),
            Map.entry("POST /api/v1/qr-codes", "{\"store\":\"$store\",\"place\":\"柜台\"}"),
            Map.entry("POST /api/v1/qr-codes/{id}/revoke", "{\"reason\":\"LOST\"}"),
            Map.entry("POST /api/v1/qr-codes/orders", """
                    {"store":"$store","number":"A-1","amountFen":3800,"flow":"BOOKED_ONLINE","minutes":30}"""),
            Map.entry("PUT /api/v1/qr-codes/{id}/place", "{\"place\":\"门口\"}"),
            Map.entry("POST /api/v1/qr-codes/{id}/replace", "{\"reason\":\"DAMAGED\"}"),
            Map.entry("POST /api/v1/promotions", """
                    {"title":"春天","discount":"满 50 减 5","until":"2026-03-31T22:00:00+08:00","stores":["$store"]}"""),
            Map.entry("PUT /api/v1/stores/{id}/limits", "{\"perPaymentFen\":100000,\"perDayFen\":500000}"),
            Map.entry("POST /api/v1/qr-codes/check", "{\"text\":\"https://pay-x.example/a\"}"),
            Map.entry("POST /api/v1/applications", "{\"phone\":\"$phone\",\"fields\":{\"STORE_NAME\":\"李记煎饼\"}}"),
            Map.entry("POST /api/v1/checks", "{\"kind\":\"phone\",\"value\":\"13812345678\"}"),
            Map.entry("POST /api/v1/calendar/{year}/notices", "{\"notice\":{},\"source\":\"x\"}"),
            Map.entry("POST /api/v1/restrictions", "{\"kind\":\"FAULT\",\"scope\":\"STORE\",\"target\":\"$store\"}"),
            Map.entry("POST /api/v1/restrictions/{id}/end", "{}"),
            Map.entry("POST /api/v1/webhooks", HOOK),
            Map.entry("PUT /api/v1/webhooks/{id}", HOOK),
            Map.entry("POST /api/v1/webhooks/{id}/replay", "{\"since\":\"2026-03-16T00:00:00Z\"}"));

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Autowired
    private ApiKeys keys;

    @Autowired
    private Merchants merchants;

    @Autowired
    private Applications applications;

    @Autowired
    private QrCodes codes;

    @Autowired
    private CodeBatches batches;

    @Autowired
    private Promotions promotions;

    @Autowired
    private Collections collections;

    @Autowired
    private TradingHours hours;

    @Autowired
    private Restrictions restrictions;

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @Autowired
    private Fixtures fixtures;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();

    /** One call of the API. */
    private record Operation(String name, String method, String pattern, HandlerMethod handler) {

        Set<Scope> scopes() {
            return Set.of(Objects.requireNonNull(handler.getMethodAnnotation(RequiresScope.class))
                    .value());
        }

        boolean isOpen() {
            return OPEN.contains(name);
        }
    }

    /** Public ids by the name of the collection they are found in, and a store for bodies and queries. */
    private record Things(String store, Map<String, String> ids) {

        static final Things MISSING = new Things(
                "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                Map.ofEntries(
                        Map.entry("stores", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                        Map.entry("merchants", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                        Map.entry("terminals", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                        Map.entry("qr-codes", "000000000000000000000"),
                        Map.entry("qr-code-batches", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                        Map.entry("applications", "ZG2001-0001"),
                        Map.entry("restrictions", "12345"),
                        Map.entry("promotions", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                        Map.entry("collections", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                        Map.entry("webhooks", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                        Map.entry("deliveries", "01ARZ3NDEKTSV4RRFFQ69G5FAV")));
    }

    private record Party(Fixtures.Owner owner, Things things, String key) {}

    private Party mine;
    private Party others;
    private String staffKey;

    @BeforeEach
    void twoMerchantsAndStaff() {
        mine = party("巷口牛肉面");
        others = party("别家");
        staffKey = keys.createForStaff(Fixtures.SYSTEM, "呼叫中心", Set.of(Role.SERVICE), ALL)
                .secret();
    }

    /** What this walk starts is not left for another test's worker. */
    @AfterEach
    void issueWhatWasAskedFor() {
        beans.createBean(BatchWork.class).all();
    }

    @Test
    void every_handler_says_its_scopes() {
        assertThat(operations()).hasSizeGreaterThan(15);
        assertThat(operations())
                .allSatisfy(it -> assertThat(it.handler().getMethodAnnotation(RequiresScope.class))
                        .as(it.name())
                        .isNotNull());
    }

    @Test
    void every_call_without_a_living_key_is_unauthenticated() {
        var revoked = keys.createForMerchant(mine.owner().actor(), mine.owner().merchant(), "旧软件", Role.OWNER, ALL);
        keys.revoke(mine.owner().actor(), revoked.key().id());
        for (var operation : operations()) {
            for (var secret : new String[] {"", "zg_", "zg_" + "A".repeat(43), mine.key() + "x", revoked.secret()}) {
                var answer = call(operation, mine.things(), secret);
                if (operation.isOpen()) {
                    assertThat(answer.statusCode()).as(operation.name()).isEqualTo(200);
                } else {
                    assertProblem(operation, answer, 401, "unauthenticated");
                }
            }
        }
    }

    @Test
    void a_key_with_one_scope_does_what_that_scope_is_for_and_nothing_else() {
        var withNone = merchantKey(Set.of());
        var withOne = new LinkedHashMap<Scope, String>();
        ALL.forEach(scope -> withOne.put(scope, merchantKey(Set.of(scope))));
        for (var operation : operations()) {
            withOne.forEach((scope, secret) -> reached(operation, secret, Set.of(scope)));
            reached(operation, withNone, Set.of());
        }
    }

    private void reached(Operation operation, String secret, Set<Scope> held) {
        var answer = call(operation, mine.things(), secret);
        if (operation.isOpen() || held.containsAll(operation.scopes())) {
            assertThat(code(answer)).as(operation.name() + " with " + held).isNotEqualTo("scope-missing");
            assertThat(answer.statusCode())
                    .as(operation.name())
                    .isNotEqualTo(401)
                    .isLessThan(500);
        } else {
            assertProblem(operation, answer, 403, "scope-missing");
        }
    }

    @Test
    void the_owners_key_may_do_everything_in_its_own_merchant() {
        for (var operation : operations()) {
            var fresh = party("开新店");
            var answer = call(operation, fresh.things(), fresh.key());
            if (STAFF_ONLY.contains(operation.name())) {
                assertProblem(operation, answer, 403, "not-allowed");
            } else {
                assertThat(answer.statusCode())
                        .as(operation.name() + ": " + answer.body())
                        .isBetween(200, 299);
            }
        }
    }

    @Test
    void a_key_of_staff_reads_and_changes_only_what_its_role_may() {
        for (var operation : operations()) {
            var answer = call(operation, mine.things(), staffKey);
            var refused = STAFF_REFUSED.get(operation.name());
            if (refused != null) {
                assertProblem(operation, answer, refused, refused == 404 ? "not-found" : "not-allowed");
            } else {
                assertThat(answer.statusCode())
                        .as(operation.name() + ": " + answer.body())
                        .isBetween(200, 299);
            }
        }
    }

    @Test
    void what_belongs_to_another_merchant_is_answered_to_the_byte_like_what_does_not_exist() {
        var walked = new ArrayList<String>();
        for (var operation : operations()) {
            if (!namesThings(operation) || operation.isOpen()) {
                continue;
            }
            walked.add(operation.name());
            var theirs = call(operation, others.things(), mine.key());
            var missing = call(operation, Things.MISSING, mine.key());
            if (STAFF_ONLY.contains(operation.name())) {
                assertProblem(operation, theirs, 403, "not-allowed");
            } else {
                assertProblem(operation, theirs, 404, "not-found");
            }
            assertThat(theirs.body()).as(operation.name()).isEqualTo(missing.body());
            assertThat(headers(theirs)).as(operation.name()).isEqualTo(headers(missing));
        }
        assertThat(walked).hasSizeGreaterThan(10);
    }

    /** Without the one by which the server ends a connection after so many requests, whatever they were about. */
    private static Set<String> headers(HttpResponse<String> answer) {
        var names = new TreeSet<>(answer.headers().map().keySet());
        names.remove("connection");
        return names;
    }

    @Test
    void anothers_store_in_the_query_is_not_found_either() {
        var walked = new ArrayList<String>();
        for (var operation : operations()) {
            if (parameters(operation).contains("store")) {
                walked.add(operation.name());
                assertProblem(operation, call(operation, others.things(), mine.key(), true), 404, "not-found");
            }
        }
        assertThat(walked).contains("GET /api/v1/terminals", "GET /api/v1/qr-codes", "GET /api/v1/collections");
    }

    @Test
    void ids_that_make_no_sense_never_break_anything() {
        for (var operation : operations()) {
            if (!operation.pattern().contains("{")) {
                continue;
            }
            for (var odd : List.of("0", "%00", "%F0%9F%8D%9C", "-1", "x".repeat(300), "%27%20or%201=1")) {
                var path =
                        operation.pattern().replaceAll("\\{format[^}]*}", "png").replaceAll("\\{[^}]*}", odd);
                var answer = send(operation, path, Things.MISSING, mine.key());
                assertThat(answer.statusCode()).as(operation.name() + " " + odd).isBetween(400, 499);
            }
        }
    }

    private List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            for (var pattern : mapping.getPatternValues()) {
                // The description comes from its library; the last resort answers for paths that are none.
                if (!pattern.startsWith("/api/v1")
                        || pattern.equals("/api/v1/**")
                        || handler.getBeanType().getPackageName().startsWith("org.springdoc")) {
                    continue;
                }
                var plain = pattern.replaceAll("\\{([a-z]+):[^}]*}", "{$1}");
                for (var method : mapping.getMethodsCondition().getMethods()) {
                    var chosenBy = mapping.getParamsCondition().getExpressions().stream()
                            .map(it -> "?" + it.getName())
                            .collect(Collectors.joining());
                    operations.add(
                            new Operation(method.name() + " " + plain + chosenBy, method.name(), plain, handler));
                }
            }
        });
        operations.sort(java.util.Comparator.comparing(Operation::name));
        return operations;
    }

    private static Set<String> parameters(Operation operation) {
        var names = new TreeSet<String>();
        for (var parameter : operation.handler().getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestParam.class)) {
                names.add(Objects.requireNonNull(parameter.getParameter().getName()));
            }
        }
        return names;
    }

    private static boolean namesThings(Operation operation) {
        return Things.MISSING.ids().keySet().stream()
                        .anyMatch(it -> operation.pattern().startsWith("/api/v1/" + it + "/{"))
                || BODIES.getOrDefault(operation.name(), "").contains("$store")
                || neededParameters(operation).contains("store")
                || neededParameters(operation).contains("code");
    }

    private static Set<String> neededParameters(Operation operation) {
        var names = new TreeSet<String>();
        for (var parameter : operation.handler().getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestParam.class) && !parameter.isOptional()) {
                names.add(Objects.requireNonNull(parameter.getParameter().getName()));
            }
        }
        return names;
    }

    private HttpResponse<String> call(Operation operation, Things things, String secret) {
        return call(operation, things, secret, false);
    }

    /** @param everyParameter the optional ones too */
    private HttpResponse<String> call(Operation operation, Things things, String secret, boolean everyParameter) {
        var path = path(operation, things);
        var query = new ArrayList<String>();
        for (var name : everyParameter ? parameters(operation) : neededParameters(operation)) {
            query.add(name + "=" + value(operation, name, things));
        }
        return send(operation, query.isEmpty() ? path : path + "?" + String.join("&", query), things, secret);
    }

    private static String path(Operation operation, Things things) {
        var parts = operation.pattern().split("/");
        var collection = parts[3];
        var matcher = Pattern.compile("\\{([a-z]+)}").matcher(operation.pattern());
        return matcher.replaceAll(match -> switch (match.group(1)) {
            case "id", "number" ->
                Optional.ofNullable(things.ids().get(collection + "/" + parts[parts.length - 1]))
                        .or(() -> Optional.ofNullable(things.ids().get(collection)))
                        .orElseThrow(() -> new AssertionError("no id to walk " + operation.name() + " with"));
            case "format" -> "svg";
            case "delivery" -> Objects.requireNonNull(things.ids().get("deliveries"));
            case "year" -> "2026";
            case "code" -> "not-found";
            default -> throw new AssertionError("nothing to walk " + operation.name() + " with");
        });
    }

    private static String value(Operation operation, String parameter, Things things) {
        return switch (parameter) {
            case "store" -> things.store();
            case "code" -> Objects.requireNonNull(things.ids().get("qr-codes"));
            case "cursor" -> "none";
            case "merchant" -> Objects.requireNonNull(things.ids().get("merchants"));
            case "result" -> "ISSUED";
            case "kind" -> "STORE";
            case "status" -> "ACTIVE";
            case "state" -> "WAITING";
            case "from" -> "2026-03-16T00:00:00Z";
            case "to" -> "2026-03-17T00:00:00Z";
            case "at" -> "2026-03-16T00:00:00Z";
            case "format" -> "zhanggui";
            case "dryRun" -> "false";
            case "reason" -> "test";
            default -> throw new AssertionError("nothing for " + parameter + " of " + operation.name());
        };
    }

    private HttpResponse<String> send(Operation operation, String path, Things things, String secret) {
        var body = BODIES.get(operation.name());
        boolean takesBody = Arrays.stream(operation.handler().getMethodParameters())
                .anyMatch(it -> it.hasParameterAnnotation(org.springframework.web.bind.annotation.RequestBody.class));
        if (takesBody && body == null) {
            throw new AssertionError("no body to walk " + operation.name() + " with");
        }
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (!secret.isEmpty()) {
            request.header("Authorization", "Bearer " + secret);
        }
        if (operation.method().equals("PUT")) {
            request.header("If-Match", "\"0\"");
        }
        if (body == null) {
            request.method(operation.method(), HttpRequest.BodyPublishers.noBody());
        } else {
            var filled = body.replace("$store", things.store())
                    .replace("$merchant", Objects.requireNonNull(things.ids().get("merchants")))
                    .replace("$phone", fixtures.phone().national());
            request.header("Content-Type", "application/json")
                    .method(operation.method(), HttpRequest.BodyPublishers.ofString(filled));
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String code(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").equals("application/problem+json")
                ? json(answer).at("/code").asString()
                : "";
    }

    private static void assertProblem(Operation operation, HttpResponse<String> answer, int status, String code) {
        var what = operation.name() + ": " + answer.body();
        assertThat(answer.statusCode()).as(what).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).as(what).hasValue("application/problem+json");
        var problem = json(answer);
        assertThat(problem.at("/code").asString()).as(what).isEqualTo(code);
        assertThat(problem.at("/type").asString()).as(what).isEqualTo("/api/v1/problems/" + code);
        assertThat(problem.at("/status").asInt()).as(what).isEqualTo(status);
        assertThat(problem.at("/title").asString()).as(what).isNotBlank();
        assertThat(problem.at("/help").asString()).as(what).isNotBlank();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private String merchantKey(Set<Scope> scopes) {
        return keys.createForMerchant(mine.owner().actor(), mine.owner().merchant(), "一项", Role.OWNER, scopes)
                .secret();
    }

    /** A merchant that has one of everything. */
    private Party party(String name) {
        var owner = fixtures.owner(name);
        var store = owner.store().publicId();
        var code =
                ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), "柜台")).code();
        var paid = paidOrder(owner);
        var batch = ((StartOutcome.Started) batches.start(
                        owner.actor(),
                        owner.merchant(),
                        "once.csv",
                        ("store,place\n" + store + ",门口").getBytes(StandardCharsets.UTF_8),
                        false))
                .batch();
        var number = Drafts.fill(applications, owner.actor(), MerchantKind.INDIVIDUAL, Scene.STALL);
        applications.submit(owner.actor(), number);
        var terminal = beans.createBean(StoreWithTerminals.class)
                .activate(owner.merchant(), owner.store().id(), "柜台 1");
        var restriction = ((RestrictionOutcome.Done) restrictions.plan(
                        Fixtures.SYSTEM,
                        new Restrictions.Plan(
                                Restriction.Kind.FAULT,
                                RestrictionTarget.of(owner.store().id()),
                                null,
                                null,
                                null,
                                null)))
                .now();
        var endpoint = ((EndpointOutcome.Created) webhooks.create(
                        owner.actor(),
                        owner.merchant(),
                        new EndpointDraft("https://hook.example/", "", Set.of(EventType.QR_REVOKED))))
                .endpoint();
        var delivery = ((SendOutcome.Queued) webhooks.ping(owner.actor(), endpoint.id())).delivery();
        var promotion = ((PromotionOutcome.Started) promotions.start(
                        owner.actor(),
                        new NewPromotion(
                                "开业",
                                "送一碟小菜",
                                clock.instant(),
                                clock.instant().plus(Duration.ofDays(1)),
                                null,
                                List.of(owner.store().id()))))
                .promotion();
        return new Party(
                owner,
                new Things(
                        store,
                        Map.ofEntries(
                                Map.entry("stores", store),
                                Map.entry(
                                        "merchants",
                                        merchants
                                                .merchant(owner.actor(), owner.merchant())
                                                .publicId()),
                                Map.entry("terminals", terminal.publicId()),
                                Map.entry("qr-codes", code.code()),
                                Map.entry("qr-code-batches", batch.publicId()),
                                Map.entry("qr-codes/confirm", paid.code()),
                                Map.entry("promotions", promotion.publicId()),
                                Map.entry("collections", waitingCollection(owner)),
                                Map.entry("applications", number.value()),
                                Map.entry(
                                        "restrictions",
                                        Long.toString(restriction.id().value())),
                                Map.entry("webhooks", endpoint.publicId()),
                                Map.entry("deliveries", delivery.publicId()))),
                keys.createForMerchant(owner.actor(), owner.merchant(), "收银软件", Role.OWNER, ALL)
                        .secret());
    }

    /** Its store says nothing about hours, so a payer just pays. */
    private QrCode paidOrder(Fixtures.Owner owner) {
        var order = ((OrderCodeOutcome.Issued) codes.issueOrder(
                        owner.actor(),
                        owner.store().id(),
                        new NewOrderCode("paid", Money.yuan(38), OrderFlow.CONFIRMED_ONLINE, Duration.ofMinutes(30))))
                .code();
        wishToPay(order);
        return order;
    }

    /** In another store of the merchant, which is closed and lets a clerk decide. */
    private String waitingCollection(Fixtures.Owner owner) {
        var store = merchants.openStore(
                owner.actor(),
                owner.merchant(),
                new NewStore("夜里的店", null, "430102", "解放路 23 号", ZoneId.of("Asia/Shanghai"), "restaurant"));
        var document = (HoursDocument.Parsed.Valid) HoursDocument.parse("""
                {"zone":"Asia/Shanghai","weekly":{"mon":["20:00-22:00"]},"outside":{"policy":"CONFIRM"}}""");
        hours.change(owner.actor(), new ChangeHours(store, document.document(), 0, null));
        return wishToPay(((IssueOutcome.Issued) codes.issue(owner.actor(), store, "门口")).code());
    }

    private String wishToPay(QrCode code) {
        var payer = new Payer(PayerApp.WECHAT, null, null);
        var offered = (OfferOutcome.Offered) collections.offer(code.code(), Money.yuan(38), payer, "once");
        return collections
                .pay(offered.collection().token(), payer)
                .orElseThrow()
                .publicId();
    }
}
