package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.shared.Money;
import java.time.Duration;

/**
 * The wish for an order code.
 *
 * @param number the order's number in the merchant's own books: 1 to {@link #NUMBER_MOST} letters, digits, {@code - _ . /}
 * @param amount more than nothing
 * @param validFor how long it can be paid: from {@link #SHORTEST} to {@link #LONGEST}
 */
public record NewOrderCode(String number, Money amount, OrderFlow flow, Duration validFor) {

    public static final int NUMBER_MOST = 64;
    public static final Duration SHORTEST = Duration.ofMinutes(1);
    public static final Duration LONGEST = Duration.ofDays(90);
    /** Far above what any limit allows, and far below where a sum could overflow. */
    public static final Money AMOUNT_MOST = Money.yuan(1_000_000);
}
