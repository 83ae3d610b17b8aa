package dev.zhanggui.portal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.support.TestAcquirer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What acquirers are answered, by real HTTP. */
@ExtendWith(OutputCaptureExtension.class)
class AcquirerResultsTest extends ScannedStoreTest {

    private static final String PATH = "/acquirer/" + TestAcquirer.NAME + "/results";

    @Autowired
    private Collections collections;

    private Collection wish;

    @BeforeEach
    void somebodyWentOnToTheAcquirer() {
        wish = ((OfferOutcome.Offered)
                        collections.offer(code.code(), Money.yuan(38), new Payer(PayerApp.UNIONPAY, null, null), "a"))
                .collection();
    }

    @Test
    void a_signed_result_is_taken_and_its_repeat_is_answered_alike() throws Exception {
        var first = say(success("R1"));
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(first.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(json(first))
                .isEqualTo(JsonMapper.shared()
                        .readTree(
                                "{\"order\":\"" + wish.publicId() + "\",\"state\":\"SUCCEEDED\",\"repeated\":false}"));
        var second = say(success("R1"));
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(json(second).get("repeated").booleanValue()).isTrue();
        assertThat(get("/cashier/" + wish.token(), "zh").body()).contains("付款成功", "¥38.00");
    }

    @Test
    void the_payers_page_leads_to_the_acquirer_as_soon_as_the_clerk_agreed() throws Exception {
        clock.advance(Duration.ofHours(13));
        setHours("CONFIRM", 0);
        var offered = (OfferOutcome.Offered)
                collections.offer(code.code(), Money.yuan(39), new Payer(PayerApp.UNIONPAY, null, null), "b");
        var path = offered.address();
        var waiting = get(path, "zh").body();
        assertThat(waiting).contains("等店员确认").doesNotContain("pay.lakala.example");
        var held = http.sendAsync(request(path + "/state?seen=" + seen(waiting), "zh"), text());
        assertThat(held.isDone()).isFalse();

        collections.agree(owner, offered.collection().publicId());
        assertThat(held.get(5, TimeUnit.SECONDS).body()).contains("OFFERED");
        assertThat(get(path, "zh").body())
                .contains("去付 ¥39.00", "href=\"https://pay.lakala.example/c?order=")
                .doesNotContain("等店员确认");
        assertThat(get(path, "en").body()).contains("Pay ¥39.00");
    }

    @Test
    void a_failure_is_told_to_the_payer_in_words() throws Exception {
        assertThat(say(failure("R1", "INSUFFICIENT_FUNDS")).statusCode()).isEqualTo(200);
        assertThat(get("/cashier/" + wish.token(), "zh").body()).contains("没有付成", "余额不足", "没有扣钱");
        assertThat(get("/cashier/" + wish.token(), "en").body()).contains("not enough money");
    }

    @Test
    void an_open_page_of_the_payer_learns_of_it_at_once_even_when_it_had_given_up() throws Exception {
        clock.advance(Duration.ofMinutes(15));
        var page = get("/cashier/" + wish.token(), "zh").body();
        assertThat(page).contains("超时了", "已经扣款", "不用再付").doesNotContain("没有扣钱");
        var held = http.sendAsync(request("/cashier/" + wish.token() + "/state?seen=" + seen(page), "zh"), text());
        assertThat(held.isDone()).isFalse();
        assertThat(say(success("R1")).statusCode()).isEqualTo(200);
        assertThat(held.get(5, TimeUnit.SECONDS).body()).contains("SUCCEEDED");
        assertThat(get("/cashier/" + wish.token(), "zh").body()).contains("付款成功");
    }

    @Test
    void what_contradicts_is_answered_with_why() throws Exception {
        assertProblem(say(success("R1").replace("3800", "3799")), 409, "amount-differs");
        assertProblem(say(success("R1").replace("CNY", "USD")), 409, "amount-differs");
        assertThat(say(success("R1")).statusCode()).isEqualTo(200);
        assertProblem(say(success("R2")), 409, "paid-under-other-number");
        assertProblem(say(failure("R1", "TIMED_OUT")), 409, "failed-after-success");
        assertProblem(say(failure("R1", "TIMED_OUT")), 409, "failed-after-success");
    }

    @Test
    void an_acquirer_that_is_not_set_up_is_not_known() throws Exception {
        for (var name : List.of("nobody", "sandbox", "LAKALA")) {
            var body = success("R1").getBytes(StandardCharsets.UTF_8);
            var signature = TestAcquirer.signature(clock.instant(), body, TestAcquirer.KEY);
            assertProblem(send("/acquirer/" + name + "/results", body, signature), 404, "acquirer-unknown");
        }
    }

    @Test
    void without_a_good_signature_nothing_is_looked_at() throws Exception {
        var body = success("R1").getBytes(StandardCharsets.UTF_8);
        var now = clock.instant();
        var other = "x".repeat(32);
        assertProblem(send(PATH, body, null), 401, "signature-bad");
        assertProblem(send(PATH, body, "nonsense"), 401, "signature-bad");
        assertProblem(send(PATH, body, TestAcquirer.signature(now, body, other)), 401, "signature-bad");
        assertProblem(
                send(PATH, body, TestAcquirer.signature(now, body, TestAcquirer.OTHER_KEY)), 401, "signature-bad");
        assertProblem(
                send(PATH, body, TestAcquirer.signature(now.minusSeconds(301), body, TestAcquirer.KEY)),
                401,
                "signature-bad");
        assertProblem(
                send(
                        PATH,
                        (success("R1") + " ").getBytes(StandardCharsets.UTF_8),
                        TestAcquirer.signature(now, body, TestAcquirer.KEY)),
                401,
                "signature-bad");
        assertProblem(
                send(PATH, "{".getBytes(StandardCharsets.UTF_8), "t=1,v1=" + "0".repeat(64)), 401, "signature-bad");
        assertThat(collections.byToken(wish.token())).contains(wish);
        // Both keys are good while they change, alone or together.
        assertThat(send(PATH, body, TestAcquirer.signature(now, body, TestAcquirer.OLD_KEY))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(PATH, body, TestAcquirer.signature(now, body, other, TestAcquirer.KEY))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anothers_payment_is_not_known() throws Exception {
        assertProblem(say(success("R1").replace(wish.publicId(), "0".repeat(26))), 404, "payment-unknown");
        assertProblem(say(success("R1").replace(wish.publicId(), "not-a-ulid")), 404, "payment-unknown");
        var body = success("R1").getBytes(StandardCharsets.UTF_8);
        assertProblem(
                send(
                        "/acquirer/" + TestAcquirer.OTHER + "/results",
                        body,
                        TestAcquirer.signature(clock.instant(), body, TestAcquirer.OTHER_KEY)),
                404,
                "payment-unknown");
        assertThat(collections.byToken(wish.token())).contains(wish);
    }

    @Test
    void a_body_that_cannot_be_read_is_answered_with_what_to_do() throws Exception {
        assertUnreadable("", "one JSON object");
        assertUnreadable("[]", "one JSON object");
        assertUnreadable("{", "one JSON object");
        assertUnreadable(success("R1") + "{}", "one JSON object");
        assertUnreadable("{\"order\":\"a\",\"order\":\"b\"}", "each field once");
        assertUnreadable("[".repeat(10_000), "one JSON object");
        assertUnreadable(success("R1").replace("SUCCEEDED", "PAID"), "outcome: one of SUCCEEDED, FAILED");
        assertUnreadable(success("R1").replace("\"order\"", "\"number\""), "order:");
        assertUnreadable(success(""), "reference:");
        assertUnreadable(success("R 1"), "reference:");
        assertUnreadable(success("R".repeat(65)), "reference:");
        assertUnreadable(success("R1").replace("3800", "38.00"), "amountFen:");
        assertUnreadable(success("R1").replace("3800", "\"3800\""), "amountFen:");
        assertUnreadable(success("R1").replace("3800", "0"), "amountFen:");
        assertUnreadable(success("R1").replace("3800", "99999999999999999999"), "amountFen:");
        assertUnreadable(success("R1").replace("CNY", "cny"), "currency:");
        assertUnreadable(success("R1").replace("}", ",\"reason\":\"TIMED_OUT\"}"), "only what FAILED");
        assertUnreadable(success("R1").replace("SUCCEEDED", "FAILED"), "reason: one of PAYER_CANCELLED");
        assertUnreadable(failure("R1", "BECAUSE"), "reason: one of");
        assertUnreadable(success("R1").replaceAll("\"at\":\"[^\"]+\"", "\"at\":\"yesterday\""), "at: a moment");
        assertUnreadable(
                success("R1").replaceAll("\"at\":\"[^\"]+\"", "\"at\":\"2126-01-01T00:00:00Z\""), "not in the future");
        assertUnreadable(success("R1").replaceAll("\"at\":\"[^\"]+\"", "\"at\":\"1926-01-01T00:00:00Z\""), "400 days");
        assertThat(collections.byToken(wish.token())).contains(wish);
        // What we do not know we pass over.
        assertThat(say(success("R1").replace("}", ",\"channel\":{\"a\":1}}")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_body_that_is_too_large_is_not_read_to_its_end() throws Exception {
        var limit = success("R1") + " ".repeat(16_384 - success("R1").length());
        assertThat(say(limit).statusCode()).isEqualTo(200);
        assertProblem(say(limit + " "), 413, "too-large");
    }

    @Test
    void nothing_but_posting_is_possible() throws Exception {
        assertThat(get(PATH, "").statusCode()).isEqualTo(405);
    }

    @Test
    void neither_bodies_nor_signatures_are_logged(CapturedOutput output) throws Exception {
        var body = success("SECRET-REFERENCE").getBytes(StandardCharsets.UTF_8);
        var wrong = TestAcquirer.signature(clock.instant(), body, "y".repeat(32));
        send(PATH, body, wrong);
        say("{\"order\":\"SECRET-ORDER\"");
        say(success("SECRET-REFERENCE").replace("3800", "1"));
        say(success("SECRET-REFERENCE"));
        assertThat(output.getAll())
                .contains("without a good signature")
                .doesNotContain("SECRET-", wrong.substring(wrong.indexOf("v1=") + 3), TestAcquirer.KEY);
    }

    private String success(String reference) {
        return """
                {"order":"%s","reference":"%s","outcome":"SUCCEEDED","amountFen":3800,"currency":"CNY","at":"%s"}\
                """.formatted(wish.publicId(), reference, clock.instant());
    }

    private String failure(String reference, String reason) {
        return success(reference).replace("SUCCEEDED", "FAILED").replace("}", ",\"reason\":\"" + reason + "\"}");
    }

    private HttpResponse<String> say(String body) throws Exception {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(PATH, bytes, TestAcquirer.signature(clock.instant(), bytes, TestAcquirer.KEY));
    }

    private HttpResponse<String> send(String path, byte[] body, @Nullable String signature) throws Exception {
        var request = HttpRequest.newBuilder(request(path, "").uri())
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return http.send(
                (signature == null ? request : request.header("Zhanggui-Signature", signature)).build(), text());
    }

    private void assertUnreadable(String body, String help) throws Exception {
        var answer = say(body);
        assertProblem(answer, 400, "unreadable");
        assertThat(json(answer).get("help").stringValue()).contains(help);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var problem = json(answer);
        assertThat(problem.get("code").stringValue()).isEqualTo(code);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").stringValue()).isNotBlank();
        assertThat(problem.get("help").stringValue()).isNotBlank();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
