package dev.zhanggui.bench;

import dev.zhanggui.nemesis.Checker;
import dev.zhanggui.nemesis.Entry;
import dev.zhanggui.nemesis.Guard;
import dev.zhanggui.nemesis.History;
import dev.zhanggui.nemesis.Invariant;
import dev.zhanggui.nemesis.RealNemesis;
import dev.zhanggui.nemesis.Simulation;
import dev.zhanggui.nemesis.Violation;
import dev.zhanggui.nemesis.WholeNemesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Breaks things for as long as is wanted, one seed after the other, and checks the twelve promises after each: first as a simulation,
 * whose seed repeats to the letter, then with the real bridge, broker and terminals. Ends with 1 at the first breach, with the
 * history in a file and the lines that prove it on the screen. With {@code --whole} it is one run with everything real: portal,
 * database, two bridges with their brokers, all killed and stopped as the seed says. Arguments: {@code [--whole] [--minutes N] [--seed
 * S]}.
 */
public final class Nemesis {

    private static final int SIMULATIONS_PER_WHOLE = 50;
    private static final int FAULTS_OF_WHOLE = 20;

    private final Map<Invariant, Long> judged = new EnumMap<>(Invariant.class);
    private final Map<String, Integer> faults = new TreeMap<>();
    private long simulated;
    private long whole;

    private Nemesis() {}

    public static void main(String[] arguments) throws Exception {
        long minutes = 1;
        long seed = 1;
        boolean everything = false;
        Iterator<String> words = List.of(arguments).iterator();
        while (words.hasNext()) {
            switch (words.next()) {
                case "--minutes" -> minutes = Long.parseLong(words.next());
                case "--seed" -> seed = Long.parseLong(words.next());
                case "--whole" -> everything = true;
                case String word -> throw new IllegalArgumentException("[--whole] --minutes N --seed S, not " + word);
            }
        }
        Logger.getLogger("dev.zhanggui.terminal").setLevel(Level.SEVERE);
        boolean clean = everything ? new Nemesis().real(minutes, seed) : new Nemesis().run(minutes, seed);
        System.exit(clean ? 0 : 1);
    }

    private boolean run(long minutes, long first) throws IOException, InterruptedException {
        System.out.printf("Nemesis for %d minutes from seed %d%n", minutes, first);
        long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        try (WholeNemesis nemesis = new WholeNemesis()) {
            for (long seed = first; System.nanoTime() < end; seed++) {
                if (!simulations(seed) || !whole(nemesis, seed)) {
                    return false;
                }
                System.out.printf(
                        "  seed %d: %d simulated and %d whole runs, %d cases judged, no breach%n",
                        seed, simulated, whole, cases());
            }
        }
        report(minutes, first);
        return true;
    }

    private boolean real(long minutes, long seed) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("zhanggui-nemesis");
        System.out.printf("Nemesis of everything for %d minutes with seed %d; logs in %s%n", minutes, seed, folder);
        try (RealNemesis nemesis = new RealNemesis(seed, folder)) {
            RealNemesis.Run run = nemesis.run(Duration.ofMinutes(minutes));
            whole++;
            if (!clean("real", seed, run.history(), run.check(), run.faults(), run.converged())) {
                return false;
            }
        }
        report(minutes, seed);
        return true;
    }

    private boolean simulations(long seed) throws IOException {
        for (int i = 0; i < SIMULATIONS_PER_WHOLE; i++) {
            long each = (seed - 1) * SIMULATIONS_PER_WHOLE + i + 1;
            Simulation.Run run = Simulation.run(Simulation.Setup.of(each, Guard.NONE));
            simulated++;
            if (!clean("simulated", each, run.history(), run.check(), run.faults(), run.converged())) {
                return false;
            }
        }
        return true;
    }

    private boolean whole(WholeNemesis nemesis, long seed) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("zhanggui-nemesis");
        WholeNemesis.Run run = nemesis.run(seed, FAULTS_OF_WHOLE, true, folder);
        whole++;
        return clean("whole", seed, run.history(), run.check(), run.faults(), run.converged());
    }

    private boolean clean(
            String kind,
            long seed,
            List<Entry> history,
            Checker.Outcome outcome,
            Map<String, Integer> broken,
            boolean converged)
            throws IOException {
        outcome.judged().forEach((invariant, cases) -> judged.merge(invariant, cases, Long::sum));
        broken.forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
        if (outcome.violations().isEmpty() && converged) {
            return true;
        }
        Path file = Files.createTempFile("zhanggui-nemesis-" + kind + "-" + seed + "-", ".jsonl");
        History.write(history, file);
        System.out.printf(
                "%nThe %s run of seed %d %s. Faults: %s%n",
                kind, seed, converged ? "is broken" : "never came to rest", broken);
        for (Violation violation : outcome.violations()) {
            System.out.println(violation);
        }
        System.out.println("The whole history: " + file);
        return false;
    }

    private long cases() {
        return judged.values().stream().mapToLong(Long::longValue).sum();
    }

    private void report(long minutes, long first) {
        System.out.println("Faults done:");
        faults.forEach((fault, times) -> System.out.printf("  %6d  %s%n", times, fault));
        System.out.println("Cases judged, none broken:");
        List<String> none = new ArrayList<>();
        judged.forEach((invariant, cases) -> {
            System.out.printf("  %9d  %-4s %s%n", cases, invariant, invariant.promise());
            if (cases == 0) {
                none.add(invariant.toString());
            }
        });
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("minutes", minutes);
        settings.put("firstSeed", first);
        settings.put("simulatedRuns", simulated);
        settings.put("wholeRuns", whole);
        settings.put(
                "faults", faults.values().stream().mapToInt(Integer::intValue).sum());
        settings.put("notJudged", none);
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("bench", "nemesis");
        result.put("ours", 0);
        // There is nothing to compare it with.
        result.put("reference", null);
        result.put("ratio", null);
        result.put("unit", "breaches of " + cases() + " cases judged");
        result.put("settings", settings);
        System.out.println(RunningCopy.JSON.writeValueAsString(result));
    }
}
