package dev.zhanggui.portal.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All of Zhanggui as a newcomer starts it: one {@code bin/run} on free ports with fresh data, shared by the journeys of this
 * JVM and stopped at its end. A journey may stop a part of it, kill it or end it, and bring it up again.
 */
final class Stack {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final class Holder {
        static final Stack INSTANCE = new Stack();
    }

    private final Path data;
    private final Map<String, String> environment;
    private JsonNode demo;
    private @Nullable Process process;

    /** Running: a journey that failed while it had ended the stack must not fail the others. */
    static synchronized Stack get() {
        var stack = Holder.INSTANCE;
        if (stack.process != null && !stack.process.isAlive()) {
            stack.startAgain();
        }
        return stack;
    }

    private Stack() {
        try {
            var running = System.getProperty("e2e.demo", "");
            if (!running.isEmpty()) {
                // Somebody works on a journey and has a stack running: -De2e.demo=data/demo.json
                data = Path.of(running).toAbsolutePath().getParent();
                environment = Map.of();
                demo = JSON.readTree(Files.readString(Path.of(running)));
                return;
            }
            data = Files.createTempDirectory(Files.createDirectories(Path.of("target", "e2e")), "data")
                    .toAbsolutePath();
            environment = environment();
            Runtime.getRuntime().addShutdownHook(new Thread(this::end));
            demo = start();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("bin/run did not come up", e);
        }
    }

    /** Starts what was killed or ended, on the same data. */
    void startAgain() {
        try {
            demo = start();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("bin/run did not come up again", e);
        }
    }

    private JsonNode start() throws IOException, InterruptedException {
        var log = data.resolve("run.log");
        // A killed run leaves it; the new one writes its own.
        Files.deleteIfExists(data.resolve("demo.json"));
        process = run(Map.of(), log.toFile());
        return awaitDemo(process, log);
    }

    /** Another {@code bin/run} with the same environment but for what is given. */
    Process run(Map<String, String> different, File log) throws IOException {
        var builder = new ProcessBuilder("bin/run").redirectErrorStream(true).redirectOutput(Redirect.appendTo(log));
        builder.environment().putAll(environment);
        builder.environment().putAll(different);
        return builder.start();
    }

    /** Of {@code bin/run} itself. */
    Process script() {
        return Objects.requireNonNull(process, "somebody else's bin/run is used here");
    }

