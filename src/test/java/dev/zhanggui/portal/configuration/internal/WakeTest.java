package dev.zhanggui.portal.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WakeTest {

    private static final Duration VERY_LONG = Duration.ofHours(1);

    @Test
    void a_wake_between_the_look_and_the_sleep_is_not_lost() throws Exception {
        var wake = new Wake();
        long seen = wake.seen();
        wake.now();
        wake.await(seen, VERY_LONG);
    }

    @Test
    void every_sleeper_is_woken() throws Exception {
        var wake = new Wake();
        long seen = wake.seen();
        var awake = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            Thread.ofVirtual().start(() -> {
                try {
                    wake.await(seen, VERY_LONG);
                    awake.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        wake.now();
        assertThat(awake.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nobody_wakes_without_a_reason_before_the_time_is_over() {
        var wake = new Wake();
        var sleeper = CompletableFuture.runAsync(() -> {
            try {
                wake.await(wake.seen(), Duration.ofMillis(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(sleeper).succeedsWithin(Duration.ofSeconds(10));
    }
}
