package dev.zhanggui.portal.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.shared.StoreId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class HorizonTest {

    private static final Instant NOW = Instant.parse("2026-03-16T02:00:00Z");

    @Test
    void sixty_days_are_ahead_at_every_moment() {
        for (int hour = 0; hour < 24 * 40; hour++) {
            var now = NOW.plus(Duration.ofHours(hour));
            var horizon = Horizon.of(new StoreId(4711), now);
            assertThat(horizon.from()).isBeforeOrEqualTo(now);
            assertThat(Duration.between(now, horizon.until())).isGreaterThanOrEqualTo(Duration.ofDays(60));
            assertThat(horizon.renewAt()).isAfter(now);
        }
    }

    @Test
    void compiling_twice_before_the_renewal_spans_the_same_time() {
        var horizon = Horizon.of(new StoreId(4711), NOW);
        assertThat(Horizon.of(new StoreId(4711), horizon.renewAt().minusSeconds(1)))
                .isEqualTo(Horizon.of(new StoreId(4711), NOW));
        assertThat(Horizon.of(new StoreId(4711), horizon.renewAt()).from()).isEqualTo(horizon.renewAt());
    }

    @Test
    void hours_are_renewed_before_half_of_them_is_over() {
        var horizon = Horizon.of(new StoreId(4711), NOW);
        var half = Duration.between(horizon.from(), horizon.until()).dividedBy(2);
        assertThat(horizon.renewAt()).isBefore(horizon.from().plus(half));
    }

    @Test
    void a_thousand_stores_renew_at_nearly_as_many_moments() {
        var moments = new HashSet<Instant>();
        for (long store = 1; store <= 1000; store++) {
            moments.add(Horizon.of(new StoreId(store), NOW).renewAt());
        }
        assertThat(moments).hasSizeGreaterThan(990);
    }
}
