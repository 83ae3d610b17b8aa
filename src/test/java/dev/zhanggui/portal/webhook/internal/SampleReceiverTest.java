package dev.zhanggui.portal.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.webhook.Delivery;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointOutcome;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.SampleReceiver;
import dev.zhanggui.portal.webhook.SampleReceiver.Signature;
import dev.zhanggui.portal.webhook.SampleReceiver.Verdict;
import dev.zhanggui.portal.webhook.SendOutcome;
import dev.zhanggui.portal.webhook.Webhooks;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The demo's receiver believes nothing that is not signed. */
class SampleReceiverTest extends DatabaseTest {

    @Autowired
    private SampleReceiver receiver;

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private EndpointRows endpoints;

    @Autowired
    private DeliveryRows deliveries;

    @Autowired
    private Fixtures fixtures;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private Secret secret;
    private Delivery ping;

    @BeforeEach
    void aMessage() {
        var owner = fixtures.owner("有软件的店");
        var made = (EndpointOutcome.Created) webhooks.create(
                owner.actor(),
                owner.merchant(),
                new EndpointDraft("https://hook.example/", "", Set.of(EventType.QR_REVOKED)));
        secret = Secret.of(made.secret());
        ping = ((SendOutcome.Queued)
                        webhooks.ping(owner.actor(), made.endpoint().id()))
                .delivery();
    }

    @Test
    void what_is_rightly_signed_is_taken_and_shown() throws Exception {
        assertThat(post(ping.payload(), clock.instant(), secret).statusCode()).isEqualTo(204);
        assertThat(receiver.latest().getFirst())
                .isEqualTo(
                        new SampleReceiver.Received(clock.instant(), ping.publicId(), Verdict.GENUINE, ping.payload()));
    }

    @Test
    void a_changed_body_another_secret_and_a_foreign_id_are_not_from_the_portal() throws Exception {
        assertRefused(post(ping.payload() + " ", clock.instant(), ping.payload(), secret), Verdict.WRONG_SIGNATURE);
        assertRefused(post(ping.payload(), clock.instant(), Secret.random()), Verdict.WRONG_SIGNATURE);
        var at = clock.instant();
        var foreign = new Signature(
                "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                Long.toString(at.getEpochSecond()),
                Secret.sign(List.of(secret), "01ARZ3NDEKTSV4RRFFQ69G5FAV", at, "{}"));
        assertThat(receiver.take(foreign, "{}")).isEqualTo(Verdict.WRONG_SIGNATURE);
    }

    @Test
    void what_is_sent_again_much_later_is_refused_though_its_signature_is_right() throws Exception {
        assertRefused(post(ping.payload(), clock.instant().minusSeconds(301), secret), Verdict.TOO_OLD);
        assertRefused(post(ping.payload(), clock.instant().plusSeconds(301), secret), Verdict.TOO_OLD);
        assertThat(post(ping.payload(), clock.instant().minusSeconds(300), secret)
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void without_its_headers_it_is_not_signed() throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(address())
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertRefused(answer, Verdict.NOT_SIGNED);
        assertThat(receiver.take(new Signature(ping.publicId(), "soon", "v1,x"), "{}"))
                .isEqualTo(Verdict.NOT_SIGNED);
    }

    @Test
    void it_keeps_few_and_small_messages() throws Exception {
        for (int i = 0; i < SampleReceiver.KEPT + 5; i++) {
            receiver.take(new Signature("x".repeat(1_000), "", ""), "{}");
        }
        assertThat(receiver.latest()).hasSize(SampleReceiver.KEPT);
        assertThat(receiver.latest().getFirst().id()).hasSize(200);
        var huge = "x".repeat(SampleReceiver.BODY_MOST + 1);
        assertThat(post(huge, clock.instant(), huge, secret).statusCode()).isEqualTo(413);
    }

    @Test
    void outside_demo_mode_it_is_not_there() {
        var none = new MemoryReceiver(false, endpoints, deliveries, event -> {}, clock);
        assertThatThrownBy(none::latest).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> none.take(new Signature("", "", ""), "{}")).isInstanceOf(NotFoundException.class);
    }

    private static void assertRefused(HttpResponse<String> answer, Verdict verdict) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo(verdict.name());
    }

    private HttpResponse<String> post(String body, Instant at, Secret by) throws Exception {
        return post(body, at, body, by);
    }

    private HttpResponse<String> post(String body, Instant at, String signed, Secret by) throws Exception {
        return http.send(
                HttpRequest.newBuilder(address())
                        .header("Content-Type", "application/json")
                        .header("webhook-id", ping.publicId())
                        .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                        .header("webhook-signature", Secret.sign(List.of(by), ping.publicId(), at, signed))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + port + "/demo/webhook/in");
    }
}
