package dev.zhanggui.nemesis;

import dev.zhanggui.bridge.portal.PortalLink;
import dev.zhanggui.nemesis.Happened.Carried;
import dev.zhanggui.nemesis.Happened.Ended;
import dev.zhanggui.nemesis.Happened.Excused;
import dev.zhanggui.nemesis.Happened.Fault;
import dev.zhanggui.nemesis.Happened.Quiet;
import dev.zhanggui.nemesis.Happened.Sized;
import dev.zhanggui.support.CrashingFlash;
import dev.zhanggui.support.Signer;
import dev.zhanggui.terminal.SteppedTerminal;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Presence;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.Status;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Portal, two bridges, a broker and a small fleet in one thread and in a time of its own: a seed is a run, to the letter. The portal
 * is the model; the bridges, the broker and the lines between are models too; what decides on a terminal (verifier, floor, slots,
 * fetch) is the real code on a flash whose power can be cut.
 */
public final class Simulation implements AutoCloseable {

    /** How a run went. */
    public record Run(
            long seed, List<Entry> history, Map<String, Integer> faults, boolean converged, Duration simulated) {

        public Checker.Outcome check() {
            return Checker.check(history, LIMITS);
        }
    }

    /**
     * @param faultsFor how long there are faults
     * @param faults how many
     */
    public record Setup(long seed, Duration faultsFor, int faults, Set<Guard> off) {

        public static Setup of(long seed, Set<Guard> off) {
            return new Setup(seed, Duration.ofMinutes(1), 40, off);
        }
    }

    /** Most work items in one answer of the portal. */
    static final int BATCH = 8;

    static final Checker.Limits LIMITS = new Checker.Limits(BATCH);

    static final String POISON = "POISON";

    private static final Instant START = Instant.parse("2026-11-23T06:40:00Z");
    private static final Duration SOAK = Duration.ofSeconds(20);
    private static final Duration GIVE_UP = Duration.ofMinutes(30);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(6);
    private static final int OUTBOX = 200;
    private static final String CHAIN = "the chain";
    private static final List<String> SHOPS = List.of("the noodle shop", "the tailor", "the florist");
    private static final int OF_CHAIN = 24;
    private static final String ATTACKER = "the attacker";

    private record Step(Instant at, long n, Runnable run) {}

    private final Setup setup;
    private final Random random;
    private final Time time = new Time();
    private final History history = new History(time);
    private final PriorityQueue<Step> steps =
            new PriorityQueue<>(Comparator.comparing(Step::at).thenComparing(Step::n));
    private final Signer signer = new Signer("k1", 1);
    private final Signer forger = new Signer("k2", 2);
    private final Signer sameName = new Signer("k1", 3);
    private final ModelPortal portal;
    private final Broker broker = new Broker();
    private final Map<String, Device> devices = new TreeMap<>();
    private final List<Bridge> bridges = List.of(new Bridge("north", Set.of(0, 1)), new Bridge("south", Set.of(2, 3)));
    private final Map<String, Integer> done = new TreeMap<>();
    private final List<Capture> captured = new ArrayList<>();
    private final List<Runnable> undo = new ArrayList<>();
    private ModelPortal.Backup yesterday;
    private long lastStep;
    private boolean portalUp = true;
    private boolean answersLost;
    private boolean answersTwice;
    private boolean commitsFail;
    private boolean quiet;
    private int rollouts;

    private Simulation(Setup setup) {
        this.setup = setup;
        this.random = new Random(setup.seed());
        this.portal = new ModelPortal(history, time, signer, setup.off());
        int number = 0;
        for (int i = 0; i < OF_CHAIN; i++) {
            add(++number, CHAIN);
        }
        for (String shop : SHOPS) {
            add(++number, shop);
            add(++number, shop);
        }
        this.yesterday = portal.backup();
    }

    private void add(int number, String merchant) {
        String tid = "01K9ZQ4T8M3V5C7W9Y2B4D%04d".formatted(number);
        portal.bind(tid, merchant);
        devices.put(tid, new Device(tid, merchant));
    }

