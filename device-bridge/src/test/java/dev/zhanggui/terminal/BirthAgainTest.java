package dev.zhanggui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BirthAgainTest {

    private static final RandomGenerator LATEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long from, long to) {
            return to - 1;
        }
    };

    @Test
    void theLatestMomentDoublesUpToAnHour() {
        assertThat(IntStream.range(0, 8).mapToObj(before -> BirthAgain.after(before, LATEST)))
                .extracting(Duration::toMinutes)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(BirthAgain.after(100_000, LATEST)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aFleetThatConnectedAtOnceDoesNotSpeakAgainAtOnce() {
        Random random = new Random(7);
        assertThat(IntStream.range(0, 600).mapToObj(terminal -> BirthAgain.after(0, random)))
                .allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) >= 0)
                .extracting(Duration::toSeconds)
                .satisfies(seconds -> assertThat(seconds.stream().distinct()).hasSizeGreaterThan(50));
    }
}
