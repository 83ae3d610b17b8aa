package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * One change that concerns every terminal: a night's maintenance of the platform, which closes every store for an hour. From the call that
 * plans it until the portal has committed every terminal's proof; expanded, compiled, signed and handed out by a whole portal on the real
 * database, carried by simulated bridges in processes of their own, by the link over HTTP. In the same run, as the reference: as many
 * updates of one row each, in batches of the same size.
 *
 * <p>It goes out at once; the groups of a rollout would wait for what they observe, ten minutes each.
 *
 * <pre>java … FleetChangeBench [TERMINALS [BRIDGES]]</pre>
 */
final class FleetChangeBench {

    private static final int OF_A_STORE = 10;
    private static final int STORES_OF_A_MERCHANT = 20;
    private static final int BATCH = 500;
    private static final int REFERENCE_MOST = 100_000;
    private static final Duration GOAL = Duration.ofMinutes(10);
    private static final Duration STALLED = Duration.ofMinutes(3);
    private static final int PARTS = 10;

    private final BenchFleet fleet;
    private final Processes processes = new Processes();
    private final List<Processes.Program> bridges = new ArrayList<>();
    private final AtomicLong mostHeap = new AtomicLong();

    private FleetChangeBench(BenchFleet fleet) {
        this.fleet = fleet;
    }

    public static void main(String[] arguments) throws Exception {
        int terminals = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int bridges = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        System.out.println("Load before: " + Processes.load());
        // The slow comparison would find that what was copied here was never compiled.
        try (var fleet = new BenchFleet("--zhanggui.configuration.anti-entropy=1d")) {
            var bench = new FleetChangeBench(fleet);
            try (bench.processes) {
                bench.open(terminals, bridges);
                double reference = bench.reference(Math.min(terminals, REFERENCE_MOST));
                bench.run(terminals, bridges, reference);
            }
        }
        System.exit(0);
    }

    private void open(int terminals, int count) throws Exception {
        var lives = new ArrayList<Map<String, Object>>();
        for (int i = 1; i <= count; i++) {
            var name = "bridge-" + i;
            var bridge = processes.program(name, SimulatedBridge.class, "256m", name, fleet.port());
            bridges.add(bridge);
            lives.add(fleet.running(Long.parseLong(bridge.ask("fence")), name));
        }
        long start = System.nanoTime();
        try (var rows = fleet.new Rows()) {
            var merchant = rows.merchant();
            for (int store = 0; store * OF_A_STORE < terminals; store++) {
                if (store % STORES_OF_A_MERCHANT == 0) {
                    merchant = rows.merchant();
                }
                rows.shop(merchant, "第 " + store + " 店", OF_A_STORE, true, lives.get(store % count));
            }
        }
        fleet.analyze();
        System.out.printf(
                Locale.ROOT,
                "%,d terminals of %,d stores behind %d bridges are in the database (%.0f s)%n",
                terminals,
                terminals / OF_A_STORE,
                count,
                (System.nanoTime() - start) / 1e9);
    }

    /** Rows a second. */
    private double reference(int rows) throws SQLException {
        fleet.execute("CREATE TABLE bench_row (id INT NOT NULL PRIMARY KEY, n INT NOT NULL)");
        try (var connection = fleet.database.getConnection()) {
            connection.setAutoCommit(false);
            for (var sql :
                    List.of("INSERT INTO bench_row (n, id) VALUES (?, ?)", "UPDATE bench_row SET n = ? WHERE id = ?")) {
                long start = System.nanoTime();
                try (var statement = connection.prepareStatement(sql)) {
                    for (int id = 1; id <= rows; id++) {
                        statement.setInt(1, sql.startsWith("U") ? 1 : 0);
                        statement.setInt(2, id);
                        statement.addBatch();
                        if (id % BATCH == 0 || id == rows) {
                            statement.executeBatch();
                            connection.commit();
                        }
                    }
                }
                if (sql.startsWith("U")) {
                    connection.setAutoCommit(true);
                    return rows / ((System.nanoTime() - start) / 1e9);
                }
            }
        }
        throw new IllegalStateException("nothing was updated");
    }

    private long applied() throws Exception {
        long sum = 0;
        for (var bridge : bridges) {
            sum += Long.parseLong(bridge.ask("applied"));
        }
        return sum;
    }