    public static Run run(Setup setup) {
        try (Simulation simulation = new Simulation(setup)) {
            return simulation.run();
        }
    }

    @Override
    public void close() {
        steps.clear();
    }

    private Run run() {
        devices.values().forEach(device -> after(0, 500, device::boot));
        bridges.forEach(Bridge::start);
        portal.edit(CHAIN, "welcome");
        SHOPS.forEach(shop -> portal.edit(shop, "welcome"));
        every(Duration.ofMillis(300), this::compile);
        every(Duration.ofSeconds(1), portal::superviseRollouts);
        Nemesis nemesis = new Nemesis();
        for (int i = 0; i < setup.faults(); i++) {
            after(2_000, (int) setup.faultsFor().toMillis(), nemesis::strike);
        }
        after(setup.faultsFor(), this::calm);
        while (!steps.isEmpty() && (!quiet || !atRest()) && time.now.isBefore(START.plus(GIVE_UP))) {
            Step next = Objects.requireNonNull(steps.poll());
            time.now = next.at();
            next.run().run();
        }
        boolean converged = quiet && atRest();
        history.add(new Ended(devices.values().stream()
                .filter(device -> device.line != null)
                .map(device -> device.tid)
                .toList()));
        return new Run(setup.seed(), history.entries(), Map.copyOf(done), converged, Duration.between(START, time.now));
    }

    private void calm() {
        List.copyOf(undo).forEach(Runnable::run);
        undo.clear();
        quiet = true;
        history.add(new Quiet());
        // In every second run nobody edits again: what was committed under the faults must arrive by itself.
        if (setup.seed() % 2 == 0) {
            portal.edit(CHAIN, "last");
            SHOPS.forEach(shop -> portal.edit(shop, "last"));
        }
    }

    /** Everything that was committed runs, and the portal waits for nothing. */
    private boolean atRest() {
        return !portal.dirty()
                && devices.values().stream()
                        .allMatch(device -> device.line != null
                                && (portal.desired(device.tid) == null
                                        || portal.refused(device.tid)
                                        || portal.believes(device.tid)
                                                && Objects.equals(device.running(), portal.desired(device.tid))));
    }

    private void compile() {
        if (!portalUp) {
            return;
        }
        for (String tid : portal.terminals()) {
            ModelPortal.Compilation compilation = portal.begin(tid);
            if (compilation == null) {
                continue;
            }
            if (commitsFail && random.nextInt(3) == 0) {
                continue; // the transaction failed
            }
            if (!quiet && random.nextInt(4) == 0) {
                // A second portal, which is slow: it read before and commits after.
                after(100, 1_500, () -> portal.commit(compilation));
            } else {
                portal.commit(compilation);
            }
        }
    }

    // Time

