package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationProgressed;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.TradingHours;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * From the call that edits a shop's hours to the proof of each of its terminals that it runs them, with all terminals connected: the
 * whole portal on the real database in this process, the bridge with its broker and the terminals in processes of their own. Half of the
 * terminals belong to single shops, which are edited so many times a second; the other half to one chain, whose merchant's hours are
 * changed again and again in every second round. Then the shops' slowest hundredth must not take twice as long.
 *
 * <p>Each edit is due at its moment, whether or not those before are done; measured is from that moment to the commit of the proof.
 *
 * <pre>java … EditBench [TERMINALS [EDITS A SECOND [SECONDS A ROUND [ROUNDS]]]]</pre>
 */
final class EditBench {

    private static final int OF_A_SHOP = 2;
    private static final int OF_A_BRANCH = 10;
    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final Duration LAST_ONES = Duration.ofSeconds(60);
    private static final int EDITORS = 64;
    private static final double GOAL_P50 = 200;
    private static final double GOAL_P99 = 1000;
    private static final double GOAL_RATIO = 2;

    private final BenchFleet fleet;
    private final TradingHours hours;
    private final Processes processes = new Processes();
    private final List<BenchFleet.Shop> shops = new ArrayList<>();
    private final List<BenchFleet.Shop> branches = new ArrayList<>();
    private final ConcurrentMap<Long, Integer> versions = new ConcurrentHashMap<>();
    /** When the portal had committed something that a terminal said, in order. */
    private final ConcurrentMap<Long, List<Instant>> heard = new ConcurrentHashMap<>();

    private int next;
    private int chainVersion;

    /** @param due of the edit; the proofs of a shop's terminals are told apart by it */
    private record Edit(BenchFleet.Shop shop, Instant due) {}

    private record Round(boolean chain, List<Double> millis, int lost, double late, int chainTerminals) {}

    private EditBench(BenchFleet fleet) {
        this.fleet = fleet;
        hours = fleet.portal.getBean(TradingHours.class);
        fleet.portal.addApplicationListener(event -> {
            if (event instanceof PayloadApplicationEvent<?> payload
                    && payload.getPayload() instanceof ConfigurationProgressed progressed) {
                heard.computeIfAbsent(progressed.terminal().value(), key -> new ArrayList<>());
                heard.computeIfPresent(progressed.terminal().value(), (key, moments) -> {
                    moments.add(Instant.now());
                    return moments;
                });
            }
        });
    }

