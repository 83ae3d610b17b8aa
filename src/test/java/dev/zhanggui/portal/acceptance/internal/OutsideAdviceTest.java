package dev.zhanggui.portal.acceptance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.Takings.Advice;
import dev.zhanggui.portal.tradinghours.Outside;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutsideAdviceTest {

    private static final List<Long> REFUSED = List.of(1_000L, 2_000L, 9_000L, 15_000L, 900_000L);

    @Test
    void the_smallest_round_cap_that_lets_four_of_five_pass_is_advised() {
        assertThat(OutsideAdvice.of(REFUSED, Outside.DENY)).contains(new Advice(5, 4, Outside.capped(20_000)));
    }

    @Test
    void what_passes_by_now_teaches_nothing_any_more() {
        assertThat(OutsideAdvice.of(REFUSED, Outside.capped(5_000))).isEmpty();
        assertThat(OutsideAdvice.of(List.of(6_000L, 7_000L, 8_000L, 9_000L, 9_500L, 100L), Outside.capped(5_000)))
                .contains(new Advice(5, 5, Outside.capped(10_000)));
    }

    @Test
    void who_lets_everything_pass_needs_no_advice_and_neither_does_who_was_asked_for_fortunes() {
        assertThat(OutsideAdvice.of(REFUSED, Outside.ALLOW)).isEmpty();
        var fortunes = List.of(900_000L, 900_000L, 900_000L, 900_000L, 900_000L);
        assertThat(OutsideAdvice.of(fortunes, Outside.DENY)).isEmpty();
    }
}