    private final class Time extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("Instants only");
        }
    }

    private void after(Duration delay, Runnable run) {
        steps.add(new Step(time.now.plus(delay), ++lastStep, run));
    }

    private void after(int fromMillis, int toMillis, Runnable run) {
        after(Duration.ofMillis(random.nextInt(fromMillis, toMillis + 1)), run);
    }

    private void every(Duration pause, Runnable run) {
        after(pause, () -> {
            run.run();
            every(pause, run);
        });
    }

    // The broker

    /** One connection of a terminal, in order as long as nobody meddles with it. */
    private static final class Line {
        private final Device device;
        private final byte[] will;
        private Instant lastDown = Instant.MIN;
        private Instant lastUp = Instant.MIN;
        private boolean upLost;
        private boolean downLost;
        private boolean doubling;
        private boolean shuffling;
        private int slowMillis;

        private Line(Device device, byte[] will) {
            this.device = device;
            this.will = will;
        }
    }

    /** An MQTT cluster that both bridges use; nothing is kept for whom is not there. */
    private final class Broker {
        private final Map<String, Line> lines = new TreeMap<>();
        private boolean up = true;

        boolean connect(Line line) {
            if (!up) {
                return false;
            }
            Line old = lines.put(line.device.tid, line);
            if (old != null) {
                old.device.lost(old);
            }
            return true;
        }

        /** The line breaks, and the last will is published. */
        void cut(Line line) {
            if (lines.remove(line.device.tid, line)) {
                up(line.device.tid, Channel.PRESENCE, line.will);
            }
            line.device.lost(line);
        }

        void wipe() {
            List<Line> all = List.copyOf(lines.values());
            lines.clear();
            all.forEach(line -> line.device.lost(line));
        }

        boolean publish(String tid, Channel channel, byte[] payload, String by) {
            Line line = up ? lines.get(tid) : null;
            if (line == null) {
                return false;
            }
            if (channel == Channel.MANIFEST) {
                carried(tid, payload, by);
            }
            if (line.downLost) {
                return true;
            }
            for (int copies = line.doubling ? 2 : 1; copies > 0; copies--) {
                Instant arrives = time.now.plusMillis(1 + random.nextInt(20) + line.slowMillis);
                if (!line.shuffling && arrives.isBefore(line.lastDown)) {
                    arrives = line.lastDown;
                }
                if (line.shuffling) {
                    arrives = arrives.plusMillis(random.nextInt(3_000));
                } else {
                    line.lastDown = arrives;
                }
                after(Duration.between(time.now, arrives), () -> {
                    if (line.device.line == line) {
                        line.device.message(channel, payload);
                    }
                });
            }
            return true;
        }

        private void carried(String tid, byte[] payload, String by) {
            String jws = new String(payload, StandardCharsets.ISO_8859_1);
            Manifest manifest = Manifests.read(jws).orElse(null);
            if (manifest != null) {
                history.add(new Carried(tid, manifest.tid(), Manifests.version(manifest, jws), by));
                if (by.equals(Checker.BRIDGE)) {
                    captured.add(new Capture(tid, payload));
                }
            }
        }

        void up(String tid, Channel channel, byte[] payload) {
            bridges.forEach(bridge -> {
                if (bridge.tenure.fence().containsKey(ModelPortal.shard(tid))) {
                    // What one terminal says comes in the order in which it said it.
                    Instant arrives = time.now.plusMillis(random.nextInt(1, 16));
                    Instant last = bridge.lastHeard.getOrDefault(tid, Instant.MIN);
                    Instant heard = arrives.isBefore(last) ? last : arrives;
                    bridge.lastHeard.put(tid, heard);
                    after(Duration.between(time.now, heard), () -> bridge.hear(tid, channel, payload));
                }
            });
        }
    }

    // Bridges

    /** Of what passed the broker an attacker keeps a copy. */
    private record Capture(String tid, byte[] payload) {}

    /** @param fence of the shard when it was heard; null when the bridge did not hold it */
    private record Said(
            Object what, String from, String tid, @Nullable Long fence) {}

    /** What the real bridge does, between two models: claims, publishes, gathers, posts until it is taken. */
    private final class Bridge {
        private final String name;
        private final Set<Integer> preferred;
        private ModelPortal.Tenure tenure = new ModelPortal.Tenure(Map.of());
        private final Deque<Said> outbox = new ArrayDeque<>();
        private final Deque<Runnable> missed = new ArrayDeque<>();
        private final Map<String, Instant> lastHeard = new HashMap<>();
        private List<Said> inFlight = List.of();
        private boolean alive = true;
        private boolean paused;
        private @Nullable Instant pausedSince;
        private int life;

        private Bridge(String name, Set<Integer> preferred) {
            this.name = name;
            this.preferred = preferred;
        }

        void start() {
            every(Duration.ofMillis(250), this::work);
            every(Duration.ofMillis(100), this::post);
        }

        void kill() {
            alive = false;
            paused = false;
            life++;
            outbox.clear();
            missed.clear();
            inFlight = List.of();
            tenure = new ModelPortal.Tenure(Map.of());
        }

        void pause() {
            paused = true;
            pausedSince = time.now;
        }

        /** Goes on with what it knew, as if no time had passed. */
        void resume() {
            paused = false;
            while (!missed.isEmpty()) {
                missed.poll().run();
            }
        }

        void hear(String from, Channel channel, byte[] payload) {
            if (!alive) {
                return;
            }
            if (paused) {
                // For a while its socket takes in more; then the broker gives it up.
                if (Duration.between(Objects.requireNonNull(pausedSince), time.now)
                                .compareTo(Duration.ofSeconds(2))
                        < 0) {
                    missed.add(() -> hear(from, channel, payload));
                }
                return;
            }
            try {
                switch (channel) {
                    case STATUS -> {
                        Status status = read(payload, Status.class);
                        if (!status.tid().equals(from) && !setup.off().contains(Guard.SUBJECT_AT_BRIDGE)) {
                            return;
                        }
                        keep(
                                status.birth() != null ? status.birth() : Objects.requireNonNull(status.report()),
                                from,
                                status.tid());
                    }
                    case PRESENCE -> {
                        Presence presence = read(payload, Presence.class);
                        if (presence.tid().equals(from)) {
                            keep(presence, from, from);
                        }
                    }
                    case QUERY -> answer(from, read(payload, Query.class));
                    case MANIFEST, ANSWER -> {}
                }
            } catch (JacksonException | IllegalArgumentException e) {
                // Nonsense of a terminal is dropped.
            }
        }

        private static <T> T read(byte[] payload, Class<T> type) {
            T message = PortalLink.JSON.readValue(payload, type);
            if (message == null) {
                throw new IllegalArgumentException("null");
            }
            return message;
        }

        private void answer(String from, Query query) {
            if (!query.tid().equals(from) || !portalUp) {
                return;
            }
            int asked = life;
            after(2, 40, () -> {
                if (life == asked && portalUp) {
                    List<SignedDocument> found = portal.documents(new Link.DocumentsRequest(from, query.digests()))
                            .documents();
                    found.forEach(document -> broker.publish(
                            from,
                            Channel.ANSWER,
                            PortalLink.JSON.writeValueAsBytes(new Answer(from, List.of(document), List.of())),
                            Checker.BRIDGE));
                }
            });
        }

        private void keep(Object what, String from, String tid) {
            if (outbox.size() < OUTBOX || setup.off().contains(Guard.CAPACITY)) {
                outbox.add(new Said(what, from, tid, tenure.fence().get(ModelPortal.shard(tid))));
            }
            history.add(new Sized("outbox of bridge " + name, outbox.size(), OUTBOX));
        }

        private void work() {
            if (!alive || !portalUp) {
                return;
            }
            if (paused) {
                return;
            }
            tenure = portal.tenure(name, preferred);
            List<Link.WorkItem> items = portal.work(name, tenure, BATCH);
            if (answersLost && random.nextBoolean()) {
                return;
            }
            int asked = life;
            after(2, 30, () -> publish(asked, items));
        }

        private void publish(int asked, List<Link.WorkItem> items) {
            if (life != asked) {
                return;
            }
            if (paused) {
                missed.add(() -> publish(asked, items));
                return;
            }
            items.stream().sorted(Comparator.comparing(Link.WorkItem::lane)).forEach(item -> {
                boolean there = broker.publish(
                        item.tid(),
                        Channel.MANIFEST,
                        item.manifest().getBytes(StandardCharsets.US_ASCII),
                        Checker.BRIDGE);
                keep(new Link.Delivery(item.tid(), item.token(), there, time.now), "", item.tid());
            });
        }

        private void post() {
            if (!alive || paused) {
                return;
            }
            if (inFlight.isEmpty()) {
                List<Said> batch = new ArrayList<>();
                while (batch.size() < 50 && !outbox.isEmpty()) {
                    batch.add(outbox.poll());
                }
                inFlight = batch;
            }
            if (inFlight.isEmpty() || !portalUp) {
                return;
            }
            if (setup.off().contains(Guard.FENCE_OF_THE_HEARING)) {
                keepUntilItHoldsTheShardAgain();
            }
            Link.Reports reports = reports(inFlight);
            Map<Object, String> from = new IdentityHashMap<>();
            Map<Object, Long> fences = new IdentityHashMap<>();
            inFlight.forEach(said -> {
                from.put(said.what(), said.from());
                fences.put(said.what(), said.fence());
            });
            List<Link.WorkItem> work = portal.take(reports, fences, from);
            if (answersTwice && random.nextBoolean()) {
                portal.take(reports, fences, from);
            }
            if (answersLost && random.nextBoolean()) {
                return; // taken, and the bridge does not know: the same batch comes again
            }
            inFlight = List.of();
            publish(life, work);
        }

        /** What was refused under the old fence goes out under the new one. */
        private void keepUntilItHoldsTheShardAgain() {
            tenure = portal.tenure(name, preferred);
            List<Said> now = new ArrayList<>();
            for (Said said : inFlight) {
                Long fence = tenure.fence().get(ModelPortal.shard(said.tid()));
                if (fence == null) {
                    outbox.add(said);
                } else {
                    now.add(new Said(said.what(), said.from(), said.tid(), fence));
                }
            }
            inFlight = now;
        }

        private Link.Reports reports(List<Said> batch) {
            List<Birth> births = new ArrayList<>();
            List<Report> reports = new ArrayList<>();
            List<Presence> presences = new ArrayList<>();
            List<Link.Delivery> deliveries = new ArrayList<>();
            for (Said said : batch) {
                switch (said.what()) {
                    case Birth birth -> births.add(birth);
                    case Report report -> reports.add(report);
                    case Presence presence -> presences.add(presence);
                    case Link.Delivery delivery -> deliveries.add(delivery);
                    default -> throw new IllegalStateException(said.toString());
                }
            }
            return new Link.Reports(name, births, reports, presences, deliveries);
        }
    }

    // Terminals

    private final class Device implements SteppedTerminal.World {
        private final String tid;
        private final String merchant;
        private CrashingFlash flash = setup.off().contains(Guard.FORCED_WRITES)
                ? new CrashingFlash(CrashingFlash.Omission.FORCE)
                : new CrashingFlash();
        private @Nullable SteppedTerminal terminal;
        private @Nullable Line line;
        private int life;
        private int boots;
        private int failures;
        private Duration clockAhead = Duration.ZERO;
        private boolean weak;
        private boolean cable = true;

        private Device(String tid, String merchant) {
            this.tid = tid;
            this.merchant = merchant;
        }

        @Nullable
        Version running() {
            return terminal == null ? null : terminal.running();
        }

        void boot() {
            life++;
            boots++;
            List<VerificationKey> trusted = setup.off().contains(Guard.SIGNATURE)
                    ? List.of(signer.verificationKey(), forger.verificationKey())
                    : List.of(signer.verificationKey());
            powered(() -> terminal = new SteppedTerminal(
                    tid, "boot-" + boots, this, flash, trusted, setup.off(), weak ? POISON : null, SOAK));
            if (terminal != null) {
                later(Duration.ofMillis(random.nextInt(300)), this::connect);
            }
        }

        private void connect() {
            SteppedTerminal now = terminal;
            if (now == null || line != null) {
                return;
            }
            Line fresh = new Line(this, now.will());
            if (cable && broker.connect(fresh)) {
                line = fresh;
                failures = 0;
                powered(now::connected);
            } else {
                failures++;
                later(Duration.ofMillis(200 + random.nextInt(400 << Math.min(failures, 4))), this::connect);
            }
        }

        void lost(Line which) {
            if (line == which) {
                line = null;
                SteppedTerminal now = terminal;
                if (now != null) {
                    now.lost();
                    later(Duration.ofMillis(200 + random.nextInt(1_000)), this::connect);
                }
            }
        }

        void message(Channel channel, byte[] payload) {
            powered(() -> {
                if (terminal != null) {
                    terminal.message(channel, payload);
                }
            });
        }

        /** The power may go in the middle of it. */
        private void powered(Runnable run) {
            try {
                run.run();
            } catch (CrashingFlash.PowerCut e) {
                dark();
            }
        }

        /** No power, and then again: the flash is in one of the states that this may leave it in. */
        void dark() {
            life++;
            terminal = null;
            Line was = line;
            line = null;
            if (was != null) {
                after(KEEP_ALIVE, () -> broker.cut(was));
            }
            int states = flash.eachState(state -> {});
            int chosen = random.nextInt(states);
            int[] n = {0};
            CrashingFlash before = flash;
            before.eachState(state -> {
                if (n[0]++ == chosen) {
                    flash = state;
                }
            });
            after(1_000, 2_000, this::boot);
        }

        void reboot(boolean orderly) {
            SteppedTerminal now = terminal;
            if (now == null) {
                return;
            }
            if (orderly) {
                powered(now::stop);
            }
            if (terminal == null) {
                return;
            }
            life++;
            terminal = null;
            Line was = line;
            line = null;
            if (was != null) {
                broker.cut(was);
            }
            after(1_000, 2_000, this::boot);
        }

        @Override
        public Instant ownTime() {
            return time.now.plus(clockAhead);
        }

        @Override
        public Instant trueTime() {
            return time.now;
        }

        @Override
        public RandomGenerator random() {
            return random;
        }

        @Override
        public void later(Duration delay, Runnable step) {
            int mine = life;
            after(delay, () -> {
                if (life == mine) {
                    powered(step);
                }
            });
        }

        @Override
        public boolean send(Channel channel, byte[] message) {
            Line now = line;
            if (now == null) {
                return false;
            }
            Instant arrives = time.now.plusMillis(1 + random.nextInt(10) + now.slowMillis);
            now.lastUp = arrives.isBefore(now.lastUp) ? now.lastUp : arrives;
            after(Duration.between(time.now, now.lastUp), () -> {
                if (broker.lines.get(tid) == now && !now.upLost) {
                    broker.up(tid, channel, message);
                }
            });
            return true;
        }

        @Override
        public void log(Happened what) {
            history.add(what);
        }

        @Override
        public void crash() {
            reboot(false);
        }
    }

    // Faults

    /** Chooses by the seed what breaks next, and for how long. */
    private final class Nemesis {

        private final Map<String, Consumer<Device>> strikes = strikes();

        void strike() {
            List<String> names = List.copyOf(strikes.keySet());
            String name = names.get(random.nextInt(names.size()));
            List<Device> all = List.copyOf(devices.values());
            Device device = all.get(random.nextInt(all.size()));
            done.merge(name, 1, Integer::sum);
            history.add(new Fault(device.tid, name));
            Objects.requireNonNull(strikes.get(name)).accept(device);
        }

        private void until(int fromMillis, int toMillis, Runnable end) {
            Runnable[] once = new Runnable[1];
            once[0] = () -> {
                if (undo.remove(once[0])) {
                    end.run();
                }
            };
            undo.add(once[0]);
            after(fromMillis, toMillis, once[0]);
        }

        private Map<String, Consumer<Device>> strikes() {
            Map<String, Consumer<Device>> all = new TreeMap<>();
            all.put("an edit of a shop", device -> portal.edit(device.merchant, "edit"));
            all.put("an edit of the chain and one of a shop", device -> {
                portal.edit(CHAIN, "edit");
                portal.edit(SHOPS.get(random.nextInt(SHOPS.size())), "edit");
            });
            all.put("a roll-out", device -> rollOut(random.nextInt(2) == 0));
            all.put("poison content for a weak model", device -> {
                device.weak = true;
                device.reboot(true);
                portal.edit(device.merchant, POISON);
                until(5_000, 20_000, () -> portal.edit(device.merchant, "wholesome"));
            });
            all.put("the portal is away", device -> {
                portalUp = false;
                until(1_000, 6_000, () -> portalUp = true);
            });
            all.put("the portal's answers are lost after the commit", device -> {
                answersLost = true;
                until(2_000, 8_000, () -> answersLost = false);
            });
            all.put("the portal gets everything twice", device -> {
                answersTwice = true;
                until(2_000, 8_000, () -> answersTwice = false);
            });
            all.put("transactions fail", device -> {
                commitsFail = true;
                until(2_000, 8_000, () -> commitsFail = false);
            });
            all.put("a backup is made", device -> yesterday = portal.backup());
            all.put("the backup is restored", device -> restore());
            all.put("a bridge is killed", device -> {
                Bridge bridge = bridges.get(random.nextInt(bridges.size()));
                bridge.kill();
                until(500, 10_000, () -> bridge.alive = true);
            });
            all.put("a bridge never comes back", device -> bridges.getFirst().kill());
            all.put("a bridge is paused, and goes on with what it knew", device -> {
                Bridge bridge = bridges.get(random.nextInt(bridges.size()));
                if (bridge.alive && !bridge.paused) {
                    bridge.pause();
                    // What it hears last is that somebody is gone, or comes back; when it goes on, others have done its
                    // work.
                    after(50, 600, () -> cut(device));
                    after(6_500, 8_000, () -> portal.edit(device.merchant, "edit"));
                    until(4_000, 14_000, bridge::resume);
                }
            });
            all.put("the broker loses everything", device -> {
                broker.up = false;
                broker.wipe();
                until(200, 4_000, () -> broker.up = true);
            });
            all.put("a line is cut", this::cut);
            all.put("half-open: nothing comes up", device -> half(device, true));
            all.put("half-open: nothing goes down", device -> half(device, false));
            all.put("the cable is out", device -> {
                device.cable = false;
                cut(device);
                until(2_000, 15_000, () -> device.cable = true);
            });
            all.put("messages come twice", device -> line(device, line -> line.doubling = true));
            all.put("messages come out of order", device -> line(device, line -> line.shuffling = true));
            all.put("a slow line", device -> line(device, line -> line.slowMillis = 1 + random.nextInt(5_000)));
            all.put("power cut at a write", device -> {
                device.flash.cutAfter(random.nextInt(16));
                portal.edit(device.merchant, "edit");
            });
            all.put("power cut", device -> {
                if (device.terminal != null) {
                    device.dark();
                }
            });
            all.put("restart", device -> device.reboot(true));
            all.put("the clock jumps ten years ahead", device -> clock(device, 3_652));
            all.put("the clock jumps ten years back", device -> clock(device, -3_652));
            all.put("replay to the same terminal", device -> replay(device, true));
            all.put("replay to another terminal", device -> replay(device, false));
            all.put("a forged manifest", this::forge);
            all.put(
                    "a malicious payload",
                    device -> broker.publish(
                            device.tid,
                            Channel.MANIFEST,
                            Manifests.malicious(signer, sameName, device.tid, random),
                            ATTACKER));
            all.put(
                    "nonsense from a terminal",
                    device -> broker.up(device.tid, Channel.STATUS, Manifests.nonsense(random)));
            all.put("a terminal speaks for another", this::slander);
            all.put("a cloned credential", this::cloned);
            all.put("a flood of reports", this::flood);
            return all;
        }

        private void cut(Device device) {
            if (device.line != null) {
                broker.cut(device.line);
            }
        }

        /** TCP does not notice; keep-alive does. */
        private void half(Device device, boolean up) {
            Line line = device.line;
            if (line != null) {
                line.upLost = up;
                line.downLost = !up;
                after(KEEP_ALIVE, () -> broker.cut(line));
            }
        }

        private void line(Device device, Consumer<Line> change) {
            Line line = device.line;
            if (line != null) {
                change.accept(line);
                until(3_000, 15_000, () -> broker.cut(line));
            }
        }

        private void clock(Device device, int days) {
            device.clockAhead = Duration.ofDays(days);
            until(5_000, 30_000, () -> device.clockAhead = Duration.ZERO);
        }

        private void rollOut(boolean bad) {
            List<String> chain = portal.terminalsOf(CHAIN);
            if (bad) {
                Device canary = Objects.requireNonNull(devices.get(chain.getFirst()));
                canary.weak = true;
                canary.reboot(true);
            }
            portal.rollOut(
                    "R" + ++rollouts,
                    bad ? POISON : "rolled out",
                    List.of(chain.subList(0, 2), chain.subList(2, 8), chain.subList(8, OF_CHAIN)));
        }

        /** As the handbook says: bridges and broker start anew after it, so that every terminal says what it runs. */
        private void restore() {
            portal.restore(yesterday);
            bridges.forEach(bridge -> {
                boolean was = bridge.alive;
                bridge.kill();
                bridge.alive = was;
            });
            broker.wipe();
        }

        private void replay(Device device, boolean own) {
            List<Capture> kept = captured.stream()
                    .filter(it -> it.tid().equals(device.tid) == own)
                    .toList();
            if (!kept.isEmpty()) {
                broker.publish(
                        device.tid,
                        Channel.MANIFEST,
                        kept.get(random.nextInt(kept.size())).payload(),
                        ATTACKER);
            }
        }

        private void forge(Device device) {
            Version desired = portal.desired(device.tid);
            long gen = desired == null ? 1 : desired.gen() + 1;
            long epoch = desired == null ? 1 : desired.epoch();
            Signer by = random.nextBoolean() ? forger : sameName;
            broker.publish(
                    device.tid,
                    Channel.MANIFEST,
                    Manifests.forged(by, device.tid, epoch, gen, time.now).getBytes(StandardCharsets.US_ASCII),
                    ATTACKER);
        }

        private void slander(Device device) {
            Device other = devices.values().stream()
                    .filter(it -> it != device && ModelPortal.shard(it.tid) == ModelPortal.shard(device.tid))
                    .findFirst()
                    .orElse(device);
            Version desired = portal.desired(other.tid);
            if (desired != null && device.line != null) {
                broker.up(
                        device.tid,
                        Channel.STATUS,
                        PortalLink.JSON.writeValueAsBytes(Status.of(new Report(
                                other.tid,
                                desired.epoch(),
                                desired.gen(),
                                desired.digest(),
                                Report.Stage.APPLIED,
                                0,
                                null,
                                time.now,
                                1))));
            }
        }

        /** Somebody else connects with the same credential, lies, and throws the terminal out, which throws out the clone. */
        private void cloned(Device device) {
            Version desired = portal.desired(device.tid);
            if (device.line == null || desired == null) {
                return;
            }
            history.add(new Excused(device.tid, Invariant.I6, "somebody else has its credential"));
            Line was = device.line;
            broker.lines.remove(device.tid, was);
            device.lost(was);
            broker.up(
                    device.tid,
                    Channel.STATUS,
                    PortalLink.JSON.writeValueAsBytes(
                            Status.of(new Birth(device.tid, 0, 0, null, "SMART_POS", "clone/1", "clone", time.now))));
            broker.up(
                    device.tid,
                    Channel.STATUS,
                    PortalLink.JSON.writeValueAsBytes(Status.of(new Report(
                            device.tid,
                            desired.epoch(),
                            desired.gen(),
                            desired.digest(),
                            Report.Stage.APPLIED,
                            0,
                            null,
                            time.now,
                            1))));
        }

        private void flood(Device device) {
            portalUp = false;
            until(1_000, 3_000, () -> portalUp = true);
            byte[] report = PortalLink.JSON.writeValueAsBytes(
                    Status.of(new Report(device.tid, 1, 1, "x", Report.Stage.RECEIVED, 0, null, time.now, 1)));
            for (int i = 0; i < 3 * OUTBOX; i++) {
                broker.up(device.tid, Channel.STATUS, report);
            }
        }
    }
}
