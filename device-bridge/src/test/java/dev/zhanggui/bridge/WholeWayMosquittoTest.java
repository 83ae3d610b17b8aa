package dev.zhanggui.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.support.FakePortal;
import dev.zhanggui.support.Mosquitto;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.Openssl;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Report.Stage;
import dev.zhanggui.wire.Status;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** With Mosquitto, and with its clients as a terminal that shares no code with ours. */
class WholeWayMosquittoTest extends WholeWay {

    private static final int MOST_TERMINALS = 200;

    @TempDir
    static Path brokerFolder;

    private static Mosquitto mosquitto;

    @BeforeAll
    static void startBridge() throws IOException, InterruptedException {
        portal = new FakePortal();
        bridgePort = freePort();
        mqttPort = freePort();
        Map<String, String> terminals = new HashMap<>();
        for (int i = 0; i < MOST_TERMINALS; i++) {
            terminals.put(tid(i), portal.token(tid(i)));
        }
        mosquitto = new Mosquitto(brokerFolder, mqttPort, terminals);
        bridge = SpringApplication.run(
                BridgeApplication.class,
                "--zhanggui.bridge.portal-url=" + portal.url(),
                "--zhanggui.bridge.token=" + FakePortal.TOKEN,
                "--zhanggui.bridge.mqtt.external=true",
                "--zhanggui.bridge.mqtt.port=" + mqttPort,
                "--zhanggui.bridge.mqtt.user=" + Mosquitto.BRIDGE_USER,
                "--zhanggui.bridge.mqtt.password=" + Mosquitto.BRIDGE_PASSWORD,
                "--server.port=" + bridgePort);
        Awaitility.await("the bridge has subscribed")
                .atMost(Duration.ofSeconds(20))
                .until(() -> health() == 200);
    }

    @AfterAll
    static void stopBridge() {
        bridge.close();
        mosquitto.close();
        portal.close();
    }

