package dev.zhanggui.portal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.shared.Money;
import org.junit.jupiter.api.Test;

class RateTest {

    @Test
    void keepsThirtyEightFenOfAHundredYuan() {
        assertThat(new Rate(Rate.Kind.CODE, 38, null).of(Money.yuan(100))).isEqualTo(new Money(38));
    }

    @Test
    void roundsHalfAFenUp() {
        assertThat(new Rate(Rate.Kind.CODE, 50, null).of(new Money(100))).isEqualTo(new Money(1));
        assertThat(new Rate(Rate.Kind.CODE, 49, null).of(new Money(100))).isEqualTo(Money.ZERO);
    }

    @Test
    void keepsNoMoreThanTheCap() {
        var debit = new Rate(Rate.Kind.DEBIT_CARD, 50, Money.yuan(20));

        assertThat(debit.of(Money.yuan(3_999))).isEqualTo(new Money(2_000));
        assertThat(debit.of(Money.yuan(1_000))).isEqualTo(Money.yuan(5));
        assertThat(debit.of(Money.yuan(50_000))).isEqualTo(Money.yuan(20));
    }
}