    public static void main(String[] arguments) throws Exception {
        int terminals = argument(arguments, 0, 10_000);
        int rate = argument(arguments, 1, 50);
        int seconds = argument(arguments, 2, 20);
        int rounds = argument(arguments, 3, 3);
        System.out.println("Load before: " + Processes.load());
        try (var fleet = new BenchFleet()) {
            var bench = new EditBench(fleet);
            try (bench.processes) {
                bench.open(terminals);
                bench.run(terminals, rate, seconds, rounds);
            }
        }
        System.exit(0);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void open(int terminals) throws Exception {
        try (var rows = fleet.new Rows()) {
            for (int made = 0; made < terminals / 2; made += OF_A_SHOP) {
                shops.add(rows.shop(rows.merchant(), "面馆第 " + made + " 家", OF_A_SHOP, true, Map.of()));
            }
            var chain = rows.merchant();
            for (int made = 0; made < terminals / 2; made += OF_A_BRANCH) {
                branches.add(rows.shop(chain, "连锁第 " + made + " 店", OF_A_BRANCH, false, Map.of()));
            }
        }
        fleet.analyze();
        editChain();
        var dirty = fleet.portal.getBean(DirtyScopes.class);
        fleet.portal
                .getBean(TransactionTemplate.class)
                .executeWithoutResult(status ->
                        dirty.mark(shops.stream().map(BenchFleet.Shop::store).toList(), ChangeCause.BOUND, "bench"));
        int bridgePort = Processes.freePort();
        int mqttPort = Processes.freePort();
        processes.bridge("bridge", fleet.port(), bridgePort, mqttPort, "512m");
        var file = Path.of("target/bench/activations.jsonl");
        var all = new ArrayList<>(shops);
        all.addAll(branches);
        Files.write(file, fleet.activations(all, mqttPort));
        var program = processes.program("ManyTerminals", "1g", file, "http://127.0.0.1:" + bridgePort);
        long start = System.nanoTime();
        program.ask("connect");
        awaitInStep(SETTLE);
        System.out.printf(
                Locale.ROOT,
                "%,d terminals of %,d shops and of a chain with %,d branches are connected and in step (%.0f s)%n",
                terminals,
                shops.size(),
                branches.size(),
                (System.nanoTime() - start) / 1e9);
    }

    private void editChain() {
        var merchant = branches.getFirst().merchant();
        var said = hours.change(
                branches.getFirst().owner(),
                new ChangeHours(
                        new HoursScope.OfMerchant(merchant),
                        BenchFleet.hours(monday(chainVersion)),
                        chainVersion,
                        null));
        BenchFleet.require(said, "Changed");
        chainVersion++;
    }

    private static String monday(int number) {
        return "08:%02d-20:30".formatted(number % 60);
    }

    private long chainBehind() throws SQLException {
        return fleet.behind(
                " AND merchant_id = " + branches.getFirst().merchant().value());
    }

    private void awaitInStep(Duration patience) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (fleet.behind() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(fleet.behind() + " terminals are not in step");
            }
            Thread.sleep(200);
        }
    }

    private void run(int terminals, int rate, int seconds, int rounds) throws Exception {
        round(rate, seconds, false);
        var calm = new ArrayList<Round>();
        var busy = new ArrayList<Round>();
        var before = processes.cpu();
        long start = System.nanoTime();
        for (int i = 1; i <= rounds; i++) {
            calm.add(round(rate, seconds, false));
            print("round " + i, calm.getLast());
            busy.add(round(rate, seconds, true));
            print("round " + i, busy.getLast());
        }
        var shares = Processes.shares(before, processes.cpu(), (System.nanoTime() - start) / 1e9);
        report(terminals, rate, seconds, calm, busy, shares);
    }

    private static void print(String name, Round round) {
        System.out.printf(
                Locale.ROOT,
                "  %-8s %-32s p50 %6.0f ms   p99 %6.0f ms   max %6.0f ms   n %d   slowest call begun %.0f ms late%n",
                name,
                round.chain() ? "%,d of the chain proven beside".formatted(round.chainTerminals()) : "shops alone",
                percentile(round.millis(), 50),
                percentile(round.millis(), 99),
                percentile(round.millis(), 100),
                round.millis().size(),
                round.late());
    }

    private Round round(int rate, int seconds, boolean chain) throws Exception {
        heard.clear();
        var edits = new ArrayList<Edit>();
        var latest = new AtomicInteger();
        var chainProven = new AtomicInteger();
        Thread beside = Thread.ofPlatform().start(() -> {
            try {
                while (chain && !Thread.currentThread().isInterrupted()) {
                    editChain();
                    while (chainMarked() || chainBehind() > 0) {
                        Thread.sleep(250);
                    }
                    chainProven.addAndGet(branches.size() * OF_A_BRANCH);
                }
            } catch (InterruptedException | SQLException e) {
                Thread.currentThread().interrupt();
            }
        });
        var editors = Executors.newFixedThreadPool(EDITORS);
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        var wall = Instant.now().plusMillis(100);
        for (int i = 0; i < rate * seconds; i++) {
            long offset = TimeUnit.SECONDS.toNanos(i) / rate;
            long wait = begin + offset - System.nanoTime();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            var edit = new Edit(shops.get(next++ % shops.size()), wall.plusNanos(offset));
            edits.add(edit);
            editors.submit(() -> {
                long late = Duration.between(edit.due(), Instant.now()).toMillis();
                latest.accumulateAndGet((int) late, Math::max);
                editShop(edit.shop().store());
            });
        }
        editors.shutdown();
        if (!editors.awaitTermination(LAST_ONES.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("Edits do not end");
        }
        beside.interrupt();
        beside.join();
        awaitInStep(SETTLE);
        return measured(edits, chain, latest.get(), chainProven.get());
    }

    private boolean chainMarked() throws SQLException {
        return fleet.number("SELECT COUNT(*) FROM dirty_scope WHERE store_id IN ("
                        + String.join(
                                ",",
                                branches.stream()
                                        .map(it -> Long.toString(it.store().value()))
                                        .toList())
                        + ")")
                > 0;
    }

    private void editShop(StoreId store) {
        int version = versions.merge(store.value(), 1, Integer::sum);
        var said = hours.change(
                fleet.first.owner(), new ChangeHours(store, BenchFleet.hours(monday(version)), version, null));
        BenchFleet.require(said, "Changed");
    }

    /** By the portal's record: the version that this edit made, and when its proof had been committed. */
    private Round measured(List<Edit> edits, boolean chain, int late, int chainTerminals) throws SQLException {
        var of = new HashMap<Long, List<Edit>>();
        edits.forEach(edit -> edit.shop()
                .machines()
                .forEach(it ->
                        of.computeIfAbsent(it.id(), key -> new ArrayList<>()).add(edit)));
        var millis = new ArrayList<Double>();
        int lost = 0;
        var first = edits.getFirst().due();
        try (var connection = fleet.database.getConnection();
                var select =
                        connection.prepareStatement("SELECT terminal_id, edited_at, applied_at FROM config_generation"
                                + " WHERE applied_at >= ? AND cause = 'HOURS' ORDER BY terminal_id, gen")) {
            select.setString(1, first.toString().replace("T", " ").replace("Z", ""));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    long terminal = rows.getLong(1);
                    var edited = instant(rows.getString(2));
                    var applied = instant(rows.getString(3));
                    // The last edit that was due before the mark was written made it.
                    var edit = of.getOrDefault(terminal, List.of()).stream()
                            .filter(it -> !it.due().isAfter(edited))
                            .reduce((a, b) -> b);
                    if (edit.isEmpty()) {
                        continue;
                    }
                    var committed = heard.getOrDefault(terminal, List.of()).stream()
                            .filter(it -> !it.isBefore(applied))
                            .findFirst()
                            .orElse(applied);
                    millis.add(Duration.between(edit.get().due(), committed).toNanos() / 1e6);
                }
            }
        }
        int wanted = edits.size() * OF_A_SHOP;
        lost = wanted - millis.size();
        if (Math.abs(lost) > wanted / 100) {
            System.out.printf(
                    "  %d proofs for %d edits of %d terminals each%n", millis.size(), edits.size(), OF_A_SHOP);
        }
        return new Round(chain, millis, lost, late, chainTerminals);
    }

    private static Instant instant(String datetime) {
        return Instant.parse(datetime.replace(" ", "T") + "Z");
    }

    private static double percentile(List<Double> values, int percent) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }

    private static List<Double> all(List<Round> rounds) {
        return rounds.stream().flatMap(round -> round.millis().stream()).toList();
    }

    private void report(
            int terminals, int rate, int seconds, List<Round> calm, List<Round> busy, Map<String, Double> shares)
            throws Exception {
        double p50 = percentile(all(calm), 50);
        double p99 = percentile(all(calm), 99);
        double besideP50 = percentile(all(busy), 50);
        double besideP99 = percentile(all(busy), 99);
        System.out.printf(
                Locale.ROOT,
                "%,d edits/s of single shops, %,d terminals connected%n"
                        + "  alone                      p50 %6.0f ms (goal %.0f)   p99 %6.0f ms (goal %.0f)%n"
                        + "  while a chain is edited    p50 %6.0f ms              p99 %6.0f ms   p99 %.2f times (goal below %.0f)%n"
                        + "Processors used of %d: %s. Load after: %s%n",
                rate,
                terminals,
                p50,
                GOAL_P50,
                p99,
                GOAL_P99,
                besideP50,
                besideP99,
                besideP99 / p99,
                GOAL_RATIO,
                Runtime.getRuntime().availableProcessors(),
                Processes.text(shares),
                Processes.load());
        var settings = new LinkedHashMap<String, Object>();
        settings.put("terminals", terminals);
        settings.put("editsPerSecond", rate);
        settings.put("secondsPerRound", seconds);
        settings.put("p50", Math.round(p50));
        settings.put("p50Goal", GOAL_P50);
        settings.put("p99Goal", GOAL_P99);
        settings.put("p50BesideChain", Math.round(besideP50));
        settings.put("p99BesideChain", Math.round(besideP99));
        settings.put("ratioGoal", GOAL_RATIO);
        settings.put("chainTerminals", branches.size() * OF_A_BRANCH);
        settings.put("proofs", all(calm).size() + all(busy).size());
        settings.put(
                "proofsMissing",
                calm.stream().mapToInt(Round::lost).sum()
                        + busy.stream().mapToInt(Round::lost).sum());
        settings.put("processors", shares);
        settings.put("tls", false);
        settings.put("persistence", "broker in memory, database commits every edit and report");
        var result = new LinkedHashMap<String, Object>();
        result.put("bench", "edit-to-applied");
        result.put("ours", Math.round(besideP99));
        result.put("reference", Math.round(p99));
        result.put("ratio", Math.round(besideP99 / p99 * 100) / 100.0);
        result.put("unit", "ms");
        result.put("settings", settings);
        System.out.println(JsonMapper.shared().writeValueAsString(result));
    }
}
