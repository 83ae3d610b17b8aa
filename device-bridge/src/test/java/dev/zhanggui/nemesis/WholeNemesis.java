package dev.zhanggui.nemesis;

import dev.zhanggui.bridge.BridgeApplication;
import dev.zhanggui.nemesis.Happened.Carried;
import dev.zhanggui.nemesis.Happened.Ended;
import dev.zhanggui.nemesis.Happened.Fault;
import dev.zhanggui.nemesis.Happened.Quiet;
import dev.zhanggui.nemesis.ModelPortalServer.Mood;
import dev.zhanggui.nemesis.Proxy.Direction;
import dev.zhanggui.nemesis.Proxy.Packet;
import dev.zhanggui.support.FakePortal;
import dev.zhanggui.support.Signer;
import dev.zhanggui.terminal.TerminalView;
import dev.zhanggui.terminal.TerminalView.Defects;
import dev.zhanggui.terminal.TerminalView.Faults;
import dev.zhanggui.terminal.TerminalsApplication;
import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The real bridge with its broker and the real terminals, behind two proxies, between them and a model portal. A seed chooses what
 * breaks, in which order; how the threads meet it is not the seed's. Every wait is for an event; a run that never comes to rest ends
 * after a while and is then judged like any other.
 */
public final class WholeNemesis implements AutoCloseable {

    /** How a run went. */
    public record Run(long seed, List<Entry> history, Map<String, Integer> faults, boolean converged) {

        public Checker.Outcome check() {
            return Checker.check(history);
        }
    }

    private static final List<String> MERCHANTS = List.of("the noodle shop", "the chain");
    private static final Duration SOAK = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String POISON = "POISON";

    private final Clock clock = Clock.systemUTC();
    private final ModelPortalServer server;
    private final Proxy toPortal;
    private final Proxy toBroker;
    private final int bridgePort;
    private final int mqttPort;
    private ConfigurableApplicationContext bridge;
    private volatile @Nullable Round round;
    private int terminals;

    public WholeNemesis() throws IOException {
        server = new ModelPortalServer(
                new ModelPortal(new History(clock), clock, new Signer("k1", 1), Guard.NONE), clock);
        toPortal = new Proxy(server.port(), null);
        bridgePort = freePort();
        mqttPort = freePort();
        toBroker = new Proxy(mqttPort, this::pass);
        bridge = startBridge();
    }

