package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.shared.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a payment ended by its acquirer's word.
 *
 * @param order the payment's public id, as in the link that handed the payer over
 * @param reference the acquirer's own number of it: 1 to 64 visible ASCII characters
 * @param amount in hundredths of the currency's unit
 * @param currency ISO 4217
 * @param failure why not; null unless FAILED
 * @param at when it happened, by the acquirer's clock
 */
public record AcquirerResult(
        String order,
        String reference,
        Outcome outcome,
        long amount,
        String currency,
        @Nullable Failure failure,
        Instant at) {

    /** Of all amounts here. */
    public static final String CNY = "CNY";

    public static final int REFERENCE_MOST = 64;

    public enum Outcome {
        /** Money has moved. */
        SUCCEEDED,
        /** Nothing was taken, and the payer cannot go on. */
        FAILED
    }

    /** Why nothing was taken. */
    public enum Failure {
        PAYER_CANCELLED,
        INSUFFICIENT_FUNDS,
        /** The acquirer or the payer's bank thought it too risky. */
        RISK_REFUSED,
        TIMED_OUT,
        FAILED_OTHERWISE
    }

    public AcquirerResult {
        if ((outcome == Outcome.FAILED) != (failure != null)) {
            throw new IllegalArgumentException("a failure, and nothing else, has a reason");
        }
    }

    /** Whether it speaks of exactly this much money. */
    public boolean isOf(Money wanted) {
        return amount == wanted.fen() && currency.equals(CNY);
    }
}
