package dev.zhanggui.portal.qrcode.emv;

import java.math.BigDecimal;

/** What the payer adds to the amount (4.7.6 to 4.7.8). */
public sealed interface Fee {

    record None() implements Fee {}

    /** The payer is asked for a tip. */
    record AskTip() implements Fee {}

    /** @param amount in the payload's currency, more than nothing */
    record Fixed(BigDecimal amount) implements Fee {}

    /** @param percent 0.01 to 99.99 */
    record Percentage(BigDecimal percent) implements Fee {}
}
