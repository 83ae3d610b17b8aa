package dev.zhanggui.bridge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import dev.zhanggui.bridge.portal.PortalLink;
import dev.zhanggui.support.FakePortal;
import dev.zhanggui.support.PahoTerminal;
import dev.zhanggui.support.Signer;
import dev.zhanggui.terminal.Fleet;
import dev.zhanggui.terminal.TerminalView;
import dev.zhanggui.terminal.TerminalView.Defects;
import dev.zhanggui.terminal.TerminalView.Faults;
import dev.zhanggui.terminal.TerminalView.State;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Report.Stage;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** With the embedded broker, and what only that one promises. */
class WholeWayTest extends WholeWay {

    @BeforeAll
    static void startBridge() throws IOException {
        portal = new FakePortal();
        bridgePort = freePort();
        mqttPort = freePort();
        bridge = bridge();
    }

    private static ConfigurableApplicationContext bridge() {
        return SpringApplication.run(
                BridgeApplication.class,
                "--zhanggui.bridge.portal-url=" + portal.url(),
                "--zhanggui.bridge.token=" + FakePortal.TOKEN,
                "--zhanggui.bridge.mqtt.port=" + mqttPort,
                "--server.port=" + bridgePort);
    }

    @AfterAll
    static void stopBridge() {
        bridge.close();
        portal.close();
    }

    @Test
    void aTerminalBuiltOnPahoAndTheJdkIsServedAndFindsItsManifestGenuine() throws Exception {
        int plainPort = Objects.requireNonNull(portal.activated(tid, mqttPort).mqttPort());
        try (PahoTerminal terminal = new PahoTerminal(
                plainPort, tid, portal.token(tid), portal.signer().verificationKey())) {
            portal.awaitBirth(birth -> birth.tid().equals(tid) && birth.gen() == 0);
            String digest = portal.push(tid, 1, 1, open());
            portal.awaitReport(report -> report.tid().equals(tid)
                    && report.stage() == Stage.APPLIED
                    && report.digest().equals(digest));

            terminal.disconnect();
            String newer = portal.push(tid, 1, 2, closed());
            terminal.connect(portal.token(tid));
            assertThat(portal.awaitBirth(birth -> birth.tid().equals(tid) && birth.gen() == 1))
                    .returns(digest, birth -> birth.digest());
            portal.awaitReport(report -> report.stage() == Stage.APPLIED
                    && report.gen() == 2
                    && report.digest().equals(newer));

            portal.push(tid, 1, 3, new Signer("k1").manifest(new Manifest(1, tid, 1, 3, now(), now(), List.of(), 0)));
            assertThat(portal.awaitReport(report -> report.tid().equals(tid) && report.gen() == 3))
                    .returns(Stage.REJECTED, Report::stage);
        }
    }

