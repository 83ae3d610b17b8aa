package dev.zhanggui.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * The broker's process is killed and started again, and all terminals come back at the same moment: how many a second are connected,
 * subscribed, and known to the portal to run what they should. Beside it, in turns, how many plain clients a second the same broker
 * lets in, who do nothing after that. A terminal that is in step must cost no configuration; that is counted.
 *
 * <p>Also how many idle terminals a GiB of bridge and embedded broker bears.
 *
 * <pre>java -cp 'device-bridge/target/device-bridge.jar:device-bridge/target/lib/*' Storm.java [TERMINALS]</pre>
 */
public final class Storm {

    private static final int ROUNDS = 3;
    private static final double GOAL = 0.8;
    private static final int IDLE_GOAL = 25_000;
    private static final long GIB = 1L << 30;

    private Storm() {}

    public static void main(String[] arguments) {
        Child.endWith(() -> run(arguments));
    }

    private static void run(String[] arguments) throws Exception {
        int terminals = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        OpenFiles.require(terminals);
        System.out.println(
                "Load before: " + Files.readString(Path.of("/proc/loadavg")).strip());
        var raw = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        long empty;
        long full;
        try (var rig = new Rig(terminals)) {
            Thread.sleep(Duration.ofSeconds(2));
            empty = rig.bridge().memory();
            rig.powerOn();
            rig.setUp();
            for (int round = 0; round <= ROUNDS; round++) {
                raw.add(plain(terminals));
                ours.add(terminals(rig));
                System.out.printf(
                        Locale.ROOT,
                        "  %-8s back and in step %,8.0f /s   plain connects %,8.0f /s   ratio %.2f%n",
                        round == 0 ? "warm-up" : "round " + round,
                        ours.getLast(),
                        raw.getLast(),
                        ours.getLast() / raw.getLast());
            }
            Thread.sleep(Duration.ofSeconds(10));
            full = rig.bridge().memory();
        }
        result(
                terminals,
                Figures.percentile(ours.subList(1, ours.size()), 50),
                Figures.percentile(raw.subList(1, raw.size()), 50),
                empty,
                full);
    }

    private static double plain(int clients) throws Exception {
        int port = Rig.freePort();
        var options = List.of("-XX:+UseSerialGC", "-Xmx1g");
        try (var broker = Child.program("plain-broker", PlainBroker.class, options, port);
                var plain = Child.program("plain-clients", PlainClients.class, options, port, clients)) {
            return Double.parseDouble(plain.ask("connect"));
        }
    }

    private static double terminals(Rig rig) throws Exception {
        rig.restartBridge();
        rig.portal.forgetBirths();
        long handedOut = rig.portal.handedOut();
        long applied = rig.portal.applied();
        long start = System.nanoTime();
        rig.cables(true);
        rig.portal.awaitBirths(rig.tids.size(), Duration.ofMinutes(3));
        double seconds = (System.nanoTime() - start) / 1e9;
        if (rig.portal.handedOut() != handedOut || rig.portal.applied() != applied || rig.portal.other() > 0) {
            throw new IllegalStateException("Terminals in step cost " + (rig.portal.handedOut() - handedOut)
                    + " hand-outs, " + (rig.portal.applied() - applied) + " activations, " + rig.portal.other()
                    + " refusals");
        }
        return rig.tids.size() / seconds;
    }

    private static void result(int terminals, double ours, double raw, long empty, long full) {
        long each = (full - empty) / terminals;
        long perGib = (GIB - empty) / each;
        System.out.printf(
                Locale.ROOT,
                "%,d terminals back and in step: %,.0f /s   plain connects: %,.0f /s   ratio %.2f (goal %.2f);"
                        + " configurations written: 0%n",
                terminals,
                ours,
                raw,
                ours / raw,
                GOAL);
        System.out.printf(
                Locale.ROOT,
                "bridge + embedded broker: %,d MiB without a terminal, %,d MiB with %,d idle ones, %,d bytes each; 1"
                        + " GiB bears %,d (goal %,d)%n",
                empty >> 20,
                full >> 20,
                terminals,
                each,
                perGib,
                IDLE_GOAL);
        var settings = new LinkedHashMap<String, Object>();
        settings.put("terminals", terminals);
        settings.put("goal", GOAL);
        settings.put("configurationsWritten", 0);
        settings.put("idlePerGiB", perGib);
        settings.put("idleGoal", IDLE_GOAL);
        settings.put("bytesPerIdleTerminal", each);
        settings.put("bridgeMiB", full >> 20);
        settings.put("cores", Runtime.getRuntime().availableProcessors());
        settings.put("tls", false);
        settings.put("persistence", "broker in memory; portal without a database");
        Figures.result("storm", ours, raw, ours / raw, "terminals/s", settings);
    }
}
