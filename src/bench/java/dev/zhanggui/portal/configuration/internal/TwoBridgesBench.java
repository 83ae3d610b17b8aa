package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.TradingHours;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many configurations a second come into force when a chain's hours are changed: through one bridge with its broker, and through two
 * with half of the terminals each. The whole portal on the real database in this process, bridges and terminals in processes of their own. What
 * was the limit is read from the processor time of each of them, and of the one thread that compiles.
 *
 * <pre>java … TwoBridgesBench [TERMINALS [CHANGES]]</pre>
 */
final class TwoBridgesBench {

    private static final int OF_A_BRANCH = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final double GOAL = 1.7;
    /** A share of the processors, or of a thread's time, above which there is no more to be had. */
    private static final double FULL = 0.9;

    private static final String COMPILER = "configuration-expander";

    private final BenchFleet fleet;
    private final TradingHours hours;
    private final Processes processes = new Processes();
    private final List<BenchFleet.Shop> branches = new ArrayList<>();
    private int version;

    private record Measured(double rate, Map<String, Double> shares, double compiler) {

        double all() {
            return shares.values().stream().mapToDouble(it -> it).sum();
        }
    }

    private TwoBridgesBench(BenchFleet fleet) {
        this.fleet = fleet;
        this.hours = fleet.portal.getBean(TradingHours.class);
    }

    public static void main(String[] arguments) throws Exception {
        int terminals = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4_000;
        int changes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        System.out.println("Load before: " + Processes.load());
        try (var fleet = new BenchFleet()) {
            var bench = new TwoBridgesBench(fleet);
            try (bench.processes) {
                bench.open(terminals);
                var one = bench.through(1, changes);
                var two = bench.through(2, changes);
                bench.report(terminals, changes, one, two);
            }
        }
        System.exit(0);
    }

    private void open(int terminals) throws Exception {
        try (var rows = fleet.new Rows()) {
            var chain = rows.merchant();
            for (int made = 0; made < terminals; made += OF_A_BRANCH) {
                branches.add(rows.shop(chain, "第 " + made + " 店", OF_A_BRANCH, false, Map.of()));
            }
        }
        fleet.analyze();
        change();
    }

    /** All terminals connect anew, each half to a bridge of its own if there are two. */
    private Measured through(int count, int changes) throws Exception {
        var lines = new ArrayList<String>();
        int provisionPort = 0;
        for (int i = 0; i < count; i++) {
            int share = i;
            int mqttPort = Processes.freePort();
            provisionPort = Processes.freePort();
            processes.bridge("bridge-" + count + "-" + (i + 1), fleet.port(), provisionPort, mqttPort, "512m");
            lines.addAll(fleet.activations(
                    IntStream.range(0, branches.size())
                            .filter(number -> number % count == share)
                            .mapToObj(branches::get)
                            .toList(),
                    mqttPort));
        }
        var file = Path.of("target/bench/activations.jsonl");
        Files.write(file, lines);
        var program = processes.program("ManyTerminals", "1g", file, "http://127.0.0.1:" + provisionPort);
        System.out.printf(
                "  %s terminals connected to %d bridge%s%n", program.ask("connect"), count, count == 1 ? "" : "s");
        awaitInStep();
        // The first one warms up.
        applied();
        var before = processes.cpu();
        long compilerBefore = compiler();
        long start = System.nanoTime();
        var rates = new ArrayList<Double>();
        for (int i = 0; i < changes; i++) {
            rates.add(applied());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double rate = rates.stream().sorted(Comparator.naturalOrder()).toList().get(rates.size() / 2);
        var measured = new Measured(
                rate,
                Processes.shares(before, processes.cpu(), seconds),
                (compiler() - compilerBefore) / 1e9 / seconds);
        System.out.printf(
                Locale.ROOT,
                "  %d bridge%s %,7.0f applied a second   processors: %s   compiling thread %.2f%n",
                count,
                count == 1 ? " " : "s",
                rate,
                Processes.text(measured.shares()),
                measured.compiler());
        processes.end("ManyTerminals");
        for (int i = 1; i <= count; i++) {
            processes.end("bridge-" + count + "-" + i);
        }
        return measured;
    }

    /** Changes the chain's hours; a second, until all have proven it. */
    private double applied() throws Exception {
        long start = System.nanoTime();
        change();
        awaitInStep();
        return branches.size() * OF_A_BRANCH / ((System.nanoTime() - start) / 1e9);
    }

    private void change() {
        var first = branches.getFirst();
        var said = hours.change(
                first.owner(),
                new ChangeHours(
                        new HoursScope.OfMerchant(first.merchant()),
                        BenchFleet.hours("08:%02d-20:30".formatted(version % 60)),
                        version,
                        null));
        BenchFleet.require(said, "Changed");
        version++;
    }

    private void awaitInStep() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (fleet.behind() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(fleet.behind() + " terminals are not in step");
            }
            Thread.sleep(100);
        }
    }

    private static long compiler() {
        var threads = ManagementFactory.getThreadMXBean();
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().equals(COMPILER)) {
                return threads.getThreadCpuTime(id);
            }
        }
        return 0;
    }

    private static String limit(Measured measured, int processors) {
        if (measured.all() >= FULL * processors) {
            var most = measured.shares().entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow();
            return "the processors (most of them %s, %.2f of %d)".formatted(most.getKey(), most.getValue(), processors);
        }
        if (measured.compiler() >= FULL) {
            return "the thread that compiles";
        }
        return "waiting, such as for the database's disk: %.2f of %d processors were used"
                .formatted(measured.all(), processors);
    }

    private void report(int terminals, int changes, Measured one, Measured two) throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        System.out.printf(
                Locale.ROOT,
                "Two bridges %.2f times one (goal %.1f until the database is the limit)%n"
                        + "  the limit with one: %s%n  the limit with two: %s%nLoad after: %s%n",
                two.rate() / one.rate(),
                GOAL,
                limit(one, processors),
                limit(two, processors),
                Processes.load());
        var settings = new LinkedHashMap<String, Object>();
        settings.put("terminals", terminals);
        settings.put("changes", changes);
        settings.put("goal", GOAL);
        settings.put("processorsOfOne", one.shares());
        settings.put("processorsOfTwo", two.shares());
        settings.put("compilingThread", List.of(one.compiler(), two.compiler()));
        settings.put("limitOfOne", limit(one, processors));
        settings.put("limitOfTwo", limit(two, processors));
        settings.put("cores", processors);
        settings.put("tls", false);
        settings.put("persistence", "broker in memory, database commits every version and report");
        var result = new LinkedHashMap<String, Object>();
        result.put("bench", "two-bridges");
        result.put("ours", Math.round(two.rate()));
        result.put("reference", Math.round(one.rate()));
        result.put("ratio", Math.round(two.rate() / one.rate() * 100) / 100.0);
        result.put("unit", "configurations/s");
        result.put("settings", settings);
        System.out.println(JsonMapper.shared().writeValueAsString(result));
    }
}
