package dev.zhanggui.bench;

import dev.zhanggui.terminal.Fleet;
import dev.zhanggui.terminal.TerminalView;
import dev.zhanggui.wire.Provision;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Virtual terminals in a process of their own for a benchmark whose portal is another build's: each gets the activation that a real
 * one fetches. Told by lines: {@code connect}, answered when all are connected, and {@code connected}
 * and {@code in-force}, answered with how many are, or run a configuration.
 *
 * <pre>java … ManyTerminals.java FILE BRIDGE_URL    one {@link Provision.Activation} a line</pre>
 */
public final class ManyTerminals {

    private static final Duration SOAK = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int JOURNAL_BYTES = 1024;

    /** Powered on at a time: a fleet that comes back is spread. */
    private static final int TOGETHER = 100;

    private ManyTerminals() {}

    public static void main(String[] arguments) throws Exception {
        var lines = Files.readAllLines(Path.of(arguments[0]));
        OpenFiles.require(lines.size());
        var fleet = Fleet.inProcess(URI.create(arguments[1]), Clock.systemUTC(), SOAK, JOURNAL_BYTES);
        Child.ready();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var order = orders.readLine(); order != null; order = orders.readLine()) {
            switch (order) {
                case "connect" -> {
                    for (int i = 0; i < lines.size(); i++) {
                        var given = RunningCopy.JSON.readValue(lines.get(i), Provision.Activation.class);
                        fleet.powerOnActivated("BENCH-%06d".formatted(i), "SMART_POS", given);
                        if (i % TOGETHER == TOGETHER - 1) {
                            awaitConnected(fleet, i + 1);
                        }
                    }
                    awaitConnected(fleet, lines.size());
                    Child.answer(connected(fleet));
                }
                case "connected" -> Child.answer(connected(fleet));
                case "in-force" ->
                    Child.answer(fleet.views().stream()
                            .filter(view -> view.gen() > 0)
                            .count());
                default -> throw new IllegalArgumentException(order);
            }
        }
        System.exit(0);
    }

    private static long connected(Fleet fleet) {
        return fleet.views().stream().filter(TerminalView::connected).count();
    }

    private static void awaitConnected(Fleet fleet, int wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (connected(fleet) < wanted) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Only " + connected(fleet) + " of " + wanted + " are connected");
            }
            Thread.sleep(20);
        }
    }
}