    private ConfigurableApplicationContext startBridge() {
        return SpringApplication.run(
                BridgeApplication.class,
                "--zhanggui.bridge.portal-url=http://127.0.0.1:" + toPortal.port(),
                "--zhanggui.bridge.token=" + FakePortal.TOKEN,
                "--zhanggui.bridge.mqtt.port=" + mqttPort,
                "--server.port=" + bridgePort);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private List<Packet> pass(Direction direction, @Nullable String client, Packet packet) {
        Round now = round;
        return now == null ? List.of(packet) : now.pass(direction, client, packet);
    }

    /**
     * @param faults how many, one after the other
     * @param restarts whether the bridge may be among what is restarted
     * @param folder empty, for the terminals' memories
     */
    public Run run(long seed, int faults, boolean restarts, Path folder) throws IOException, InterruptedException {
        try (Round fresh = new Round(seed, restarts, folder)) {
            round = fresh;
            return fresh.run(faults);
        } finally {
            round = null;
        }
    }

    /**
     * A run between versions: portal, bridge and terminals each hear what only a later version of the other end would say.
     *
     * @param tap gets every message that passes between terminals and broker, topic and payload
     */
    public Run runBetweenVersions(long seed, int faults, Path folder, BiConsumer<String, byte[]> tap)
            throws IOException, InterruptedException {
        server.speakLater(true);
        try (Round fresh = new Round(seed, false, folder)) {
            fresh.portal.speakLater();
            fresh.tap = tap;
            round = fresh;
            return fresh.run(faults);
        } finally {
            server.speakLater(false);
            round = null;
        }
    }

    @Override
    public void close() throws IOException {
        toBroker.close();
        bridge.close();
        toPortal.close();
        server.close();
    }

    /** One seed's portal and terminals. */
    private final class Round implements AutoCloseable {

        private final long seed;
        private final boolean restarts;
        private final Path folder;
        private final Random random;
        private final History history = new History(clock);
        private final Signer signer;
        private final Signer forger;
        private final ModelPortal portal;
        private final Map<String, String> serials = new TreeMap<>();
        private final Map<String, Integer> done = new TreeMap<>();
        private final ConcurrentLinkedQueue<byte[]> seen = new ConcurrentLinkedQueue<>();
        private final List<Runnable> undo = new ArrayList<>();
        private ModelPortal.Backup yesterday;
        private TerminalsApplication kit;
        private volatile int doubled;
        private volatile int lost;
        private volatile @Nullable Packet held;
        private volatile boolean swapping;
        private volatile @Nullable BiConsumer<String, byte[]> tap;

        private Round(long seed, boolean restarts, Path folder) throws IOException {
            this.seed = seed;
            this.restarts = restarts;
            this.folder = folder;
            this.random = new Random(seed);
            this.signer = new Signer("k1", seed);
            this.forger = new Signer("k1", seed + 1_000_000);
            this.portal = new ModelPortal(history, clock, signer, Guard.NONE);
            for (int i = 0; i < 6; i++) {
                String tid = "01K9ZQ4T8M3V5C7W9Y2B%06d".formatted(++terminals);
                String serial = "NEM-" + tid.substring(20);
                portal.bind(tid, MERCHANTS.get(i % 3 == 0 ? 0 : 1));
                serials.put(tid, serial);
                StateFolder.open(StateFolder.flash(folder, serial), serial, "SMART_POS", new SecureRandom())
                        .activated(server.activate(serial, tid, toBroker.port(), List.of(signer.verificationKey())));
            }
            this.yesterday = portal.backup();
            server.serve(portal);
            this.kit = startKit();
        }

        private TerminalsApplication startKit() throws IOException {
            TerminalsApplication application = new TerminalsApplication(
                    folder,
                    URI.create("http://127.0.0.1:" + bridgePort),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    null,
                    clock,
                    SOAK);
            application.start();
            return application;
        }

        Run run(int faults) throws IOException, InterruptedException {
            MERCHANTS.forEach(merchant -> portal.edit(merchant, "welcome"));
            compile();
            await(PATIENCE, this::atRest);
            List<String> names = List.copyOf(strikes().keySet());
            for (int i = 0; i < faults; i++) {
                String name = names.get(random.nextInt(names.size()));
                String tid = List.copyOf(serials.keySet()).get(random.nextInt(serials.size()));
                history.add(new Fault(tid, name));
                done.merge(name, 1, Integer::sum);
                try {
                    Objects.requireNonNull(strikes().get(name)).on(tid);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                compile();
                // Until it is over, or for as long as the seed says: what breaks next must not always find all at rest.
                await(Duration.ofMillis(random.nextInt(50, 600)), this::atRest);
                if (random.nextBoolean()) {
                    heal();
                }
            }
            heal();
            history.add(new Quiet());
            MERCHANTS.forEach(merchant -> portal.edit(merchant, "last"));
            compile();
            boolean converged = await(PATIENCE, this::atRest);
            history.add(new Ended(kit.fleet().views().stream()
                    .filter(TerminalView::connected)
                    .map(TerminalView::tid)
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .toList()));
            List<Entry> portals = history.entries();
            Entry last = portals.getLast();
            List<Entry> all = new ArrayList<>(portals.subList(0, portals.size() - 1));
            serials.forEach((tid, serial) ->
                    all.addAll(Journal.read(tid, kit.fleet().journal(serial).orElseThrow())));
            all.sort(Comparator.comparing(Entry::at));
            all.add(last);
            List<Entry> numbered = new ArrayList<>();
            all.forEach(it -> numbered.add(new Entry(numbered.size() + 1L, it.at(), it.what())));
            return new Run(seed, numbered, done, converged);
        }

        /** Compiles what is marked and wakes the bridge. */
        private void compile() {
            portal.expand();
            portal.superviseRollouts();
            portal.expand();
            server.wakeUp();
        }

        private boolean atRest() {
            if (portal.dirty()) {
                compile();
            }
            Map<String, TerminalView> views = new LinkedHashMap<>();
            kit.fleet().views().forEach(view -> views.put(view.serial(), view));
            return serials.entrySet().stream().allMatch(it -> {
                TerminalView view = views.get(it.getValue());
                Version desired = portal.desired(it.getKey());
                return view != null
                        && view.connected()
                        && (desired == null
                                || portal.refused(it.getKey())
                                || portal.believes(it.getKey())
                                        && desired.digest().equals(view.digest()));
            });
        }

        private boolean await(Duration patience, BooleanSupplier event) throws InterruptedException {
            long end = System.nanoTime() + patience.toNanos();
            while (true) {
                int seen = history.size();
                // Not under the history's lock: the event may ask the portal, which writes history under its own.
                if (event.getAsBoolean()) {
                    return true;
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                history.awaitMore(seen, Math.max(1, Math.min(20, left / 1_000_000)));
            }
        }

        private void heal() {
            List.copyOf(undo).forEach(Runnable::run);
            undo.clear();
            toPortal.heal();
            toBroker.heal();
            server.mood(Mood.WELL);
            doubled = 0;
            lost = 0;
            swapping = false;
        }

        // On the line

        private List<Packet> pass(Direction direction, @Nullable String client, Packet packet) {
            if (client == null || !packet.isPublish()) {
                return List.of(packet);
            }
            BiConsumer<String, byte[]> taps = tap;
            if (taps != null) {
                taps.accept(packet.topic(), packet.payload());
                String json = new String(packet.payload(), StandardCharsets.UTF_8);
                if (json.startsWith("{\"")) {
                    // Everything but manifests, which are signed.
                    return List.of(
                            packet.withPayload(ModelPortalServer.withLater(json).getBytes(StandardCharsets.UTF_8)));
                }
            }
            if (direction == Direction.UP) {
                return List.of(packet);
            }
            Topics.Address address = Topics.parse(packet.topic()).orElse(null);
            if (address == null || address.channel() != Channel.MANIFEST || !serials.containsKey(client)) {
                return List.of(packet);
            }
            byte[] payload = packet.payload();
            String jws = new String(payload, StandardCharsets.ISO_8859_1);
            Manifest manifest = Manifests.read(jws).orElse(null);
            if (manifest != null) {
                history.add(
                        new Carried(address.tid(), manifest.tid(), Manifests.version(manifest, jws), Checker.BRIDGE));
                seen.add(payload);
            }
            if (lost > 0) {
                lost--;
                // On a line that lives nothing is lost: it goes down with the line.
                toBroker.cut(client);
                return List.of();
            }
            if (doubled > 0) {
                doubled--;
                return List.of(packet, Packet.publish(packet.topic(), payload));
            }
            if (swapping) {
                // The older one comes after the newer one, as a message of its own.
                Packet older = held;
                held = Packet.publish(packet.topic(), payload);
                return older == null || !older.topic().equals(packet.topic())
                        ? List.of(packet)
                        : List.of(packet, older);
            }
            return List.of(packet);
        }

        // Faults

        private interface Strike {
            void on(String tid) throws IOException;
        }

        private Map<String, Strike> strikes() {
            Map<String, Strike> all = new TreeMap<>();
            all.put("an edit", tid -> edit("edit"));
            all.put("a roll-out", tid -> {
                List<String> chain = portal.terminalsOf(MERCHANTS.getLast());
                portal.rollOut(
                        "R" + done.get("a roll-out"),
                        "rolled out",
                        List.of(chain.subList(0, 1), chain.subList(1, chain.size())));
            });
            all.put("the portal answers 503", tid -> mood(Mood.AWAY));
            all.put("the portal's answers are lost after the commit", tid -> mood(Mood.ANSWER_LOST));
            all.put("the portal gets everything twice", tid -> mood(Mood.TWICE));
            all.put("no way to the portal", tid -> {
                toPortal.refuse(true);
                edit("edit");
            });
            all.put("the link to the portal is cut in the middle of a message", tid -> {
                toPortal.cutAfter(random.nextBoolean() ? Direction.UP : Direction.DOWN, random.nextInt(1, 2_000));
                edit("edit");
            });
            all.put("the link to the portal stalls one way", tid -> {
                toPortal.stall(random.nextBoolean() ? Direction.UP : Direction.DOWN, true);
                edit("edit");
            });
            all.put("all terminals are cut off", tid -> {
                toBroker.cutAll();
                edit("edit");
            });
            all.put("a terminal is cut off", tid -> toBroker.cut(tid));
            all.put("a terminal is cut off in the middle of a message", tid -> {
                toBroker.cutAfter(random.nextBoolean() ? Direction.UP : Direction.DOWN, random.nextInt(1, 3_000));
                edit("edit");
            });
            all.put("the lines stall one way", tid -> {
                toBroker.stall(random.nextBoolean() ? Direction.UP : Direction.DOWN, true);
                edit("edit");
            });
            all.put("the lines are slow and narrow", tid -> {
                toBroker.delay(Duration.ofMillis(random.nextInt(2, 30)));
                toBroker.throttle(random.nextInt(200, 2_000));
                edit("edit");
            });
            all.put("manifests are lost with their lines", tid -> {
                lost = random.nextInt(1, 4);
                edit("edit");
            });
            all.put("manifests come twice", tid -> {
                doubled = 20;
                edit("edit");
            });
            all.put("manifests come out of order", tid -> {
                swapping = true;
                edit("edit");
                compile();
                edit("edit");
            });
            all.put(
                    "replay, to the same and to others",
                    tid -> List.copyOf(seen).forEach(payload -> toBroker.inject(tid, topic(tid), payload)));
            all.put(
                    "a forged manifest",
                    tid -> toBroker.inject(
                            tid,
                            topic(tid),
                            Manifests.forged(forger, tid, 1, 1_000, clock.instant())
                                    .getBytes(StandardCharsets.US_ASCII)));
            all.put("malicious payloads", tid -> {
                for (int i = 0; i < 20; i++) {
                    toBroker.inject(tid, topic(tid), Manifests.malicious(signer, forger, tid, random));
                }
            });
            all.put("a restart", tid -> kit.fleet().reboot(serial(tid)));
            all.put("all terminals lose power", tid -> {
                kit.close();
                kit = startKit();
            });
            all.put("the cable is out", tid -> broken(tid, new Faults(true, false, 0)));
            all.put("everything is tampered with", tid -> broken(tid, new Faults(false, true, 0)));
            all.put("the clock is ten years ahead", tid -> broken(tid, new Faults(false, false, 10)));
            all.put("the clock is ten years behind", tid -> broken(tid, new Faults(false, false, -10)));
            all.put("the memory is full", tid -> broken(tid, Faults.NONE.with(new Defects(null, false, true, 0))));
            all.put(
                    "a slow terminal",
                    tid -> broken(tid, Faults.NONE.with(new Defects(null, false, false, random.nextInt(50, 300)))));
            all.put("a backup is made", tid -> yesterday = portal.backup());
            all.put("the backup is restored", tid -> {
                portal.restore(yesterday);
                toBroker.cutAll();
            });
            if (restarts) {
                all.put("bridge and broker are killed and come back", tid -> {
                    bridge.close();
                    edit("edit");
                    bridge = startBridge();
                });
                all.put("poison content", tid -> {
                    broken(tid, Faults.NONE.with(new Defects(POISON, false, false, 0)));
                    portal.edit(MERCHANTS.getLast(), POISON);
                });
            }
            return all;
        }

        private void mood(Mood now) {
            server.mood(now);
            edit("edit");
        }

        private void edit(String content) {
            portal.edit(MERCHANTS.get(random.nextInt(MERCHANTS.size())), content);
        }

        private void broken(String tid, Faults faults) {
            kit.fleet().setFaults(serial(tid), faults);
            undo.add(() -> kit.fleet().setFaults(serial(tid), Faults.NONE));
            edit("edit");
        }

        private String serial(String tid) {
            return Objects.requireNonNull(serials.get(tid));
        }

        private String topic(String tid) {
            return new Topics(tid).of(Channel.MANIFEST);
        }

        @Override
        public void close() {
            // The terminals end anyway.
            undo.clear();
            heal();
            kit.close();
        }
    }
}
