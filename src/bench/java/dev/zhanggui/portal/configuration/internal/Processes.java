package dev.zhanggui.portal.configuration.internal;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The processes that take part in a benchmark, and how much of the processors each of them used. */
final class Processes implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final String BRIDGE_JARS = "device-bridge/target/device-bridge.jar:device-bridge/target/lib/*";
    private static final String ALL = "all";
    private static final String OTHERS = "other programs";
    private static final Path LOGS = Path.of("target/bench");

    private final Map<String, ProcessHandle> all = new LinkedHashMap<>();
    private final List<Process> started = new ArrayList<>();
    private final Map<String, Long> rss = new LinkedHashMap<>();

    /** This process with the portal in it, and the database that it started. */
    Processes() {
        var here = ProcessHandle.current();
        all.put("portal", here);
        here.descendants()
                .filter(it -> it.info().command().orElse("").contains("mariadbd"))
                .findFirst()
                .ifPresent(it -> all.put("database", it));
    }

    private Process start(String name, List<String> java, Map<String, String> environment) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        Files.createDirectories(LOGS);
        var builder = new ProcessBuilder(command)
                .redirectError(new File(LOGS.toFile(), name + ".log"))
                .redirectOutput(ProcessBuilder.Redirect.PIPE);
        builder.environment().putAll(environment);
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        started.add(process);
        all.put(name, process.toHandle());
        return process;
    }

    /** A bridge with its own broker; returns when it is healthy. */
    void bridge(String name, int portalPort, int port, int mqttPort, String heap) throws Exception {
        var process = start(
                name,
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xmx" + heap,
                        "-Duser.timezone=UTC",
                        "-cp",
                        BRIDGE_JARS,
                        "dev.zhanggui.bridge.BridgeApplication"),
                Map.of(
                        "ZHANGGUI_BRIDGE_NAME",
                        name,
                        "ZHANGGUI_BRIDGE_TOKEN",
                        BenchFleet.BRIDGE_TOKEN,
                        "ZHANGGUI_PORTAL_URL",
                        "http://127.0.0.1:" + portalPort,
                        "ZHANGGUI_BRIDGE_PORT",
                        Integer.toString(port),
                        "ZHANGGUI_MQTT_PORT",
                        Integer.toString(mqttPort)));
        Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(line -> {}));
        var health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
                .build();
        long end = System.nanoTime() + START.toNanos();
        try (var http = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    if (http.send(health, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Not yet.
                }
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("The bridge does not start; see " + LOGS + "/" + name + ".log");
                }
                Thread.sleep(50);
            }
        }
    }

    /** A program of the bridge's own benchmarks: told by lines, answering by lines that begin with "= ". */
    static final class Program {

        private final String name;
        private final BufferedReader answers;
        private final PrintStream orders;

        private Program(String name, Process process) {
            this.name = name;
            answers = process.inputReader(StandardCharsets.UTF_8);
            orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        }

        String ask(String order) throws IOException {
            orders.println(order);
            return line();
        }

        private String line() throws IOException {
            while (true) {
                var line = answers.readLine();
                if (line == null) {
                    throw new IOException(name + " has ended; see " + LOGS + "/" + name + ".log");
                }
                if (line.startsWith("= ")) {
                    return line.substring(2);
                }
            }
        }
    }

    Program program(String name, String heap, Object... arguments) throws IOException {
        var java = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                "-Duser.timezone=UTC",
                "-Dlogback.configurationFile=logging-terminals.xml",
                "-cp",
                BRIDGE_JARS,
                "device-bridge/src/test/java/dev/zhanggui/bench/" + name + ".java"));
        for (var argument : arguments) {
            java.add(argument.toString());
        }
        return ready(name, start(name, java, Map.of()));
    }

    private static Program ready(String name, Process process) throws IOException {
        var program = new Program(name, process);
        if (!program.line().equals("ready")) {
            throw new IOException(name + " is not ready; see " + LOGS + "/" + name + ".log");
        }
        return program;
    }

    /** A program of this build. */
    Program program(String name, Class<?> main, String heap, Object... arguments) throws IOException {
        var java = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                "-Duser.timezone=UTC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (var argument : arguments) {
            java.add(argument.toString());
        }
        return ready(name, start(name, java, Map.of()));
    }

    /** Ends one of them as a lack of power would. */
    void end(String name) throws InterruptedException {
        var handle = all.remove(name);
        if (handle != null) {
            handle.destroyForcibly();
            handle.onExit().join();
        }
    }

    /** Processor time so far, by name, and that of everything on this machine together. */
    Map<String, Duration> cpu() throws IOException {
        var used = new LinkedHashMap<String, Duration>();
        all.forEach((name, process) ->
                used.put(name, process.info().totalCpuDuration().orElse(Duration.ZERO)));
        used.put(ALL, busy());
        return used;
    }

    /** Of all processors since the machine's start; the kernel counts hundredths of a second. */
    private static Duration busy() throws IOException {
        var words = Files.readAllLines(Path.of("/proc/stat")).getFirst().strip().split("\\s+");
        long ticks = 0;
        for (int i = 1; i < Math.min(words.length, 9); i++) {
            // Neither idle nor waiting for a disk.
            if (i != 4 && i != 5) {
                ticks += Long.parseLong(words[i]);
            }
        }
        return Duration.ofMillis(ticks * 10);
    }

    /** How many processors each used between two moments, and {@link #OTHERS} what does not belong to the benchmark. */
    static Map<String, Double> shares(Map<String, Duration> before, Map<String, Duration> after, double seconds) {
        var shares = new LinkedHashMap<String, Double>();
        double others = 0;
        for (var used : after.entrySet()) {
            double share = used.getValue()
                            .minus(before.getOrDefault(used.getKey(), Duration.ZERO))
                            .toNanos()
                    / 1e9
                    / seconds;
            if (used.getKey().equals(ALL)) {
                others += share;
            } else {
                others -= share;
                shares.put(used.getKey(), Math.round(share * 100) / 100.0);
            }
        }
        shares.put(OTHERS, Math.max(0, Math.round(others * 100) / 100.0));
        return shares;
    }

    static String text(Map<String, Double> shares) {
        return String.join(
                ", ",
                shares.entrySet().stream()
                        .map(it -> String.format(Locale.ROOT, "%s %.2f", it.getKey(), it.getValue()))
                        .toList());
    }

    /** The most resident memory seen so far, in MiB, by name. */
    Map<String, Long> resident() throws IOException {
        for (var it : all.entrySet()) {
            var status = Path.of("/proc", Long.toString(it.getValue().pid()), "status");
            if (Files.exists(status)) {
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                        .forEach(now -> rss.merge(it.getKey(), now, Math::max));
            }
        }
        return Map.copyOf(rss);
    }

    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).strip();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
