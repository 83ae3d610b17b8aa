package dev.zhanggui.portal.bridgelink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Csrs;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.CloneWatch;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.TerminalState;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Provision;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Over real HTTP, as a bridge calls. */
class BridgeEndpointsTest extends DatabaseTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TOKEN = "test-bridge-token";
    private static final ModelId MODEL = new ModelId("lakala-smart");

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    Inventory inventory;

    @Autowired
    Activations activations;

    @Autowired
    Terminals terminals;

    @Autowired
    CloneWatch clones;

    private StoreWithTerminals stores;

    @BeforeEach
    void stores() {
        stores = beans.createBean(StoreWithTerminals.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "work",
                "reports",
                "leave",
                "documents",
                "credentials",
                "certificate",
                "admissions",
                "provision/announce",
                "provision/poll",
                "x"
            })
    void nobody_comes_in_without_the_token(String call) throws Exception {
        for (var header : Arrays.asList(
                null, "", "Bearer", "Bearer ", "Bearer wrong", "Basic " + TOKEN, "bearer", "Bearer " + TOKEN + "x")) {
            var answer = post(call, "{}", header);
            assertThat(answer.statusCode()).as(call + " with " + header).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(answer.body()).isEqualTo("{\"status\":401,\"title\":\"The bridge token is missing or wrong\"}");
        }
    }

    @Test
    void no_call_opens_a_session() throws Exception {
        var answer = post("work", "{\"bridge\":\"b\",\"max\":1,\"waitMillis\":0}", "Bearer " + TOKEN);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void hello_is_answered_with_the_portals_clock_and_protocol() throws Exception {
        var answer = call(
                "hello",
                "{\"bridge\":\"b\",\"version\":\"1\",\"protocol\":1,\"mqttHost\":\"localhost\",\"mqttPort\":1883,\"new\":1}");
        assertThat(answer.path("serverTime").asString()).isEqualTo("2026-03-16T02:00:00Z");
        assertThat(answer.path("protocol").asInt()).isEqualTo(1);
    }

    @Test
    void a_message_that_makes_no_sense_is_a_bad_request_and_not_a_crash() throws Exception {
        assertThat(post("work", "{", "Bearer " + TOKEN).statusCode()).isEqualTo(400);
        assertThat(post("hello", "{}", "Bearer " + TOKEN).statusCode()).isEqualTo(400);
    }

    @Test
    void more_than_five_hundred_terminals_are_not_asked_for_at_once() throws Exception {
        var one = new Link.Credential("01J0000000000000000000NOBODY", "x", null);
        assertThat(admissions(Collections.nCopies(500, one).toArray(Link.Credential[]::new)))
                .hasSize(500)
                .containsOnly(false);
        var body = JSON.writeValueAsString(new Link.Admissions(Collections.nCopies(501, one)));
        assertThat(post("admissions", body, "Bearer " + TOKEN).statusCode()).isEqualTo(400);
    }

    @Test
    void a_bad_entry_does_not_lose_the_good_ones() throws Exception {
        var machine = stores.open(1).machine();
        var answer = call("reports", """
                {"bridge":"b","births":[
                  {"tid":"x"},
                  7,
                  {"tid":"%s","epoch":-1,"gen":3,"deviceClass":"SMART_POS","firmware":"kit","bootId":"b1","at":"2026-03-16T02:00:00Z"},
                  {"tid":"%1$s","epoch":0,"gen":0,"deviceClass":"SMART_POS","firmware":"kit 1","bootId":"b1","at":"1970-01-01T00:00:00Z"}],
                 "reports":[{"tid":"%1$s","epoch":1,"gen":1,"digest":"d","stage":"DANCED","at":"2026-03-16T02:00:00Z"}]}
                """.formatted(machine.publicId()));
        assertThat(answer.path("work").isArray()).isTrue();
    }

    @Test
    void words_that_are_too_long_and_clocks_that_are_wrong_do_not_fail_the_batch() throws Exception {
        var machine = stores.open(1).machine();
        for (var at : List.of("-1000000-01-01T00:00:00Z", "+999999-01-01T00:00:00Z")) {
            call("reports", """
                    {"bridge":"b","births":[{"tid":"%s","epoch":0,"gen":0,"deviceClass":"SMART_POS","firmware":"%s",
                      "bootId":"%s","at":"%s"}]}
                    """.formatted(machine.publicId(), "f".repeat(300), "b".repeat(300) + at, at));
        }
        assertThat(terminals.terminal(StoreWithTerminals.SYSTEM, machine.id()).presence())
                .satisfies(presence -> assertThat(presence.firmware()).isEqualTo("f".repeat(60)));
    }

    @Test
    void births_of_two_machines_with_one_credential_are_noticed() throws Exception {
        var machine = stores.open(1).machine();
        int before =
                clones.suspectedSince(StoreWithTerminals.SYSTEM, clock.instant().plusSeconds(80));
        for (var boot : List.of("a", "b", "a", "b")) {
            clock.advance(Duration.ofSeconds(20));
            call("reports", """
                    {"bridge":"b","births":[{"tid":"%s","epoch":0,"gen":0,"deviceClass":"SMART_POS","firmware":"kit",
                      "bootId":"%s","at":"%s"}]}
                    """.formatted(machine.publicId(), boot, clock.instant()));
        }
        assertThat(clones.suspectedSince(StoreWithTerminals.SYSTEM, clock.instant()))
                .isEqualTo(before + 1);
    }

    @Test
    void a_bridge_is_answered_with_its_fence_and_after_its_leave_with_a_conflict() throws Exception {
        var name = "bridge-" + Ids.ulid();
        var hello = """
                {"bridge":"%s","version":"1","protocol":1,"mqttHost":"localhost","mqttPort":1883,"instance":"i","sharedBroker":%s}
                """;
        long fence = call("hello", hello.formatted(name, false)).path("fence").asLong();
        var work = "{\"bridge\":\"%s\",\"max\":1,\"waitMillis\":0,\"fence\":%d}".formatted(name, fence);
        assertThat(call("work", work).has("shards")).isFalse();
        call("leave", "{\"bridge\":\"%s\",\"fence\":%d}".formatted(name, fence));
        assertThat(post("work", work, "Bearer " + TOKEN).statusCode()).isEqualTo(409);
        assertThat(post("reports", "{\"bridge\":\"%s\",\"fence\":%d}".formatted(name, fence), "Bearer " + TOKEN)
                        .statusCode())
                .isEqualTo(409);
        var again = call("hello", hello.formatted(name, true));
        assertThat(again.path("fence").asLong()).isNotEqualTo(fence);
        assertThat(again.path("shards").valueStream().map(JsonNode::asString))
                .isNotEmpty()
                .allMatch(shard -> shard.matches("[0-9a-f]{2}"));
        call("leave", "{\"bridge\":\"%s\"}".formatted(name));
    }

    @Test
    void documents_of_a_strange_terminal_are_not_given() throws Exception {
        assertThat(call("documents", "{\"tid\":\"01J0000000000000000000NOBODY\",\"digests\":[\"x\"]}")
                        .path("documents"))
                .isEmpty();
    }

    @Test
    void a_device_out_of_the_box_is_let_in_after_the_merchant_typed_its_code() throws Exception {
        var opened = stores.open(0);
        var serial = "BRG" + Long.toString(Ids.next(), 36).toUpperCase(Locale.ROOT);
        deliver(serial, opened);
        var device = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        var waiting = call("provision/announce", request(device, serial, "SMART_POS", "announce"));
        assertThat(waiting.path("state").asString()).isEqualTo("WAITING");
        var code = waiting.path("shownCode").asString();
        assertThat(code).hasSize(8);
        assertThat(call("provision/poll", request(device, serial, "SMART_POS", "poll"))
                        .path("shownCode")
                        .asString())
                .isEqualTo(code);

        assertThat(activations.activate(opened.owner(), code, opened.store(), "柜台"))
                .isInstanceOf(Activations.Outcome.Activated.class);
        var poll = request(device, serial, "SMART_POS", "poll");
        var activated = call("provision/poll", poll);
        assertThat(activated.path("state").asString()).isEqualTo("ACTIVATED");
        assertThat(call("provision/poll", poll)).isEqualTo(activated);
        var activation = activated.path("activation");
        assertThat(Base64.getUrlDecoder()
                        .decode(activation.path("keys").get(0).path("publicKey").asString()))
                .hasSize(32);
        var tid = activation.path("tid").asString();
        var token = activation.path("token").asString();
        assertThat(credential(tid, token)).isTrue();
        assertThat(credential(tid, token + "x")).isFalse();
        assertThat(credential("01J0000000000000000000NOBODY", token)).isFalse();
        assertThat(admissions(
                        new Link.Credential(tid, token + "x", null),
                        new Link.Credential(tid, token, null),
                        new Link.Credential("01J0000000000000000000NOBODY", token, null),
                        new Link.Credential(tid, token, "thumbprint of a certificate")))
                .containsExactly(false, true, false, false);
        assertThat(admissions()).isEmpty();
    }

    @Test
    void a_device_that_cannot_prove_its_key_is_refused() throws Exception {
        var serial = "BRG" + Long.toString(Ids.next(), 36).toUpperCase(Locale.ROOT);
        deliver(serial, stores.open(0));
        var device = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var forPoll = request(device, serial, "SMART_POS", "poll");
        assertThat(refusal(call("provision/announce", forPoll))).isEqualTo("BAD_SIGNATURE");
        assertThat(refusal(call("provision/announce", forPoll.replace("SMART_POS", "KIOSK"))))
                .isEqualTo("BAD_SIGNATURE");
        assertThat(
                        refusal(
                                call(
                                        "provision/announce",
                                        "{\"serial\":\"s\",\"deviceClass\":\"KIOSK\",\"publicKey\":\"!\",\"nonce\":\"n\",\"signature\":\"\"}")))
                .isEqualTo("BAD_SIGNATURE");
        assertThat(refusal(call("provision/announce", request(device, serial, "KIOSK", "announce"))))
                .isEqualTo("WRONG_CLASS");
        assertThat(refusal(call("provision/announce", request(device, serial, "TOASTER", "announce"))))
                .isEqualTo("WRONG_CLASS");
        assertThat(refusal(call("provision/announce", request(device, "NOSUCHSERIAL", "SMART_POS", "announce"))))
                .isEqualTo("UNKNOWN_SERIAL");
    }

    @Test
    void a_terminal_is_given_a_certificate_and_with_it_needs_no_token() throws Exception {
        var opened = stores.open(0);
        var serial = "BRG" + Long.toString(Ids.next(), 36).toUpperCase(Locale.ROOT);
        deliver(serial, opened);
        var device = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var csr = Csrs.fresh();
        var code = call("provision/announce", request(device, serial, "SMART_POS", "announce", csr))
                .path("shownCode")
                .asString();
        activations.activate(opened.owner(), code, opened.store(), "柜台");

        var answer = call("provision/poll", request(device, serial, "SMART_POS", "poll", csr));

        var activation = answer.path("activation");
        var certificate = parse(activation.path("certificate").asString());
        var tid = activation.path("tid").asString();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + tid);
        certificate.verify(
                parse(activation.path("authorities").get(0).asString()).getPublicKey());
        assertThat(call("provision/poll", request(device, serial, "SMART_POS", "poll", csr)))
                .isEqualTo(answer);
        assertThat(call("provision/announce", request(device, serial, "SMART_POS", "announce", csr)))
                .isEqualTo(answer);

        var token = activation.path("token").asString();
        var thumbprint = thumbprint(certificate);
        assertThat(credential(tid, token)).isTrue();
        assertThat(certified(tid, thumbprint)).isTrue();
        assertThat(credential(tid, token)).isFalse();
        assertThat(certified("01J0000000000000000000NOBODY", thumbprint)).isFalse();
        assertThat(certified(tid, "A".repeat(43))).isFalse();
        // Where there is a thumbprint the token does not count, not even a good one.
        var both = "{\"tid\":\"%s\",\"token\":\"%s\",\"thumbprint\":\"%s\"}";
        assertThat(call("credentials", both.formatted(tid, token, "A".repeat(43)))
                        .path("ok")
                        .asBoolean())
                .isFalse();

        var renewed = call("provision/poll", request(device, serial, "SMART_POS", "poll", Csrs.fresh()))
                .path("activation");
        assertThat(certified(tid, thumbprint(parse(renewed.path("certificate").asString()))))
                .isTrue();
        assertThat(certified(tid, thumbprint)).isFalse();
    }

    @Test
    void a_request_for_a_certificate_that_is_wrong_is_refused_and_from_a_plate_ignored() throws Exception {
        var serial = "BRG" + Long.toString(Ids.next(), 36).toUpperCase(Locale.ROOT);
        deliver(serial, stores.open(0));
        var device = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var good = Csrs.fresh();
        var request = request(device, serial, "SMART_POS", "announce", good);

        for (var wrong : List.of("", "x", good.substring(4), Csrs.of(Csrs.ec("secp384r1")))) {
            assertThat(refusal(call("provision/announce", request(device, serial, "SMART_POS", "announce", wrong))))
                    .isEqualTo("BAD_CSR");
            assertThat(refusal(call("provision/poll", request(device, serial, "SMART_POS", "poll", wrong))))
                    .isEqualTo("BAD_CSR");
        }
        assertThat(refusal(call("provision/announce", request.replace(good, Csrs.fresh()))))
                .isEqualTo("BAD_SIGNATURE");
        assertThat(refusal(call("provision/announce", request.replace(",\"csr\":\"" + good + "\"", ""))))
                .isEqualTo("BAD_SIGNATURE");
        assertThat(refusal(call("provision/announce", request(device, serial, "QR_PLATE", "announce", "x"))))
                .isEqualTo("WRONG_CLASS");
    }

    @Test
    void a_bridge_is_given_a_certificate_for_its_broker() throws Exception {
        var body = "{\"bridge\":\"%s\",\"csr\":\"%s\",\"hosts\":[%s]}";
        var name = "bridge-" + Ids.ulid();
        var csr = Csrs.fresh();

        var answer = call("certificate", body.formatted(name, csr, "\"localhost\",\"127.0.0.1\""));

        var certificate = parse(answer.path("certificate").asString());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + name);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        certificate.verify(parse(answer.path("authorities").get(0).asString()).getPublicKey());
        assertThat(Instant.parse(answer.path("renewAt").asString()))
                .isBefore(certificate.getNotAfter().toInstant());
        assertThat(call("certificate", body.formatted(name, csr, "\"127.0.0.1\",\"localhost\"")))
                .isEqualTo(answer);
        for (var wrong : List.of(
                body.formatted(name, csr, "\"*.example.com\""),
                body.formatted(name, csr, ""),
                body.formatted(name, "x", "\"localhost\""),
                body.formatted("a,O=b", csr, "\"localhost\""),
                "{}")) {
            assertThat(post("certificate", wrong, "Bearer " + TOKEN).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    private static X509Certificate parse(String base64) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }

    private static String thumbprint(X509Certificate certificate) throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    private boolean certified(String tid, String thumbprint) throws Exception {
        return call("credentials", "{\"tid\":\"%s\",\"thumbprint\":\"%s\"}".formatted(tid, thumbprint))
                .path("ok")
                .asBoolean();
    }

    private void deliver(String serial, StoreWithTerminals.Opened opened) {
        var system = StoreWithTerminals.SYSTEM;
        inventory.stockIn(system, MODEL, List.of(serial), false);
        var allocated = (Inventory.Allocation.Allocated)
                inventory.allocate(system, Serial.check(serial).orThrow(), MODEL, opened.merchant());
        for (var state : List.of(TerminalState.PACKED, TerminalState.SHIPPED, TerminalState.DELIVERED)) {
            inventory.move(system, allocated.terminal().id(), state, "test");
        }
        assertThat(allocated.terminal().deviceClass()).isEqualTo(DeviceClass.SMART_POS);
    }

    /** Signed by the JDK, the independent peer of what the portal verifies with. */
    private static String request(KeyPair device, String serial, String deviceClass, String call) throws Exception {
        return request(device, serial, deviceClass, call, null);
    }

    private static String request(KeyPair device, String serial, String deviceClass, String call, @Nullable String csr)
            throws Exception {
        var point = ((EdECPublicKey) device.getPublic()).getPoint();
        var encoded = new byte[32];
        var y = point.getY().toByteArray();
        for (int i = 0; i < Math.min(32, y.length); i++) {
            encoded[i] = y[y.length - 1 - i];
        }
        if (point.isXOdd()) {
            encoded[31] |= (byte) 0x80;
        }
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var publicKey = base64.encodeToString(encoded);
        var nonce = "AAAAAAAAAAAAAAAAAAAAAA";
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(device.getPrivate());
        signer.update(Provision.Request.signingInput(call, serial, deviceClass, publicKey, nonce, csr)
                .getBytes(StandardCharsets.UTF_8));
        return JSON.writeValueAsString(new Provision.Request(
                serial, deviceClass, publicKey, nonce, base64.encodeToString(signer.sign()), csr));
    }

    private boolean credential(String tid, String token) throws Exception {
        return call("credentials", "{\"tid\":\"%s\",\"token\":\"%s\"}".formatted(tid, token))
                .path("ok")
                .asBoolean();
    }

    private List<Boolean> admissions(Link.Credential... credentials) throws Exception {
        return call("admissions", JSON.writeValueAsString(new Link.Admissions(List.of(credentials))))
                .path("answers")
                .valueStream()
                .map(answer -> answer.path("ok").asBoolean())
                .toList();
    }

    private static String refusal(JsonNode answer) {
        assertThat(answer.path("state").asString()).isEqualTo("REFUSED");
        return answer.path("refusal").asString();
    }

    private JsonNode call(String call, String body) throws Exception {
        var answer = post(call, body, "Bearer " + TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> post(String call, String body, @Nullable String authorization) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/bridge/v1/" + call))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
