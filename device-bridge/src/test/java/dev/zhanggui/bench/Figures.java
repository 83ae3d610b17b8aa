package dev.zhanggui.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Percentiles of milliseconds, and how they are printed. */
final class Figures {

    private Figures() {}

    static void print(String what, List<Double> millis) {
        System.out.printf(
                Locale.ROOT,
                "%-38s p50 %8.2f ms   p99 %8.2f ms   max %8.2f ms   n %d%n",
                what,
                percentile(millis, 50),
                percentile(millis, 99),
                percentile(millis, 100),
                millis.size());
    }

    static double percentile(List<Double> values, int percent) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }

    static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** The last line of a benchmark. */
    static void result(
            String bench, double ours, double reference, double ratio, String unit, Map<String, Object> settings) {
        var result = new LinkedHashMap<String, Object>();
        result.put("bench", bench);
        result.put("ours", rounded(ours));
        result.put("reference", rounded(reference));
        result.put("ratio", rounded(ratio));
        result.put("unit", unit);
        result.put("settings", settings);
        System.out.println(RunningCopy.JSON.writeValueAsString(result));
    }

    static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }
}
