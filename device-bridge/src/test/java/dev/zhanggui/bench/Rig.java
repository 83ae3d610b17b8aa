package dev.zhanggui.bench;

import dev.zhanggui.terminal.Fleet;
import dev.zhanggui.terminal.TerminalView;
import dev.zhanggui.terminal.TerminalView.Faults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The bridge with its embedded broker, in a process of its own as in production; a portal without a database and the virtual
 * terminals in this one, because each process may have only so many open files. Terminals are given their activations, which a
 * real one fetches: typing ten thousand codes is not what is measured. Everything after that is the real thing.
 */
final class Rig implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration SOAK = Duration.ofMinutes(10);
    private static final int JOURNAL_BYTES = 4096;

    final BenchPortal portal;
    final Fleet fleet;
    final List<String> tids;
    final int mqttPort = freePort();
    private final int bridgePort = freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private Child bridge;

    Rig(int terminals) throws Exception {
        tids = Tids.of(terminals);
        portal = new BenchPortal();
        fleet = Fleet.inProcess(URI.create("http://127.0.0.1:" + bridgePort), Clock.systemUTC(), SOAK, JOURNAL_BYTES);
        bridge = startBridge();
    }

    Child bridge() {
        return bridge;
    }

    /** As when its machine loses power, seen by every terminal; and started again while nobody knocks. */
    void restartBridge() throws Exception {
        bridge.close();
        awaitConnected(false);
        cables(false);
        bridge = startBridge();
    }

    private Child startBridge() throws Exception {
        var options = System.getProperty("bench.bridge", "-Xmx512m").split(" ");
        var child = new Child(
                "bridge",
                Stream.concat(
                                Stream.of(options),
                                Stream.of(
                                        "-XX:+UseSerialGC",
                                        "-Duser.timezone=UTC",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        "dev.zhanggui.bridge.BridgeApplication"))
                        .toList(),
                Map.of(
                        "ZHANGGUI_BRIDGE_TOKEN", BenchPortal.TOKEN,
                        "ZHANGGUI_PORTAL_URL", portal.url().toString(),
                        "ZHANGGUI_BRIDGE_PORT", Integer.toString(bridgePort),
                        "ZHANGGUI_MQTT_PORT", Integer.toString(mqttPort)));
        child.forgetOutput();
        var health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bridgePort + "/actuator/health"))
                .build();
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return child;
                }
            } catch (IOException e) {
                // Not yet.
            }
            if (!child.alive() || System.nanoTime() > end) {
                throw new IllegalStateException("The bridge does not start; see its log");
            }
            Thread.sleep(50);
        }
    }

    /** Out of their boxes, activated, connected, born. */
    void powerOn() throws Exception {
        for (int i = 0; i < tids.size(); i++) {
            fleet.powerOnActivated("BENCH-%05d".formatted(i), "SMART_POS", portal.activation(tids.get(i), mqttPort));
        }
        portal.awaitBirths(tids.size(), Duration.ofMinutes(3));
    }

    /** The first version, with all documents in it. */
    void setUp() throws InterruptedException {
        portal.push(portal.sign(tids), Math.min(1000, tids.size()));
        portal.awaitNothingUnderWay();
    }

    /** All cables out, or all in at the same moment. */
    void cables(boolean in) {
        for (int i = 0; i < tids.size(); i++) {
            fleet.setFaults("BENCH-%05d".formatted(i), in ? Faults.NONE : new Faults(true, false, 0));
        }
    }

    private void awaitConnected(boolean wanted) throws InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (fleet.views().stream().map(TerminalView::connected).anyMatch(it -> it != wanted)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not all are " + (wanted ? "connected" : "offline"));
            }
            Thread.sleep(100);
        }
    }

    /** In use after a collection, in this process. */
    static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Override
    public void close() {
        fleet.close();
        bridge.close();
        portal.close();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
