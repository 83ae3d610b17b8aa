package dev.zhanggui.bridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long START = Long.MAX_VALUE - 5;

    private final Pace pace = new Pace(10, START);

    @Test
    void fiveSecondsWorthMayComeAtOnceAndNotOneMore() {
        assertThat(taken(100, START)).isEqualTo(50);
    }

    @Test
    void afterwardsAsManyASecondAsItSays() {
        taken(100, START);
        assertThat(taken(100, START + Duration.ofMillis(500).toNanos())).isEqualTo(5);
        assertThat(taken(100, START + Duration.ofMillis(1_500).toNanos())).isEqualTo(10);
    }

    @Test
    void aLongPauseSavesNoMoreThanFiveSeconds() {
        taken(100, START);
        assertThat(taken(100, START + Duration.ofHours(1).toNanos())).isEqualTo(50);
    }

    private long taken(int wanted, long now) {
        return IntStream.range(0, wanted).filter(each -> pace.take(now)).count();
    }
}
