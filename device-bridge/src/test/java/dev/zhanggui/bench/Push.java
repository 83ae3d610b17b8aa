package dev.zhanggui.bench;

import dev.zhanggui.terminal.trust.Verdict;
import dev.zhanggui.terminal.trust.Verifier;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Manifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * How many configurations a second come into force: handed out by the portal, published by the bridge, verified and activated by the
 * terminal, reported, taken by the portal. Beside it, in turns, what the same broker carries one to one with QoS 1 and the same
 * payload when nothing else is done; each of ours takes two such publishes, so that 0.5 is the most there can be.
 *
 * <p>The portal here has no database, and its versions are signed beforehand: this is the bridge's part of the way.
 *
 * <pre>java -cp 'device-bridge/target/device-bridge.jar:device-bridge/target/lib/*' Push.java [TERMINALS…]</pre>
 */
public final class Push {

    private static final int ROUNDS = 3;

    /** The longer way of the two takes longer until it is compiled. */
    private static final int WARM_UP = 4;

    private static final int SECONDS = 4;
    private static final double GOAL = 0.35;
    private static final int SIGNATURES = 5_000;

    private record Figure(
            int terminals,
            double ours,
            double raw,
            int payload,
            long bytesEach,
            Duration bridge,
            Duration here,
            Duration plainBroker,
            Duration signature) {

        double ratio() {
            return ours / raw;
        }
    }

    private Push() {}

    public static void main(String[] arguments) {
        Child.endWith(() -> run(arguments));
    }

    private static void run(String[] arguments) throws Exception {
        var sizes = arguments.length > 0
                ? Arrays.stream(arguments).map(Integer::parseInt).toList()
                : List.of(1_000, 5_000, 10_000);
        OpenFiles.require(sizes.stream().mapToInt(it -> it).max().orElseThrow());
        System.out.println(
                "Load before: " + Files.readString(Path.of("/proc/loadavg")).strip());
        var figures = new ArrayList<Figure>();
        for (int terminals : sizes) {
            figures.add(measure(terminals));
        }
        result(figures);
    }

    private static Figure measure(int terminals) throws Exception {
        long empty = Rig.heap();
        try (var rig = new Rig(terminals)) {
            rig.powerOn();
            rig.setUp();
            long each = (Rig.heap() - empty) / terminals;
            int payload = rig.portal
                    .sign(rig.tids.subList(0, 1))
                    .getFirst()
                    .manifest()
                    .length();
            int window = Math.min(2_000, terminals / 2);
            System.out.printf(
                    Locale.ROOT,
                    "%,d terminals, %,d bytes of this heap each; a version has %,d bytes%n",
                    terminals,
                    each,
                    payload);
            int plainPort = Rig.freePort();
            try (var broker = Child.program("plain-broker", PlainBroker.class, heap("512m"), plainPort);
                    var clients =
                            Child.program("plain-clients", PlainClients.class, heap("1g"), plainPort, terminals)) {
                clients.ask("connect");
                clients.ask("subscribe");
                return rounds(rig, broker, clients, window, payload, each);
            }
        }
    }

    private static List<String> heap(String most) {
        return List.of("-XX:+UseSerialGC", "-Xmx" + most);
    }

