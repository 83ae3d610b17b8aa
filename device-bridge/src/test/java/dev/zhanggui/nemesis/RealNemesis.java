package dev.zhanggui.nemesis;

import dev.zhanggui.nemesis.Happened.Carried;
import dev.zhanggui.nemesis.Happened.Edited;
import dev.zhanggui.nemesis.Happened.Ended;
import dev.zhanggui.nemesis.Happened.Fault;
import dev.zhanggui.nemesis.Happened.Quiet;
import dev.zhanggui.nemesis.Proxy.Direction;
import dev.zhanggui.nemesis.Proxy.Packet;
import dev.zhanggui.terminal.TerminalView;
import dev.zhanggui.terminal.TerminalsApplication;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything real: the portal and its database, two bridges with their brokers, each a process that is killed, stopped and cut off, and the
 * terminals of one shop that know one address for both brokers. A seed chooses what breaks, in which order; the rest is the machine's.
 * The history comes from the database, from the line to the brokers, and from the terminals' own logs.
 */
public final class RealNemesis implements AutoCloseable {

    /** How a run went. */
    public record Run(long seed, List<Entry> history, Map<String, Integer> faults, boolean converged) {

        public Checker.Outcome check() {
            return Checker.check(history);
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration SOAK = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration UP_WITHIN = Duration.ofMinutes(4);
    private static final Duration REST_WITHIN = Duration.ofMinutes(5);

    /** Longer than a bridge may be silent before its life is over. */
    private static final Duration LAPSE = Duration.ofSeconds(17);

    private static final long MOST_EDITS = 700;
    private static final List<String> CLASSES = List.of("SMART_POS", "QR_PLATE", "MPOS", "SCAN_POS", "KIOSK");

    /** A bridge with its broker, its own way to the portal, and its own address for the broker. */
    private final class Bridge {
        private final String name;
        private final String bind;
        private final int port = freePort();
        private final Proxy toPortal;
        private @Nullable Process process;

        private Bridge(String name, String bind) throws IOException {
            this.name = name;
            this.bind = bind;
            this.toPortal = new Proxy(portalPort, null);
        }

        void start() throws IOException {
            Map<String, String> environment = new HashMap<>();
            environment.put("ZHANGGUI_BRIDGE_NAME", name);
            environment.put("ZHANGGUI_BRIDGE_PORT", Integer.toString(port));
            environment.put("ZHANGGUI_BRIDGE_TOKEN", TOKEN);
            environment.put("ZHANGGUI_PORTAL_URL", "http://127.0.0.1:" + toPortal.port());
            environment.put("ZHANGGUI_MQTT_BIND", bind);
            environment.put("ZHANGGUI_MQTT_PORT", Integer.toString(toBrokers.port()));
            environment.put("ZHANGGUI_DATA", folder.resolve(name).toString());
            process = java(
                    name,
                    environment,
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-Duser.timezone=UTC",
                    "-cp",
                    "device-bridge/target/device-bridge.jar:device-bridge/target/lib/*",
                    "dev.zhanggui.bridge.BridgeApplication");
        }
    }

    private static final String TOKEN = "nemesis-".repeat(5);

    private final Clock clock = Clock.systemUTC();
    private final long seed;
    private final Random random;
    private final Path folder;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final History history = new History(clock);
    private final Map<String, Integer> done = new TreeMap<>();
    private final ConcurrentLinkedQueue<byte[]> seen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lines = new AtomicInteger();
    private final int portalPort = freePort();
    private final int screensPort = freePort();
    private final Proxy toBrokers;
    private final List<Bridge> bridges;
    private final Commits commits;
    private final Map<String, String> serials = new TreeMap<>();
    private TerminalsApplication kit;
    private @Nullable Process portal;
    private volatile @Nullable Bridge only;
    private volatile int doubled;
    private String store = "";
    private String key = "";
    private long edit;

    /** Starts it all; {@code folder} is empty. */
    public RealNemesis(long seed, Path folder) throws IOException, InterruptedException {
        this.seed = seed;
        this.random = new Random(seed);
        this.folder = folder;
        this.toBrokers = new Proxy(this::broker, this::pass);
        this.bridges = List.of(new Bridge("north", "127.0.0.2"), new Bridge("south", "127.0.0.3"));
        this.commits = new Commits(folder.resolve("portal/mariadb"), clock);
        this.kit = startKit();
        try {
            begin();
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void begin() throws IOException, InterruptedException {
        for (String deviceClass : CLASSES) {
            kit.fleet().powerOn(serial(CLASSES.indexOf(deviceClass)), deviceClass);
        }
        startPortal(true);
        for (Bridge bridge : bridges) {
            bridge.start();
        }
        Path demo = folder.resolve("portal/demo.json");
        if (!await(UP_WITHIN, () -> Files.exists(demo)) || !await(REST_WITHIN, this::allActive)) {
            throw new IOException("It did not come up; its logs are in " + folder);
        }
        JsonNode names = JSON.readTree(Files.readString(demo));
        store = names.path("stores").get(0).asString();
        key = names.path("apiKeys").path("merchant").asString();
        views().forEach(view -> serials.put(Objects.requireNonNull(view.tid()), view.serial()));
    }

    private static String serial(int number) {
        return "ZD2611%04d".formatted(number + 1);
    }

    private List<TerminalView> views() {
        return kit.fleet().views();
    }

    private boolean allActive() {
        return views().size() == CLASSES.size()
                && views().stream().allMatch(view -> view.tid() != null && view.connected() && view.gen() > 0);
    }

    // Processes

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process java(String name, Map<String, String> environment, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(options));
        return start(name, environment, command);
    }

    private Process start(String name, Map<String, String> environment, List<String> command) throws IOException {
        File log = folder.resolve(name + ".log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private void startPortal(boolean first) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("ZHANGGUI_PORT", Integer.toString(portalPort));
        environment.put("ZHANGGUI_DATA", folder.resolve("portal").toString());
        environment.put("ZHANGGUI_DEMO", "true");
        environment.put("ZHANGGUI_DEMO_DATA", Boolean.toString(first));
        environment.put("ZHANGGUI_BRIDGE_TOKEN", TOKEN);
        environment.put("ZHANGGUI_MQTT_PORT", Integer.toString(toBrokers.port()));
        environment.put("ZHANGGUI_SCREENS_URL", "http://127.0.0.1:" + screensPort);
        environment.put("ZHANGGUI_PUBLIC_URL", "http://127.0.0.1:" + portalPort);
        environment.put(
                "ZHANGGUI_TERMINALS",
                CLASSES.stream()
                        .map(deviceClass -> serial(CLASSES.indexOf(deviceClass)) + ":" + deviceClass)
                        .collect(Collectors.joining(",")));
        String classPath;
        try (Stream<Path> embedded = Files.list(Path.of("target/embedded"))) {
            classPath = Stream.concat(Stream.of(Path.of("target/run/portal.jar")), embedded)
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
        }
        portal = java(
                "portal",
                environment,
                "-XX:+UseSerialGC",
                "-Xmx768m",
                "-Duser.timezone=UTC",
                "-cp",
                classPath,
                "dev.zhanggui.portal.PortalApplication");
    }

    private TerminalsApplication startKit() throws IOException {
        TerminalsApplication application = new TerminalsApplication(
                Files.createDirectories(folder.resolve("terminals")),
                URI.create("http://127.0.0.1:" + bridges.getFirst().port),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), screensPort),
                null,
                clock,
                SOAK);
        application.start();
        return application;
    }

    private static void kill(@Nullable Process process) throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    /** @param name STOP, CONT, KILL */
    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    private boolean portalAnswers() {
        try {
            return get("/actuator/health/readiness").statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    // The line to the brokers

    private InetSocketAddress broker() {
        Bridge one = only;
        Bridge to = one != null ? one : bridges.get(Math.floorMod(lines.getAndIncrement(), bridges.size()));
        return new InetSocketAddress(to.bind, toBrokers.port());
    }

    private List<Packet> pass(Direction direction, @Nullable String client, Packet packet) {
        if (client == null || direction == Direction.UP || !packet.isPublish()) {
            return List.of(packet);
        }
        Topics.Address address = Topics.parse(packet.topic()).orElse(null);
        if (address == null || address.channel() != Channel.MANIFEST) {
            return List.of(packet);
        }
        byte[] payload = packet.payload();
        String jws = new String(payload, StandardCharsets.ISO_8859_1);
        Manifest manifest = Manifests.read(jws).orElse(null);
        if (manifest != null) {
            history.add(new Carried(address.tid(), manifest.tid(), Manifests.version(manifest, jws), Checker.BRIDGE));
            seen.add(payload);
        }
        if (doubled > 0) {
            doubled--;
            return List.of(packet, Packet.publish(packet.topic(), payload));
        }
        return List.of(packet);
    }

    // The run

    /** Breaks things for so long, then lets all come to rest. */
    public Run run(Duration howLong) throws IOException, InterruptedException {
        long end = System.nanoTime() + howLong.toNanos();
        Map<String, Strike> strikes = strikes();
        List<String> names = List.copyOf(strikes.keySet());
        while (System.nanoTime() < end && edit < MOST_EDITS) {
            String name = names.get(random.nextInt(names.size()));
            history.add(new Fault("", name));
            done.merge(name, 1, Integer::sum);
            System.out.printf("  %s  %s%n", clock.instant(), name);
            Objects.requireNonNull(strikes.get(name)).run();
            // Until it is over, or for as long as the seed says: what breaks next must not always find all at rest.
            await(Duration.ofMillis(random.nextInt(300, 4_000)), this::atRest);
            if (random.nextBoolean()) {
                heal();
            }
        }
        heal();
        history.add(new Quiet());
        boolean converged = await(UP_WITHIN, this::portalAnswers) && await(REST_WITHIN, this::edited);
        converged = converged && await(REST_WITHIN, this::atRest);
        commits.look();
        history.add(new Ended(views().stream()
                .filter(TerminalView::connected)
                .map(TerminalView::tid)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList()));
        return new Run(seed, everything(), Map.copyOf(done), converged);
    }

    private List<Entry> everything() {
        List<Entry> own = history.entries();
        List<Entry> logs = new ArrayList<>();
        serials.forEach((tid, serial) ->
                logs.addAll(Journal.read(tid, kit.fleet().journal(serial).orElseThrow())));
        List<Entry> all = new ArrayList<>(History.merged(commits.entries(), logs, own.subList(0, own.size() - 1)));
        all.add(new Entry(all.size() + 1L, own.getLast().at(), own.getLast().what()));
        return all;
    }

    private boolean atRest() {
        Map<String, TerminalView> views = new HashMap<>();
        views().forEach(view -> views.put(view.serial(), view));
        return commits.look()
                && !commits.marked()
                && serials.entrySet().stream().allMatch(it -> {
                    TerminalView view = views.get(it.getValue());
                    Version desired = commits.desired(it.getKey());
                    return view != null
                            && view.connected()
                            && desired != null
                            && desired.digest().equals(view.digest())
                            && commits.believes(desired);
                });
    }

    private boolean await(Duration patience, BooleanSupplier event) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!event.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(LOOK);
        }
        return true;
    }

    private void linger(int fromMillis, int toMillis) throws InterruptedException {
        await(Duration.ofMillis(random.nextInt(fromMillis, toMillis)), () -> {
            commits.look();
            return false;
        });
    }

    private void heal() throws IOException, InterruptedException {
        only = null;
        doubled = 0;
        toBrokers.heal();
        for (Bridge bridge : bridges) {
            bridge.toPortal.heal();
            Process process = bridge.process;
            if (process == null || !process.isAlive()) {
                bridge.start();
            } else {
                signal("CONT", process.pid());
            }
        }
        Process now = portal;
        if (now == null || !now.isAlive()) {
            startPortal(false);
        } else {
            signal("CONT", now.pid());
        }
    }

    // What merchants do

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + portalPort + path))
                .timeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer " + key);
    }

    /** Whether the portal said that it committed an edit; whether one without an answer was, the next one tells. */
    private boolean edited() {
        try {
            String path = "/api/v1/stores/" + store + "/hours";
            HttpResponse<String> hours = get(path);
            if (hours.statusCode() != 200) {
                return false;
            }
            ObjectNode document = (ObjectNode) JSON.readTree(hours.body());
            ObjectNode week = document.withObject("weekly");
            commits.edited(++edit);
            for (String day : List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun")) {
                ArrayNode periods = week.putArray(day);
                periods.add("08:00-" + Commits.closing(edit));
            }
            HttpResponse<String> answer = http.send(
                    request(path)
                            .header("Content-Type", "application/json")
                            .header(
                                    "If-Match",
                                    hours.headers().firstValue("ETag").orElseThrow())
                            .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(document)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                return false;
            }
            serials.keySet().forEach(tid -> history.add(new Edited(tid, commits.merchant(tid), edit)));
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    // Faults

    private interface Strike {
        void run() throws IOException, InterruptedException;
    }

    private Map<String, Strike> strikes() {
        Map<String, Strike> all = new TreeMap<>();
        all.put("an edit", this::edited);
        all.put("three edits", () -> {
            for (int i = 0; i < 3; i++) {
                edited();
            }
        });
        all.put("the portal is killed", () -> {
            edited();
            linger(0, 400);
            kill(portal);
            linger(0, 3_000);
            heal();
            await(UP_WITHIN, this::portalAnswers);
        });
        all.put("the database is killed and comes back", () -> {
            edited();
            linger(0, 300);
            killDatabase();
        });
        all.put("portal and database are killed", () -> {
            edited();
            linger(0, 300);
            signal("KILL", commits.pid());
            kill(portal);
            heal();
            await(UP_WITHIN, this::portalAnswers);
        });
        all.put("a bridge and its broker are killed", () -> {
            Bridge bridge = one();
            edited();
            linger(0, 300);
            kill(bridge.process);
            linger(0, 5_000);
            edited();
        });
        all.put("both bridges and their brokers are killed", () -> {
            for (Bridge bridge : bridges) {
                kill(bridge.process);
            }
            edited();
            heal();
        });
        all.put("a bridge is stopped until its life is over, and goes on", () -> {
            Bridge bridge = one();
            Process process = Objects.requireNonNull(bridge.process);
            edited();
            signal("STOP", process.pid());
            only = other(bridge);
            toBrokers.cutAll();
            linger((int) LAPSE.toMillis(), (int) LAPSE.toMillis() + 8_000);
            edited();
            signal("CONT", process.pid());
            edited();
        });
        all.put("the portal is stopped for a while", () -> {
            long pid = Objects.requireNonNull(portal).pid();
            edited();
            signal("STOP", pid);
            linger(500, 10_000);
            signal("CONT", pid);
        });
        all.put("the database is stopped for a while", () -> {
            long pid = commits.pid();
            signal("STOP", pid);
            edited();
            Thread.sleep(random.nextInt(500, 4_000));
            signal("CONT", pid);
        });
        all.put("a bridge is cut off from the portal", () -> {
            Bridge bridge = one();
            bridge.toPortal.refuse(true);
            edited();
            linger(500, 4_000);
        });
        all.put("a bridge is cut off from the portal until its life is over", () -> {
            Bridge bridge = one();
            bridge.toPortal.stall(Direction.UP, true);
            bridge.toPortal.stall(Direction.DOWN, true);
            edited();
            linger((int) LAPSE.toMillis(), (int) LAPSE.toMillis() + 8_000);
            edited();
            bridge.toPortal.heal();
            bridge.toPortal.cutAll();
        });
        all.put("a link to the portal is cut in the middle of a message", () -> {
            one().toPortal.cutAfter(random.nextBoolean() ? Direction.UP : Direction.DOWN, random.nextInt(1, 3_000));
            edited();
        });
        all.put("all terminals are cut off", () -> {
            toBrokers.cutAll();
            edited();
        });
        all.put("all terminals go to one bridge", () -> {
            only = one();
            toBrokers.cutAll();
            edited();
        });
        all.put("a terminal is cut off in the middle of a message", () -> {
            toBrokers.cutAfter(random.nextBoolean() ? Direction.UP : Direction.DOWN, random.nextInt(1, 3_000));
            edited();
        });
        all.put("the lines stall one way", () -> {
            toBrokers.stall(random.nextBoolean() ? Direction.UP : Direction.DOWN, true);
            edited();
            linger(500, 3_000);
        });
        all.put("manifests come twice", () -> {
            doubled = 20;
            edited();
        });
        all.put("replay, to the same and to others", () -> {
            List<byte[]> copies = List.copyOf(seen);
            serials.keySet()
                    .forEach(tid -> copies.subList(Math.max(0, copies.size() - 30), copies.size())
                            .forEach(payload -> toBrokers.inject(tid, new Topics(tid).of(Channel.MANIFEST), payload)));
        });
        all.put("a terminal restarts", () -> {
            kit.fleet().reboot(List.copyOf(serials.values()).get(random.nextInt(serials.size())));
            edited();
        });
        all.put("all terminals lose power", () -> {
            edited();
            kit.close();
            kit = startKit();
        });
        return all;
    }

    private Bridge one() throws IOException {
        Bridge bridge = bridges.get(random.nextInt(bridges.size()));
        Process process = bridge.process;
        if (process == null || !process.isAlive()) {
            bridge.start();
        }
        return bridge;
    }

    private Bridge other(Bridge than) {
        return bridges.get(0) == than ? bridges.get(1) : bridges.get(0);
    }

    /** The same server again on the same files: it recovers what was committed. */
    private void killDatabase() throws IOException, InterruptedException {
        long pid = commits.pid();
        List<String> command = Commits.command(pid);
        signal("KILL", pid);
        ProcessHandle.of(pid).ifPresent(handle -> handle.onExit().join());
        Thread.sleep(random.nextInt(1, 2_000));
        Process again = start("database", Map.of(), command);
        Files.writeString(folder.resolve("portal/mariadb/pid"), Long.toString(again.pid()));
        await(UP_WITHIN, commits::look);
    }

    @Override
    public void close() throws IOException {
        kit.close();
        toBrokers.close();
        commits.close();
        try {
            for (Bridge bridge : bridges) {
                kill(bridge.process);
                bridge.toPortal.close();
            }
            kill(portal);
            if (Files.exists(folder.resolve("portal/mariadb/pid"))) {
                signal("KILL", commits.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
