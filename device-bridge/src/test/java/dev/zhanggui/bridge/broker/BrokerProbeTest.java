package dev.zhanggui.bridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that look like one that works, and are not fit. */
class BrokerProbeTest {

    private static final String PROGRAM =
            Files.isExecutable(Path.of("/usr/sbin/mosquitto")) ? "/usr/sbin/mosquitto" : "mosquitto";

    @TempDir
    Path folder;

    @Test
    void aBrokerWithoutAccountsIsFoundOut() throws Exception {
        var found = probe("allow_anonymous true", "max_packet_size 131072");
        assertThat(found.refusesStrangers()).isFalse();
        assertThat(found.qos1()).isTrue();
        assertThat(found.largeMessages()).isTrue();
        assertThat(found.mqtt5()).isTrue();
        assertThat(found.problem()).contains("anybody may listen and speak");
    }

    @Test
    void aBrokerThatGrantsNoQos1IsFoundOut() throws Exception {
        var found = probe("allow_anonymous true", "max_qos 0");
        assertThat(found.qos1()).isFalse();
        assertThat(found.problem()).contains("no QoS 1");
    }

    @Test
    void aBrokerThatTakesNoLargeMessageIsFoundOut() throws Exception {
        Path passwords = Files.writeString(folder.resolve("passwords"), "bridge:secret\n");
        assertThat(new ProcessBuilder("mosquitto_passwd", "-U", passwords.toString())
                        .start()
                        .waitFor())
                .isZero();
        var found = probe("allow_anonymous false", "password_file " + passwords, "max_packet_size 20000");
        assertThat(found.refusesStrangers()).isTrue();
        assertThat(found.qos1()).isTrue();
        assertThat(found.largeMessages()).isFalse();
        assertThat(found.problem()).contains("raise its limit");
    }

    @Test
    void nobodyAtTheDoorIsNoFitBroker() throws IOException {
        var found = new BrokerProbe(address(freePort()), "test", "bridge", "secret").run();
        assertThat(found.qos1()).isFalse();
        assertThat(found.problem()).isNotNull();
    }

    private BrokerProbe.Findings probe(String... settings) throws IOException, InterruptedException {
        int port = freePort();
        List<String> lines = new ArrayList<>(List.of(
                "listener " + port + " 127.0.0.1", "persistence false", "user " + System.getProperty("user.name")));
        lines.addAll(List.of(settings));
        Path configuration = Files.write(folder.resolve("mosquitto.conf"), lines);
        Process broker = new ProcessBuilder(PROGRAM, "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            Awaitility.await("mosquitto on port " + port)
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        assertThat(broker.isAlive())
                                .as(Files.readString(folder.resolve("log")))
                                .isTrue();
                        return answers(port);
                    });
            return new BrokerProbe(address(port), "test", "bridge", "secret").run();
        } finally {
            broker.destroy();
            broker.waitFor();
        }
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