    /** The ids of all that {@code bin/run} started, the embedded database among them. */
    List<Long> pids() {
        try (var files = Files.list(data.resolve("pids"))) {
            return Stream.concat(files, Stream.of(data.resolve("mariadb").resolve("pid")))
                    .filter(Files::exists)
                    .map(Stack::pid)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param part portal, bridge, terminals */
    long pidOf(String part) {
        return pid(data.resolve("pids").resolve(part));
    }

    /** Empty where the database is somebody else's server. */
    Optional<Long> databasePid() {
        return Optional.of(data.resolve("mariadb").resolve("pid"))
                .filter(Files::exists)
                .map(Stack::pid);
    }

    private static long pid(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param name STOP, CONT, KILL, TERM */
    static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A process that ended and that nobody has asked after yet is not alive. */
    static boolean isAlive(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    private Map<String, String> environment() throws IOException {
        var ports = freePorts(4);
        var environment = new HashMap<>(Map.of(
                "ZHANGGUI_PORT", ports.get(0),
                "ZHANGGUI_SCREENS_PORT", ports.get(1),
                "ZHANGGUI_BRIDGE_PORT", ports.get(2),
                "ZHANGGUI_MQTT_PORT", ports.get(3),
                "ZHANGGUI_DATA", data.toString(),
                "ZHANGGUI_AOT", "no",
                "ZHANGGUI_BUILD", "no",
                "JAVA_HOME", System.getProperty("java.home")));
        var external = System.getenv("ZHANGGUI_DB_URL");
        if (external != null && !external.isEmpty()) {
            environment.put("ZHANGGUI_DB_URL", ExternalDatabase.fresh(external, "_e2e"));
        }
        return environment;
    }

    /** The file is complete once it is there: bin/run's portal writes it beside and renames it. */
    private JsonNode awaitDemo(Process process, Path log) throws IOException, InterruptedException {
        var file = data.resolve("demo.json");
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (Files.notExists(file)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("bin/run did not come up:\n" + Files.readString(log));
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        return JSON.readTree(Files.readString(file));
    }

    /** As SIGTERM does; returns when the script has ended. */
    void end() {
        var ending = script();
        ending.destroy();
        try {
            if (!ending.waitFor(60, TimeUnit.SECONDS)) {
                ending.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> freePorts(int count) throws IOException {
        var sockets = new ServerSocket[count];
        var ports = new String[count];
        for (int i = 0; i < count; i++) {
            sockets[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            ports[i] = Integer.toString(sockets[i].getLocalPort());
        }
        for (var socket : sockets) {
            socket.close();
        }
        return List.of(ports);
    }

    String portal() {
        return demo.get("portal").asString();
    }

    String screens() {
        return demo.get("screens").asString();
    }

    Path data() {
        return data;
    }

    JsonNode demo() {
        return demo;
    }

    /** The demo's first account of a role. */
    JsonNode account(String role) {
        for (var account : demo.get("accounts")) {
            if (account.get("role").asString().equals(role)) {
                return account;
            }
        }
        throw new IllegalArgumentException("no demo account of role " + role);
    }

    /** The newest one-time code sent to this phone. */
    String codeFor(String phone) {
        for (var message : getJson(portal() + "/demo/outbox.json?phone=" + phone)) {
            if (message.get("params").has("code")) {
                return message.get("params").get("code").asString();
            }
        }
        throw new IllegalStateException("no code was sent");
    }

    /** What a virtual terminal shows now, as its own process says. */
    JsonNode terminal(String serial) {
        return getJson(screens() + "/api/terminals/" + serial);
    }

    /** Waits until the terminal shows what is asked for; how long is no matter here. */
    JsonNode awaitTerminal(String serial, Predicate<JsonNode> wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        var seen = terminal(serial);
        while (!wanted.test(seen)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the terminal still shows " + seen);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            seen = terminal(serial);
        }
        return seen;
    }

    /** The activation code on the screen of a machine that was just switched on. */
    String shownCode(String serial) {
        return awaitTerminal(
                        serial, screen -> !screen.path("shownCode").asString("").isEmpty())
                .get("shownCode")
                .asString();
    }

    /** Switches a boxed machine on. */
    void powerOn(String serial, String deviceClass) {
        send(HttpRequest.newBuilder(URI.create(screens() + "/api/terminals"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"serial\":\"" + serial + "\",\"deviceClass\":\"" + deviceClass + "\"}")));
    }

    /** A call of the API with the noodle shop's key. */
    HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(URI.create(portal() + "/api/v1" + path))
                .timeout(Duration.ofSeconds(60))
                .header(
                        "Authorization",
                        "Bearer " + demo.get("apiKeys").get("merchant").asString());
    }

    /** The noodle shop's public id. */
    String store() {
        return demo.get("stores").get(0).asString();
    }

    /** The noodle shop's hours now. */
    String hours() {
        return send(api("/stores/" + store() + "/hours"));
    }

    /** Gives the noodle shop other hours, whichever it has. */
    void changeHours(String document) {
        var path = "/stores/" + store() + "/hours";
        send(api(path)
                .header("Content-Type", "application/json")
                .header(
                        "If-Match",
                        exchange(api(path)).headers().firstValue("ETag").orElse("\"0\""))
                .PUT(HttpRequest.BodyPublishers.ofString(document)));
    }

    /** Waits until the request is answered like this. */
    static HttpResponse<String> await(HttpRequest.Builder request, Predicate<HttpResponse<String>> wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        var answer = exchange(request);
        while (!wanted.test(answer)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("still answered " + answer.statusCode() + " " + answer.body());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            answer = exchange(request);
        }
        return answer;
    }

    static JsonNode getJson(String url) {
        return JSON.readTree(send(HttpRequest.newBuilder(URI.create(url))));
    }

    static HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String send(HttpRequest.Builder request) {
        var answer = exchange(request);
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.request().uri() + " answered " + answer.statusCode());
        }
        return answer.body();
    }
}