    private static Figure rounds(Rig rig, Child broker, Child clients, int window, int payload, long each)
            throws Exception {
        var raw = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        double guess = 3_000;
        var bridge = Duration.ZERO;
        var here = Duration.ZERO;
        var plain = Duration.ZERO;
        double messages = 0;
        long count = 0;
        for (int round = 1 - WARM_UP; round <= ROUNDS; round++) {
            var plainBefore = broker.cpu();
            raw.add(Double.parseDouble(clients.ask("publish " + SECONDS + " " + payload)));
            var plainSpent = broker.cpu().minus(plainBefore);
            var supply = supply(rig, (int) (guess * SECONDS * 1.4));
            long before = rig.portal.applied();
            long calls = rig.portal.calls();
            var bridgeBefore = rig.bridge().cpu();
            var hereBefore = cpu();
            long start = System.nanoTime();
            rig.portal.push(supply, window);
            Thread.sleep(Duration.ofSeconds(SECONDS));
            long done = rig.portal.applied() - before;
            double rate = done / ((System.nanoTime() - start) / 1e9);
            double called = (rig.portal.calls() - calls) / ((System.nanoTime() - start) / 1e9);
            if (rig.portal.stop().isEmpty()) {
                System.out.println("  the supply did not last: the figure is too low");
            }
            ours.add(rate);
            guess = Math.max(guess, rate);
            if (round > 0) {
                bridge = bridge.plus(rig.bridge().cpu().minus(bridgeBefore));
                here = here.plus(cpu().minus(hereBefore));
                plain = plain.plus(plainSpent);
                messages += raw.getLast() * SECONDS;
                count += rig.portal.applied() - before;
            }
            System.out.printf(
                    Locale.ROOT,
                    "  %-8s applied %,8.0f /s   raw %,8.0f /s   ratio %.2f   calls of the portal %,6.0f /s%n",
                    round <= 0 ? "warm-up" : "round " + round,
                    rate,
                    raw.getLast(),
                    rate / raw.getLast(),
                    called);
        }
        if (rig.portal.other() > 0) {
            throw new IllegalStateException(rig.portal.other() + " were refused or missed");
        }
        return new Figure(
                rig.tids.size(),
                Figures.percentile(ours.subList(WARM_UP, ours.size()), 50),
                Figures.percentile(raw.subList(WARM_UP, raw.size()), 50),
                payload,
                each,
                bridge.dividedBy(Math.max(1, count)),
                here.dividedBy(Math.max(1, count)),
                plain.dividedBy((long) Math.max(1, messages)),
                signature(rig));
    }

    /** What a terminal's own look at one signature takes; a version that changes a document has two. No server sees this. */
    private static Duration signature(Rig rig) {
        var item = rig.portal.sign(rig.tids.subList(0, 1)).getFirst();
        var verifier = new Verifier(
                item.tid(), rig.portal.activation(item.tid(), rig.mqttPort).keys());
        var jws = item.manifest().getBytes(StandardCharsets.US_ASCII);
        long start = 0;
        for (int i = 0; i < 2 * SIGNATURES; i++) {
            if (i == SIGNATURES) {
                start = System.nanoTime();
            }
            if (!(verifier.manifest(jws) instanceof Verdict.Accepted<Manifest>)) {
                throw new IllegalStateException("Not accepted");
            }
        }
        return Duration.ofNanos((System.nanoTime() - start) / SIGNATURES);
    }

    private static List<Link.WorkItem> supply(Rig rig, int items) {
        var supply = new ArrayList<Link.WorkItem>();
        while (supply.size() < items) {
            supply.addAll(rig.portal.sign(rig.tids));
        }
        return supply;
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1000;
    }

    private static void result(List<Figure> figures) {
        for (var it : figures) {
            System.out.printf(
                    Locale.ROOT,
                    "%,7d terminals: applied %,8.0f /s   raw %,8.0f /s   ratio %.2f (goal %.2f, ceiling 0.50)%n       "
                            + " processor time of one: bridge and broker %d µs, portal and terminal %d µs, of which each"
                            + " of the terminal's two signatures %d µs; a raw message costs the broker %d µs%n",
                    it.terminals(),
                    it.ours(),
                    it.raw(),
                    it.ratio(),
                    GOAL,
                    micros(it.bridge()),
                    micros(it.here()),
                    micros(it.signature()),
                    micros(it.plainBroker()));
        }
        var last = figures.getLast();
        var settings = new LinkedHashMap<String, Object>();
        settings.put("terminals", last.terminals());
        settings.put("goal", GOAL);
        var others = new LinkedHashMap<String, Object>();
        figures.forEach(it -> others.put(Integer.toString(it.terminals()), Figures.rounded(it.ratio())));
        settings.put("ratios", others);
        settings.put("payloadBytes", last.payload());
        settings.put("bytesPerTerminal", last.bytesEach());
        settings.put("bridgeMicros", micros(last.bridge()));
        settings.put("portalAndTerminalMicros", micros(last.here()));
        settings.put("signatureMicros", micros(last.signature()));
        settings.put("rawBrokerMicros", micros(last.plainBroker()));
        settings.put("cores", Runtime.getRuntime().availableProcessors());
        settings.put("tls", false);
        settings.put("persistence", "broker in memory; portal without a database, versions signed beforehand");
        Figures.result("push", last.ours(), last.raw(), last.ratio(), "configurations/s", settings);
    }
}