    private void run(int terminals, int count, double reference) throws Exception {
        var before = processes.cpu();
        var night = Instant.now().plus(Duration.ofDays(2));
        long start = System.nanoTime();
        var said = fleet.portal
                .getBean(Restrictions.class)
                .plan(
                        BenchFleet.SYSTEM,
                        new Restrictions.Plan(
                                Restriction.Kind.MAINTENANCE,
                                RestrictionTarget.ALL,
                                night,
                                night.plus(Duration.ofHours(1)),
                                null,
                                "bench"));
        BenchFleet.require(said, "Done");
        // The terminal through which the first rows were made has no bridge.
        long last = start;
        long lastDone = 0;
        long moved = start;
        int part = 1;
        var shares = before;
        while (lastDone < terminals) {
            Thread.sleep(500);
            long now = System.nanoTime();
            long done = applied();
            var runtime = Runtime.getRuntime();
            mostHeap.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
            processes.resident();
            if (done > lastDone) {
                moved = now;
            } else if (now - moved > STALLED.toNanos()) {
                throw new IllegalStateException("Only " + done + " of " + terminals + " are proven");
            }
            if (done >= (long) terminals * part / PARTS) {
                var used = processes.cpu();
                System.out.printf(
                        Locale.ROOT,
                        "  %,9d proven   %,6.0f a second   heap %4d MiB   processors: %s%n",
                        done,
                        (done - (part == 1 ? 0 : partBegan)) / ((now - last) / 1e9),
                        mostHeap.get() >> 20,
                        Processes.text(Processes.shares(shares, used, (now - last) / 1e9)));
                partBegan = done;
                part = (int) (done * PARTS / terminals) + 1;
                last = now;
                shares = used;
            }
            lastDone = done;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        check(terminals);
        report(terminals, count, seconds, reference, Processes.shares(before, processes.cpu(), seconds));
    }

    private long partBegan;

    /** By the portal's own record. */
    private void check(int terminals) throws SQLException {
        long proven = fleet.number(
                "SELECT COUNT(*) FROM config_generation WHERE cause = 'MAINTENANCE' AND outcome = 'APPLIED'");
        long behind = fleet.number(
                "SELECT COUNT(*) FROM terminal_configuration WHERE online AND running_digest <> desired_digest");
        if (proven < terminals || behind > 0) {
            throw new IllegalStateException(
                    proven + " of " + terminals + " are recorded as applied, " + behind + " are behind");
        }
    }

    private void report(int terminals, int count, double seconds, double reference, Map<String, Double> shares)
            throws Exception {
        double rate = terminals / seconds;
        var resident = processes.resident();
        System.out.printf(
                Locale.ROOT,
                "%,d terminals in %.0f s (goal for 1,000,000: %d s), %,.0f a second; one row each, %d in a transaction: %,.0f a second%n"
                        + "Most memory: heap of the portal %d MiB; resident %s MiB%n"
                        + "Processors used of %d: %s. Load after: %s%n",
                terminals,
                seconds,
                GOAL.toSeconds(),
                rate,
                BATCH,
                reference,
                mostHeap.get() >> 20,
                resident,
                Runtime.getRuntime().availableProcessors(),
                Processes.text(shares),
                Processes.load());
        var settings = new LinkedHashMap<String, Object>();
        settings.put("terminals", terminals);
        settings.put("terminalsOfAStore", OF_A_STORE);
        settings.put("bridges", count);
        settings.put("seconds", Math.round(seconds));
        settings.put("millionInSeconds", Math.round(1_000_000 / rate));
        settings.put("goalSeconds", GOAL.toSeconds());
        settings.put("heapMiB", mostHeap.get() >> 20);
        settings.put("residentMiB", resident);
        settings.put("processors", shares);
        settings.put("persistence", "database commits every version and every report");
        var result = new LinkedHashMap<String, Object>();
        result.put("bench", "fleet-change");
        result.put("ours", Math.round(rate));
        result.put("reference", Math.round(reference));
        result.put("ratio", Math.round(rate / reference * 1000) / 1000.0);
        result.put("unit", "terminals/s");
        result.put("settings", settings);
        System.out.println(JsonMapper.shared().writeValueAsString(result));
    }
}
