package dev.zhanggui.portal.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.terminal.LocalText;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.PriceSheet;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuoteTest {

    private static Quote quote(long deposit, long service, long sim) {
        return new Quote(
                new ModelId("test-pos"),
                new LocalText("测试机", "Test POS"),
                DeviceClass.SMART_POS,
                new PriceSheet(Money.yuan(deposit), Money.yuan(service), Money.yuan(sim), List.of(), true));
    }

    @Test
    void theDepositIsChargedTodayTheDataFeeWithTheFirstServiceFeeThenElevenMore() {
        var charges = quote(199, 10, 36).calendar(LocalDate.of(2026, 11, 23));

        assertThat(charges).hasSize(13);
        assertThat(charges.getFirst()).isEqualTo(new Quote.Charge(LocalDate.of(2026, 11, 23), Money.yuan(199), true));
        assertThat(charges.get(1)).isEqualTo(new Quote.Charge(LocalDate.of(2026, 12, 1), Money.yuan(46), false));
        assertThat(charges.getLast()).isEqualTo(new Quote.Charge(LocalDate.of(2027, 11, 1), Money.yuan(10), false));
    }

    @Test
    void theCalendarAddsUpToTheFirstYearsTotal() {
        var quote = quote(199, 10, 36);
        var sum = quote.calendar(LocalDate.of(2026, 1, 31)).stream()
                .map(Quote.Charge::amount)
                .reduce(Money.ZERO, Money::plus);
        assertThat(sum).isEqualTo(quote.prices().firstYear()).isEqualTo(Money.yuan(355));
    }

    @Test
    void aChargeOfNothingIsNotListed() {
        assertThat(quote(0, 0, 36).calendar(LocalDate.of(2026, 11, 23)))
                .containsExactly(new Quote.Charge(LocalDate.of(2026, 12, 1), Money.yuan(36), false));
    }
}
