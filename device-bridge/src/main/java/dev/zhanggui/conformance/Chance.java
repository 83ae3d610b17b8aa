package dev.zhanggui.conformance;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Whether waiting times are drawn as the protocol wants them, or only look so. */
final class Chance {

    /** Critical value of Kolmogorov's distribution for an error of 0.001. */
    private static final double KOLMOGOROV = 1.95;

    private Chance() {}

    /** Greatest distance of the samples' distribution from the uniform one between 0 and {@code bound}. */
    static double distanceFromUniform(double[] samples, double bound) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        double greatest = 0;
        for (int i = 0; i < sorted.length; i++) {
            double expected = Math.clamp(sorted[i] / bound, 0, 1);
            greatest = Math.max(greatest, Math.abs(expected - (double) i / sorted.length));
            greatest = Math.max(greatest, Math.abs(expected - (double) (i + 1) / sorted.length));
        }
        return greatest;
    }

    /** Samples drawn at random are farther away than this once in a thousand times. */
    static double tolerated(int samples) {
        return KOLMOGOROV / Math.sqrt(samples);
    }

    /**
     * By how many standard deviations the later ones are greater than the earlier ones would be by chance (Mann and Whitney): above
     * 2.6 in one of two hundred cases.
     */
    static double greater(double[] later, double[] earlier) {
        double wins = 0;
        for (double one : later) {
            for (double other : earlier) {
                wins += one > other ? 1 : one == other ? 0.5 : 0;
            }
        }
        double pairs = (double) later.length * earlier.length;
        return (wins - pairs / 2) / Math.sqrt(pairs * (later.length + earlier.length + 1) / 12);
    }

    static double mean(double[] samples) {
        return DoubleStream.of(samples).average().orElse(0);
    }

    /** From 0 for samples that are all the same to 1 for ones of which one is 0. */
    static double spread(double[] samples) {
        double most = DoubleStream.of(samples).max().orElse(0);
        double least = DoubleStream.of(samples).min().orElse(0);
        return most == 0 ? 0 : (most - least) / most;
    }
}
