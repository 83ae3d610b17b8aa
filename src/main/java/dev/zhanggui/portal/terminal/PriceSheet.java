package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.shared.Money;
import java.util.List;

/**
 * What a model costs.
 *
 * @param deposit given back when the terminal comes back in order
 * @param simPerYear mobile data; zero when there is none
 * @param sample true while the figures are examples and no acquirer's offer
 */
public record PriceSheet(Money deposit, Money servicePerMonth, Money simPerYear, List<Rate> rates, boolean sample) {

    public PriceSheet {
        rates = List.copyOf(rates);
    }

    /** Deposit, twelve months of service and one year of data. */
    public Money firstYear() {
        return deposit.plus(servicePerMonth.times(12)).plus(simPerYear);
    }

    /** What a year costs from the second on. */
    public Money laterYear() {
        return servicePerMonth.times(12).plus(simPerYear);
    }
}
