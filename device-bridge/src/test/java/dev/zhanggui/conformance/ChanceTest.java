package dev.zhanggui.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ChanceTest {

    private static final int SAMPLES = 24;
    private static final double BOUND = 1500;

    private final SplittableRandom random = new SplittableRandom(20261125);

    @Test
    void evenlySpreadPausesAreToldFromAllOthers() {
        assertThat(refused(u -> u)).isLessThan(10);
        assertThat(refused(u -> 0.02)).as("at once").isEqualTo(1000);
        assertThat(refused(u -> 0.5)).as("always the same").isEqualTo(1000);
        assertThat(refused(u -> 1)).as("always the longest").isEqualTo(1000);
        assertThat(refused(u -> u / 4)).as("a quarter of the range").isGreaterThan(990);
        assertThat(refused(u -> 0.7 + 0.3 * u)).as("the last third").isGreaterThan(990);
    }

    private int refused(DoubleUnaryOperator pause) {
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            double[] samples = new double[SAMPLES];
            Arrays.setAll(samples, n -> BOUND * pause.applyAsDouble(random.nextDouble()));
            if (Chance.distanceFromUniform(samples, BOUND) > Chance.tolerated(SAMPLES)) {
                refused++;
            }
        }
        return refused;
    }

    @Test
    void greaterCountsHowManyAreGreater() {
        assertThat(Chance.greater(new double[] {4, 5, 6}, new double[] {1, 2, 3}))
                .isGreaterThan(1.9);
        assertThat(Chance.greater(new double[] {1, 2, 3}, new double[] {1, 2, 3}))
                .isZero();
        assertThat(Chance.greater(new double[] {1, 2, 3}, new double[] {4, 5, 6}))
                .isLessThan(-1.9);
    }

    @Test
    void whatIsAlwaysTheSameHasNoSpread() {
        assertThat(Chance.spread(new double[] {7, 7, 7})).isZero();
        assertThat(Chance.spread(new double[] {8, 4, 6})).isEqualTo(0.5);
        assertThat(Chance.spread(new double[] {})).isZero();
        assertThat(Chance.mean(new double[] {1, 2})).isEqualTo(1.5);
    }
}
