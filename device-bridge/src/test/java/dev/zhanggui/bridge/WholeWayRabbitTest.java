package dev.zhanggui.bridge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.support.Balancer;
import dev.zhanggui.support.FakePortal;
import dev.zhanggui.support.RabbitCluster;
import dev.zhanggui.terminal.TerminalView;
import dev.zhanggui.wire.Report.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** With a cluster of three RabbitMQ nodes, behind one address for the terminals; the bridge knows all three. */
class WholeWayRabbitTest extends WholeWay {

    private static final int MOST_TERMINALS = 200;
    private static final int MACHINES = 24;

    @TempDir
    static Path brokerFolder;

    private static RabbitCluster rabbits;
    private static Balancer balancer;

    @BeforeAll
    static void startBridge() throws IOException {
        portal = new FakePortal();
        bridgePort = freePort();
        Map<String, String> terminals = new HashMap<>();
        for (int i = 0; i < MOST_TERMINALS; i++) {
            terminals.put(tid(i), portal.token(tid(i)));
        }
        rabbits = new RabbitCluster(brokerFolder, terminals);
        balancer = new Balancer(List.of(rabbits.address(0), rabbits.address(1), rabbits.address(2)));
        mqttPort = balancer.port();
        bridge = SpringApplication.run(
                BridgeApplication.class,
                "--zhanggui.bridge.portal-url=" + portal.url(),
                "--zhanggui.bridge.token=" + FakePortal.TOKEN,
                "--zhanggui.bridge.mqtt.external=true",
                "--zhanggui.bridge.mqtt.port=" + mqttPort,
                "--zhanggui.bridge.mqtt.servers=" + rabbits.servers(),
                "--zhanggui.bridge.mqtt.keep-session=true",
                "--zhanggui.bridge.mqtt.user=" + RabbitCluster.BRIDGE_USER,
                "--zhanggui.bridge.mqtt.password=" + RabbitCluster.BRIDGE_PASSWORD,
                "--server.port=" + bridgePort);
        awaitHealth("\"status\":\"UP\"");
    }

    @AfterAll
    static void stopBridge() {
        bridge.close();
        balancer.close();
        rabbits.close();
        portal.close();
    }

    @Test
    void theHealthPageSaysWhatTheClusterReallyDoes() {
        awaitHealth("\"qos1\":true", "\"refusesStrangers\":true", "\"largeMessages\":true", "\"mqtt5\":false");
    }

    @Test
    void aNodeKilledWhileManyAreToldSomethingNewLosesNoTerminalAndNoProof() throws Exception {
        List<String> machines = machines();
        machines.forEach(machine -> portal.push(tid(number(machine)), 1, 1, open()));
        machines.forEach(machine -> await(machine, 1));

        // The bridge's own node, in the middle of it.
        machines.subList(0, MACHINES / 2).forEach(machine -> portal.push(tid(number(machine)), 1, 2, closed()));
        rabbits.kill(0);
        machines.subList(MACHINES / 2, MACHINES).forEach(machine -> portal.push(tid(number(machine)), 1, 2, closed()));

        try {
            awaitHealth("\"status\":\"UP\"");
            machines.forEach(machine -> {
                String of = tid(number(machine));
                Awaitility.await(machine + " runs the new one and the portal has its proof")
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> {
                            if (isProven(of)) {
                                return true;
                            }
                            // As the portal does by itself: silence is a failure.
                            portal.pushAgain(of);
                            return false;
                        });
                assertThat(fleet.view(machine).orElseThrow())
                        .returns(2L, TerminalView::gen)
                        .returns(false, TerminalView::open);
            });
        } finally {
            rabbits.start(0);
        }
        for (String machine : machines) {
            assertThat(fleet.journal(machine).orElseThrow())
                    .as("each activated once")
                    .filteredOn(line -> line.contains("\"event\":\"APPLIED\"") && line.contains("\"gen\":2"))
                    .hasSize(1);
        }
    }

    private List<String> machines() throws InterruptedException {
        List<String> machines = new ArrayList<>();
        for (int i = 0; i < MACHINES; i++) {
            terminalNumber++;
            String machine = "TEST-%04d".formatted(terminalNumber);
            fleet.powerOn(machine, "CLOUD_POS");
            machines.add(machine);
        }
        for (String machine : machines) {
            String code = Awaitility.await()
                    .until(() -> fleet.view(machine).map(TerminalView::shownCode), shown -> shown.isPresent())
                    .orElseThrow();
            String of = tid(number(machine));
            portal.activate(requireNonNull(code), of);
            portal.awaitBirth(birth -> birth.tid().equals(of));
        }
        return machines;
    }

    private static int number(String machine) {
        return Integer.parseInt(machine.substring(machine.length() - 4));
    }

    private void await(String machine, long gen) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> fleet.view(machine).orElseThrow().gen() == gen);
    }

    private static boolean isProven(String tid) {
        return portal.reports().stream()
                .filter(report -> report.tid().equals(tid))
                .anyMatch(report -> report.gen() == 2 && report.stage() == Stage.APPLIED && report.code() == 0);
    }

    private static void awaitHealth(String... parts) {
        Awaitility.await("health with " + String.join(" ", parts))
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> health(), body -> List.of(parts).stream().allMatch(body::contains));
    }

    private static String health() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bridgePort + "/actuator/health"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
