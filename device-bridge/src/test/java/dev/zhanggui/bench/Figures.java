package dev.zhanggui.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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

    static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }
}
