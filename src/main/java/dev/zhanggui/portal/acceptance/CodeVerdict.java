package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whose code this is, and whether it should hang where it hangs. */
public sealed interface CodeVerdict {

    /**
     * The asker's own, in use.
     *
     * @param lastScan when it was last scanned; null when it never was
     */
    record Yours(QrCode code, Store store, @Nullable Instant lastScan) implements CodeVerdict {}

    /**
     * The asker's own, stopped for good: who scans it is told not to pay.
     *
     * @param successor what took its place; null when nothing did
     */
    record YoursStopped(QrCode code, Store store, @Nullable QrCode successor) implements CodeVerdict {}

    /** The asker's own and not stopped, but not good for a payment now. */
    record YoursEnded(
            QrCode code,
            Store store,
            Standing standing,
            @Nullable Instant at) implements CodeVerdict {}

    /**
     * Made here, for a store that is not the asker's. No more than the scan page tells everybody.
     *
     * @param at since when it stands so, or from when on it will not; null where no moment is known
     */
    record Genuine(Store store, Standing standing, @Nullable Instant at) implements CodeVerdict {}

    /** No code for paying: the sign that says when a store is open. */
    record HoursSign(Store store) implements CodeVerdict {}

    /** Looks like one of ours, but was not made here: our address or our way of writing with a false signature. */
    record Forged() implements CodeVerdict {}

    /**
     * Leads away from here.
     *
     * @param to the host or the scheme that it leads to, in ASCII and at most 60 characters, to be shown and never to be opened;
     *     empty when it leads nowhere
     */
    record NotOurs(String to) implements CodeVerdict {}

    /** How a code that was made here stands; the names are those of {@link Answer#reason}. */
    enum Standing {
        IN_USE,
        CODE_REVOKED,
        MERCHANT_FROZEN,
        CODE_EXPIRED,
        ORDER_PAID,
        PROMOTION_NOT_YET,
        PROMOTION_OVER,
        PROMOTION_STOPPED,
        TERMINAL_NOT_BOUND;

        public static Standing of(Answer.Ending ending) {
            return valueOf(ending.name());
        }
    }

    /** Whether a payer who scans it could lose money: it has to come off the counter. */
    default boolean isFake() {
        return switch (this) {
            case Forged it -> true;
            case NotOurs it -> true;
            case Yours it -> false;
            case YoursStopped it -> false;
            case YoursEnded it -> false;
            case Genuine it -> false;
            case HoursSign it -> false;
        };
    }
}
