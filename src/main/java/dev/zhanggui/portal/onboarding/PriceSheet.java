package dev.zhanggui.portal.onboarding;

import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The money card: everything a terminal costs in its first year, frozen when it is offered. Amounts in fen, CNY.
 *
 * @param depositFen returned in full when the machine comes back with normal wear
 * @param serviceFeeMonthlyFen charged on the first of each month
 * @param simFeeYearlyFen charged once a year with the first service fee
 * @param depositRefundWorkdays working days between our inspection and the refund
 */
public record PriceSheet(
        String modelCode,
        String modelName,
        String modelNameEn,
        DeviceClass deviceClass,
        long depositFen,
        long serviceFeeMonthlyFen,
        long simFeeYearlyFen,
        int depositRefundWorkdays,
        List<Rate> rates) {

    /**
     * @param means SCAN, DEBIT or CREDIT
     * @param hundredthsOfPercent 38 is 0.38 %
     * @param capFen the most that one payment costs; null when there is no cap
     */
    public record Rate(
            String means, int hundredthsOfPercent, @Nullable Long capFen) {

        public BigDecimal percent() {
            return BigDecimal.valueOf(hundredthsOfPercent, 2);
        }

        /** What a payment costs, rounded half up to the fen. */
        public Money of(Money payment) {
            long fee = Math.floorDiv(Math.multiplyExact(payment.fen(), hundredthsOfPercent) + 5_000, 10_000L);
            return new Money(capFen == null ? fee : Math.min(fee, capFen));
        }
    }

    /** One future charge. @param deposit whether it comes back */
    public record Charge(LocalDate on, Money amount, boolean deposit) {}

    public PriceSheet {
        rates = List.copyOf(rates);
        if (depositFen < 0 || serviceFeeMonthlyFen < 0 || simFeeYearlyFen < 0) {
            throw new IllegalArgumentException("A price below zero");
        }
    }

    public Money deposit() {
        return new Money(depositFen);
    }

    public Money serviceFeeMonthly() {
        return new Money(serviceFeeMonthlyFen);
    }

    public Money serviceFeeYearly() {
        return serviceFeeMonthly().times(12);
    }

    public Money simFeeYearly() {
        return new Money(simFeeYearlyFen);
    }

    public Money firstYearTotal() {
        return deposit().plus(serviceFeeYearly()).plus(simFeeYearly());
    }

    /** What is charged and when, if it is accepted on {@code day}: the deposit at once, then twelve monthly charges. */
    public List<Charge> calendar(LocalDate day) {
        var charges = new ArrayList<Charge>();
        if (depositFen > 0) {
            charges.add(new Charge(day, deposit(), true));
        }
        var first = day.withDayOfMonth(1).plusMonths(1);
        for (int month = 0; month < 12; month++) {
            var amount = month == 0 ? serviceFeeMonthly().plus(simFeeYearly()) : serviceFeeMonthly();
            if (amount.fen() > 0) {
                charges.add(new Charge(first.plusMonths(month), amount, false));
            }
        }
        return List.copyOf(charges);
    }
}
