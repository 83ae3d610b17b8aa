package dev.zhanggui.portal.onboarding;

import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.terminal.LocalText;
import dev.zhanggui.portal.terminal.Model;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.PriceSheet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The money card: a model and everything it costs, as it was at the moment of the offer. The catalogue may change afterwards,
 * a quote does not.
 */
public record Quote(ModelId model, LocalText name, DeviceClass deviceClass, PriceSheet prices) {

    /** Working days between our inspection of a returned machine and the refund of its deposit. */
    public static final int REFUND_WORKDAYS = 7;

    /** One future charge. @param deposit whether it comes back */
    public record Charge(LocalDate on, Money amount, boolean deposit) {}

    public static Quote of(Model model) {
        return new Quote(model.id(), model.name(), model.deviceClass(), model.prices());
    }

    /**
     * What is charged and when, if it is accepted on {@code day}: the deposit at once, then on the first of each of the next
     * twelve months the service fee, with the yearly data fee in the first of them. Charges of nothing are left out.
     */
    public List<Charge> calendar(LocalDate day) {
        var charges = new ArrayList<Charge>();
        charges.add(new Charge(day, prices.deposit(), true));
        var first = day.withDayOfMonth(1).plusMonths(1);
        for (int month = 0; month < 12; month++) {
            var data = month == 0 ? prices.simPerYear() : Money.ZERO;
            charges.add(
                    new Charge(first.plusMonths(month), prices.servicePerMonth().plus(data), false));
        }
        return charges.stream().filter(charge -> charge.amount().fen() > 0).toList();
    }
}