    @Test
    void aSlowTerminalGetsThereAllTheSame() throws Exception {
        activated("MPOS");
        fleet.setFaults(serial, Faults.NONE.with(new Defects(null, false, false, 300)));
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);
    }

    @Test
    void manyTerminalsOfOneProcessShareAFewThreads() throws Exception {
        int many = 300;
        List<String> tids = IntStream.range(0, many)
                .mapToObj("01K9ZQ4T8M3V5C7W9Y2BMW%04d"::formatted)
                .toList();
        try (Fleet large =
                Fleet.inProcess(URI.create("http://127.0.0.1:" + bridgePort), clock, Duration.ofMinutes(10), 4096)) {
            int before = Thread.activeCount();
            for (String one : tids) {
                large.powerOnActivated(one, "SMART_POS", portal.activated(one, mqttPort));
            }
            tids.forEach(one -> portal.push(one, 1, 1, open()));
            for (String one : tids) {
                portal.awaitReport(report -> report.tid().equals(one) && report.stage() == Stage.APPLIED);
            }
            assertThat(Thread.activeCount() - before).isLessThan(many / 4);
            assertThat(large.views())
                    .hasSize(many)
                    .allSatisfy(view ->
                            assertThat(view).returns(1L, TerminalView::gen).returns(true, TerminalView::open));
            assertThat(large.journal(tids.getFirst()).orElseThrow())
                    .anySatisfy(line -> assertThat(line).contains("\"event\":\"APPLIED\""));
        }
    }

    @Test
    void anEditMadeWhileThePortalWasAwayArrivesWhenItIsBack() throws Exception {
        activated("CLOUD_POS");
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);

        portal.goAway();
        await(view -> view.connected());
        assertThat(health()).contains("\"status\":\"UP\"", "brokerHealth");
        portal.push(tid, 1, 2, closed());
        portal.comeBack();

        portal.awaitReport(report -> report.tid().equals(tid) && report.gen() == 2 && report.stage() == Stage.APPLIED);
        assertThat(view()).returns(true, TerminalView::connected);
    }

    @Test
    void anEditMadeWhileTheBrokerWasDownArrivesWhenItIsBack() throws Exception {
        activated("KIOSK");
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);

        bridge.close();
        try {
            await(view -> !view.connected());
            portal.push(tid, 1, 2, closed());
            assertThat(view()).returns(1L, TerminalView::gen).returns(true, TerminalView::open);
        } finally {
            bridge = bridge();
        }

        portal.awaitReport(report -> report.tid().equals(tid) && report.gen() == 2 && report.stage() == Stage.APPLIED);
        assertThat(await(view -> view.gen() == 2))
                .returns(true, TerminalView::connected)
                .returns(false, TerminalView::open);
        assertThat(health()).contains("\"status\":\"UP\"", "brokerHealth");
    }

    @Test
    void aBridgeThatWasTakenForDeadSaysHelloAgainTellsWhoIsHereAndHearsAgainWhatRuns() throws Exception {
        activated("CLOUD_POS");
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);
        int hellos = portal.hellos();
        int told = hereTold();

        portal.fenceOff();
        portal.push(tid, 1, 2, closed());

        // What it said before the hello is not posted after it: then the terminal says it by a birth.
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> portal.reports().stream()
                                .anyMatch(report -> report.tid().equals(tid)
                                        && report.gen() == 2
                                        && report.stage() == Stage.APPLIED)
                        || portal.births().stream()
                                .anyMatch(birth -> birth.tid().equals(tid) && birth.gen() == 2));
        assertThat(portal.hellos()).isGreaterThan(hellos);
        org.awaitility.Awaitility.await().until(() -> hereTold() > told);
        await(TerminalView::connected);
    }

    private int hereTold() {
        return (int) portal.presences().stream()
                .filter(presence -> presence.tid().equals(tid) && presence.online())
                .count();
    }

    @Test
    void aBridgeThatStopsInOrderGivesBackWhatItHeld() throws Exception {
        activated("KIOSK");
        bridge.close();
        try {
            assertThat(portal.awaitLeave(leave -> leave.fence() != null).bridge())
                    .isEqualTo("bridge-1");
        } finally {
            bridge = bridge();
        }
        // Left alone it would come back after whatever its back-off has grown to meanwhile.
        fleet.reboot(serial);
        await(TerminalView::connected);
    }

    @Test
    void aBridgeThatIsDrainedAndRestartedUnderEditsLosesNoActivationAndDoublesNone() throws Exception {
        List<String> tids = IntStream.range(0, 20)
                .mapToObj("01K9ZQ4T8M3V5C7W9Y2BDR%04d"::formatted)
                .toList();
        try (Fleet shops =
                Fleet.inProcess(URI.create("http://127.0.0.1:" + bridgePort), clock, Duration.ofMinutes(10), 1 << 18)) {
            for (String one : tids) {
                shops.powerOnActivated(one, "SMART_POS", portal.activated(one, mqttPort));
            }
            AtomicLong edits = new AtomicLong();
            edit(tids, edits);
            awaitAll(shops, view -> view.gen() == 1);

            assertThat(drain("Bearer " + portal.token(tids.getFirst()), "1").statusCode())
                    .isEqualTo(401);
            assertThat(drain("Bearer " + FakePortal.TOKEN, "601").statusCode()).isEqualTo(422);
            assertThat(health()).contains("\"serving\":\"ALL\"");
            assertThat(drain("Bearer " + FakePortal.TOKEN, "1").body()).contains("THOSE_STILL_HERE");
            org.awaitility.Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        edit(tids, edits);
                        return health().contains("\"serving\":\"NOBODY\"");
                    });
            portal.awaitLeave(leave -> true);
            assertThat(shops.views()).noneMatch(TerminalView::connected);
            assertThat(health()).contains("OUT_OF_SERVICE");
            bridge.close();
            edit(tids, edits);
            bridge = bridge();
            edit(tids, edits);
            awaitAll(shops, view -> view.gen() == edits.get());

            assertThat(edits.get()).as("edited while it was drained").isGreaterThan(5);
            for (String one : tids) {
                List<JsonNode> applied = shops.journal(one).orElseThrow().stream()
                        .map(PortalLink.JSON::readTree)
                        .filter(line -> line.path("event").asString("").equals("APPLIED"))
                        .toList();
                assertThat(applied)
                        .extracting(line -> line.path("gen").asLong())
                        .as("each once, and never back")
                        .doesNotHaveDuplicates()
                        .isSorted()
                        .contains(1L, edits.get());
                portal.awaitReport(report ->
                        report.tid().equals(one) && report.gen() == edits.get() && report.stage() == Stage.APPLIED);
                assertThat(portal.reports())
                        .filteredOn(report -> report.tid().equals(one) && report.stage() == Stage.APPLIED)
                        .extracting(Report::digest)
                        .as("said only what the log proves")
                        .isSubsetOf(applied.stream()
                                .map(line -> line.path("digest").asString())
                                .toList());
            }
        }
    }

    /** The next version for each, as fast as one can make them. */
    private void edit(List<String> tids, AtomicLong edits) {
        long next = edits.incrementAndGet();
        tids.forEach(one -> portal.push(one, 1, next, next % 2 == 0 ? closed() : open()));
    }

    private static void awaitAll(Fleet fleet, Predicate<TerminalView> wanted) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> fleet.views().stream().allMatch(wanted));
    }

    private static HttpResponse<String> drain(String authorization, String seconds)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + bridgePort + "/operations/drain?seconds=" + seconds))
                                .header("Authorization", authorization)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aTerminalThatRestartsWhileThePortalIsAwayIsLetInAndLosesNothing() throws Exception {
        activated("MPOS");
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);
        int questions = portal.credentialQuestions();

        portal.goAway();
        // A report that waits for the portal must not keep its sender out.
        fleet.setFaults(serial, new Faults(false, true, 0));
        await(view -> view.rejected() != null);
        kit.close();
        kit = kit();
        fleet = kit.fleet();
        assertThat(await(TerminalView::connected))
                .returns(1L, TerminalView::gen)
                .returns(true, TerminalView::open);
        portal.comeBack();

        portal.awaitBirth(birth -> birth.tid().equals(tid) && birth.gen() == 1);
        assertThat(portal.credentialQuestions()).isEqualTo(questions);
    }

    @Test
    void aTerminalThatWasOfflineGetsTheNewestWhenItReturnsAndItsAbsenceIsKnown() throws Exception {
        activated("QR_PLATE");
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);
        fleet.setFaults(serial, new Faults(true, false, 0));
        portal.awaitPresence(presence -> presence.tid().equals(tid) && !presence.online());

        portal.push(tid, 1, 2, open());
        portal.push(tid, 1, 3, closed());
        portal.awaitDelivery(
                delivery -> delivery.tid().equals(tid) && delivery.token().endsWith("-3") && !delivery.published());
        assertThat(view()).returns(1L, TerminalView::gen).returns(true, TerminalView::open);
        fleet.setFaults(serial, Faults.NONE);

        await(view -> view.gen() == 3);
        assertThat(portal.reports()).noneMatch(report -> report.tid().equals(tid) && report.gen() == 2);
    }

    @Test
    void aWithdrawnCredentialEndsTheConnectionAndTheTerminalShowsACodeAgain() throws Exception {
        activated("SMART_POS");
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);

        portal.revoke(tid);

        assertThat(await(view -> view.state() == State.WAITING)).returns(0L, TerminalView::gen);
    }

    @Test
    void aClockTenYearsAheadIsNoticedAndTheScreenGoesByTheNetworksTime() throws Exception {
        activated("ESIGN_POS");
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);

        fleet.setFaults(serial, new Faults(false, false, 10));

        assertThat(await(view -> view.clockAheadSeconds() > 300_000_000L))
                .returns(true, TerminalView::open)
                .satisfies(view ->
                        assertThat(requireNonNull(view.screen()).stale()).isFalse());
    }

    @Test
    void anotherTerminalsTokenIsRefused() throws Exception {
        activated("SMART_POS");
        assertThat(connectReturnCode(tid, tid, "token-of-somebody-else"))
                .isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
        assertThat(connectReturnCode("01K9ZQ4T8M3V5C7W9Y2B4DZZZZ", tid, portal.token(tid)))
                .isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
        assertThat(connectReturnCode("+", "+", portal.token(tid))).isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
        Mqtt3BlockingClient nobody = MqttClient.builder()
                .useMqttVersion3()
                .identifier(tid)
                .serverHost("127.0.0.1")
                .serverPort(mqttPort)
                .buildBlocking();
        assertThat(returnCode(nobody)).isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
    }

    @Test
    void aTerminalCanNeitherReadNorWriteForeignTopics() throws Exception {
        activated("SMART_POS");
        fleet.setFaults(serial, new Faults(true, false, 0));
        await(view -> !view.connected());
        String other = "01K9ZQ4T8M3V5C7W9Y2B4DZZZZ";
        for (String topic : List.of(
                new Topics(other).of(Channel.MANIFEST), "zg/1/+/+/s", "#", new Topics(tid).of(Channel.STATUS))) {
            Mqtt3BlockingClient client = client(tid, tid, portal.token(tid));
            client.connect();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> client.subscribeWith()
                            .topicFilter(topic)
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .send()))
                    .as(topic)
                    .isNotNull()
                    .satisfiesAnyOf(
                            failure -> assertThat(failure).isInstanceOf(Mqtt3SubAckException.class),
                            failure ->
                                    assertThat(client.getState().isConnected()).isFalse());
            if (client.getState().isConnected()) {
                client.disconnect();
            }
        }
        for (String topic :
                List.of(new Topics(other).of(Channel.STATUS), new Topics(tid).of(Channel.MANIFEST), "elsewhere")) {
            CompletableFuture<Void> thrownOut = new CompletableFuture<>();
            Mqtt3BlockingClient client = MqttClient.builder()
                    .useMqttVersion3()
                    .identifier(tid)
                    .serverHost("127.0.0.1")
                    .serverPort(mqttPort)
                    .simpleAuth()
                    .username(tid)
                    .password(portal.token(tid).getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .addDisconnectedListener(context -> thrownOut.complete(null))
                    .buildBlocking();
            client.connect();
            client.toAsync()
                    .publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(new byte[] {1})
                    .send();
            thrownOut.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void nonsenseFromATerminalIsDroppedAndTheBridgeGoesOn() throws Exception {
        activated("SMART_POS");
        fleet.setFaults(serial, new Faults(true, false, 0));
        await(view -> !view.connected());
        Mqtt3BlockingClient client = client(tid, tid, portal.token(tid));
        client.connect();
        for (String payload : List.of(
                "",
                "not json",
                "null",
                "{\"report\":{}}",
                "{\"report\":null}",
                "[".repeat(5000),
                "{\"birth\":{\"tid\":\"01K9ZQ4T8M3V5C7W9Y2B4DZZZZ\",\"epoch\":9,\"gen\":9,\"deviceClass\":\"KIOSK\","
                        + "\"firmware\":\"x\",\"bootId\":\"x\",\"at\":\"2026-01-01T00:00:00Z\"}}")) {
            client.publishWith()
                    .topic(new Topics(tid).of(Channel.STATUS))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(payload.getBytes(StandardCharsets.UTF_8))
                    .send();
        }
        client.disconnect();
        fleet.setFaults(serial, Faults.NONE);
        portal.push(tid, 1, 1, open());
        assertThat(portal.awaitReport(report -> report.tid().equals(tid)).stage())
                .isEqualTo(Stage.APPLIED);
    }

    @Test
    void aSignatureByAKeyThatWasNotPinnedIsRejected() throws Exception {
        activated("SMART_POS");
        String forged =
                new Signer("k1").manifest(new Manifest(1, tid, 1, 1, now(), now().plusSeconds(60), List.of(), 0));

        portal.push(tid, 1, 1, forged);

        assertThat(portal.awaitReport(report -> report.tid().equals(tid)))
                .returns(RejectCode.BAD_SIGNATURE.number(), Report::code)
                .returns(Wire.digest(forged), Report::digest);
    }

    @Test
    void theScreensPageAndItsInterfaceAnswer() throws Exception {
        URI screens = URI.create("http://127.0.0.1:" + kit.port());
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<String> page =
                http.send(HttpRequest.newBuilder(screens.resolve("/")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        HttpResponse<String> on = http.send(
                HttpRequest.newBuilder(screens.resolve("/api/terminals"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"serial\":\"" + serial + "\",\"deviceClass\":\"KIOSK\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(on.statusCode()).isEqualTo(201);
        await(view -> view.state() == State.WAITING);
        assertThat(get(screens.resolve("/api/terminals"))).contains(serial, "\"shownCode\":\"CODE");
        HttpResponse<String> bad = http.send(
                HttpRequest.newBuilder(screens.resolve("/api/terminals"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"serial\":\"../../etc\",\"deviceClass\":\"KIOSK\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(bad.statusCode()).isEqualTo(422);
    }

    @Test
    void metricsAreExposed() throws Exception {
        assertThat(get(URI.create("http://127.0.0.1:" + bridgePort + "/actuator/prometheus")))
                .contains("zhanggui_bridge_terminals_connected", "zhanggui_bridge_manifests_total");
    }

    // Words

    private static String health() throws IOException, InterruptedException {
        return get(URI.create("http://127.0.0.1:" + bridgePort + "/actuator/health"));
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static Mqtt3ConnAckReturnCode connectReturnCode(String clientId, String user, String token) {
        return returnCode(client(clientId, user, token));
    }

    private static Mqtt3ConnAckReturnCode returnCode(Mqtt3BlockingClient client) {
        try {
            Mqtt3ConnAckReturnCode code = client.connect().getReturnCode();
            client.disconnect();
            return code;
        } catch (Mqtt3ConnAckException e) {
            return e.getMqttMessage().getReturnCode();
        }
    }

    private static Mqtt3BlockingClient client(String clientId, String user, String token) {
        return MqttClient.builder()
                .useMqttVersion3()
                .identifier(clientId)
                .serverHost("127.0.0.1")
                .serverPort(mqttPort)
                .simpleAuth()
                .username(user)
                .password(token.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
    }
}
