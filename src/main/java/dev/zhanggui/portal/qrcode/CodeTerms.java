package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a code is good for, besides being its store's. */
public sealed interface CodeTerms {

    /** {@link QrCodeKind#STORE}: the payer types the amount, any number of times. */
    record OfStore() implements CodeTerms {}

    /** {@link QrCodeKind#TERMINAL}: good while this terminal is bound to the store. */
    record OfTerminal(TerminalId terminal) implements CodeTerms {}

    /** {@link QrCodeKind#PROMOTION}. */
    record OfPromotion(Promotion promotion) implements CodeTerms {}

    /**
     * {@link QrCodeKind#ORDER}: one amount, one use.
     *
     * @param number the order's number in the merchant's own books
     * @param expiresAt not payable from this moment on
     * @param usedAt when it was paid; null while it was not
     * @param confirmedAt when the merchant's system confirmed what was paid; null before, and always for
     *     {@link OrderFlow#BOOKED_ONLINE}
     */
    record OfOrder(
            String number,
            OrderFlow flow,
            Money amount,
            Instant expiresAt,
            @Nullable Instant usedAt,
            @Nullable Instant confirmedAt)
            implements CodeTerms {}

    default QrCodeKind kind() {
        return switch (this) {
            case OfStore it -> QrCodeKind.STORE;
            case OfTerminal it -> QrCodeKind.TERMINAL;
            case OfPromotion it -> QrCodeKind.PROMOTION;
            case OfOrder it -> QrCodeKind.ORDER;
        };
    }
}
