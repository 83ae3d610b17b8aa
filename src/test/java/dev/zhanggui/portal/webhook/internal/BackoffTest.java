package dev.zhanggui.portal.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Instant ROUND = Instant.parse("2026-03-16T02:00:00Z");

    @Test
    void it_tries_again_in_growing_steps_for_three_days_and_then_gives_up() {
        var waits = new ArrayList<Duration>();
        var now = ROUND;
        for (int failed = 1; ; failed++) {
            var next = Backoff.next(failed, ROUND, now, null, 0.5);
            if (next.isEmpty()) {
                break;
            }
            waits.add(Duration.between(now, next.get()));
            now = next.get();
        }
        assertThat(waits)
                .isEqualTo(List.of(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofDays(1),
                        Duration.ofDays(1)));
    }

    @Test
    void what_failed_together_comes_back_apart() {
        assertThat(Backoff.next(3, ROUND, ROUND, null, 0)).hasValue(ROUND.plusSeconds(96));
        assertThat(Backoff.next(3, ROUND, ROUND, null, 1)).hasValue(ROUND.plusSeconds(144));
    }

    @Test
    void a_receiver_may_ask_for_more_time_but_not_for_less_and_not_for_ever() {
        assertThat(Backoff.next(1, ROUND, ROUND, Duration.ofSeconds(90), 1)).hasValue(ROUND.plusSeconds(90));
        assertThat(Backoff.next(1, ROUND, ROUND, Duration.ofSeconds(1), 0.5)).hasValue(ROUND.plusSeconds(5));
        assertThat(Backoff.next(1, ROUND, ROUND, Duration.ofDays(400), 0.5)).hasValue(ROUND.plus(Duration.ofDays(1)));
    }
}
