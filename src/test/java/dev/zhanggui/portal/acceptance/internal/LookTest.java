package dev.zhanggui.portal.acceptance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.ScannedStoreTest;
import dev.zhanggui.portal.qrcode.NewOrderCode;
import dev.zhanggui.portal.qrcode.OrderCodeOutcome;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.shared.Money;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long an answer may be kept, as far as the clock is concerned. It is 10:00 in Shanghai. */
class LookTest extends ScannedStoreTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private Instant until(String text) {
        var look = acceptance.look(text);
        assertThat(look.answer()).isEqualTo(acceptance.ask(text));
        assertThat(look.at()).isEqualTo(clock.instant());
        return look.until();
    }

    @Test
    void in_the_middle_of_the_day_for_ten_minutes() {
        assertThat(until(code.code())).isEqualTo(clock.instant().plus(StoreAcceptance.KEPT_MOST));
    }

    @Test
    void until_the_store_closes() {
        var closing = clock.instant().plus(Duration.ofHours(12));
        clock.set(closing.minus(SECOND));
        assertThat(until(code.code())).isEqualTo(closing);
        clock.set(closing);
        assertThat(until(code.code())).isEqualTo(closing.plus(StoreAcceptance.KEPT_MOST));
    }

    @Test
    void until_a_closure_ends() {
        closeNow("");
        var end = clock.instant().plus(Duration.ofMinutes(30));
        clock.set(end.minus(SECOND));
        assertThat(until(code.code())).isEqualTo(end);
    }

    @Test
    void until_midnight_where_the_days_words_and_the_days_limit_change() {
        var midnight = clock.instant().plus(Duration.ofHours(14));
        clock.set(midnight.minus(SECOND));
        assertThat(until(code.code())).isEqualTo(midnight);
    }

    @Test
    void until_the_order_expires() {
        var made = codes.issueOrder(
                owner, store, new NewOrderCode("A-1", Money.yuan(12), OrderFlow.BOOKED_ONLINE, Duration.ofMinutes(20)));
        var order = ((OrderCodeOutcome.Issued) made).code();
        var end = clock.instant().plus(Duration.ofMinutes(20));
        clock.set(end.minus(SECOND));
        assertThat(until(order.code())).isEqualTo(end);
        clock.set(end);
        assertThat(acceptance.look(order.code()).answer()).isInstanceOf(Answer.Ended.class);
    }

    @Test
    void not_at_all_for_what_is_not_ours() {
        assertThat(until("nonsense")).isEqualTo(clock.instant());
    }
}