    @Test
    void ofASharedBrokerABridgeHearsItsShardsAlone() throws Exception {
        String one = tid(MOST_TERMINALS - 2);
        String other = tid(MOST_TERMINALS - 3);
        assertThat(Topics.shard(one)).isNotEqualTo(Topics.shard(other));
        try {
            awaitHeardIsOnly(one, other);
            awaitHeardIsOnly(other, one);
        } finally {
            portal.share(null);
        }
        Awaitility.await("and both when it is alone")
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    String boot = "last-" + portal.births().size();
                    say(other, boot);
                    say(one, boot);
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(5))
                            .until(() -> heard(one, boot) || heard(other, boot));
                    return heard(one, boot) && heard(other, boot);
                });
    }

    private void awaitHeardIsOnly(String heard, String unheard) {
        portal.share(List.of(Topics.shard(heard)));
        Awaitility.await("the shard of " + heard).atMost(Duration.ofSeconds(20)).until(() -> {
            String boot = "boot-" + portal.births().size();
            // What the broker took first it would hand on first.
            say(unheard, boot);
            say(heard, boot);
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> heard(heard, boot) || heard(unheard, boot));
            return heard(heard, boot) && !heard(unheard, boot);
        });
    }

    private boolean heard(String terminal, String boot) {
        return portal.births().stream()
                .anyMatch(
                        birth -> birth.tid().equals(terminal) && birth.bootId().equals(boot));
    }

    private static void say(String terminal, String boot) throws IOException, InterruptedException {
        Birth birth = new Birth(terminal, 0, 0, null, "QR_PLATE", "mosquitto 2", boot, now());
        mosquitto.publish(
                terminal,
                portal.token(terminal),
                new Topics(terminal).of(Channel.STATUS),
                StrictJson.MAPPER.writeValueAsString(Status.of(birth)));
    }

    @Test
    void mosquittosOwnClientsAreATerminalAndOpensslFindsItsManifestGenuine(@TempDir Path peer) throws Exception {
        Topics topics = new Topics(tid);
        String token = portal.token(tid);
        String digest = portal.push(tid, 1, 7, open());
        Process listening = mosquitto.subscribe(tid, token, topics.of(Channel.MANIFEST));
        BufferedReader said =
                new BufferedReader(new InputStreamReader(listening.getInputStream(), StandardCharsets.UTF_8));
        awaitLine(said, "Subscribed");

        Birth birth = new Birth(tid, 0, 0, null, "QR_PLATE", "mosquitto 2", "boot-1", now());
        assertThat(mosquitto.publish(
                        tid, token, topics.of(Channel.STATUS), StrictJson.MAPPER.writeValueAsString(Status.of(birth))))
                .returns(0, Mosquitto.Ended::code);
        String manifest = awaitLine(said, "eyJ");

        assertThat(Wire.digest(manifest)).isEqualTo(digest);
        int dot = manifest.lastIndexOf('.');
        Base64.Decoder decoder = Base64.getUrlDecoder();
        assertThat(new Openssl(peer)
                        .verifies(
                                decoder.decode(portal.signer().verificationKey().publicKey()),
                                manifest.substring(0, dot).getBytes(StandardCharsets.US_ASCII),
                                decoder.decode(manifest.substring(dot + 1))))
                .isTrue();
        Report applied = new Report(tid, 1, 7, digest, Stage.APPLIED, 0, null, now(), 1);
        mosquitto.publish(
                tid, token, topics.of(Channel.STATUS), StrictJson.MAPPER.writeValueAsString(Status.of(applied)));
        assertThat(portal.awaitReport(report -> report.tid().equals(tid))).isEqualTo(applied);
    }

    @Test
    void theRightsThatWeAskOfABrokerKeepTerminalsApart() throws Exception {
        String other = tid(MOST_TERMINALS - 1);
        Process nosy = mosquitto.subscribe(
                tid, portal.token(tid), new Topics(other).of(Channel.MANIFEST), new Topics(tid).of(Channel.MANIFEST));
        BufferedReader said = new BufferedReader(new InputStreamReader(nosy.getInputStream(), StandardCharsets.UTF_8));
        awaitLine(said, "Subscribed");
        portal.push(other, 1, 1, open());
        portal.awaitDelivery(delivery -> delivery.tid().equals(other));
        String own = portal.push(tid, 1, 1, open());
        assertThat(Wire.digest(awaitLine(said, "eyJ")))
                .as("the first that it hears is its own")
                .isEqualTo(own);
        assertThat(mosquitto
                        .publish(tid, "token of somebody else", new Topics(tid).of(Channel.STATUS), "{}")
                        .code())
                .isNotZero();
        Birth forged = new Birth(other, 9, 9, null, "QR_PLATE", "mosquitto 2", "boot-1", now());
        Birth birth = new Birth(tid, 0, 0, null, "QR_PLATE", "mosquitto 2", "boot-1", now());
        String forgedJson = StrictJson.MAPPER.writeValueAsString(Status.of(forged));
        mosquitto.publish(tid, portal.token(tid), new Topics(other).of(Channel.STATUS), forgedJson);
        mosquitto.publish(tid, portal.token(tid), new Topics(tid).of(Channel.STATUS), forgedJson);
        mosquitto.publish(
                tid,
                portal.token(tid),
                new Topics(tid).of(Channel.STATUS),
                StrictJson.MAPPER.writeValueAsString(Status.of(birth)));
        portal.awaitBirth(heard -> heard.tid().equals(tid));
        assertThat(portal.births()).noneMatch(heard -> heard.tid().equals(other));
    }

    private static String awaitLine(BufferedReader said, String part) throws IOException {
        StringBuilder before = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains(part)) {
                return line;
            }
            before.append(line).append('\n');
        }
        throw new AssertionError("It ended without " + part + ":\n" + before);
    }

    private static int health() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bridgePort + "/actuator/health"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
