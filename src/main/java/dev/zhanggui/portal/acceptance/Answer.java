package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.tradinghours.Alternative;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.TradingState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a scanned code may do now. Precedence: a text that is not ours, a code that was stopped, a merchant who may not collect,
 * a code whose time or use is over, the store's hours, and last how much.
 */
public sealed interface Answer {

    /** A payer pays at most this much a day by static codes (PBoC notice 2017 No. 296, article on risk class D). */
    Money STATIC_CODE_A_DAY = Money.yuan(500);

    Decision decision();

    /**
     * A stable name: UNKNOWN_CODE, CODE_REVOKED, MERCHANT_FROZEN, one of {@link Ending} or {@link Limit}, or of
     * {@link dev.zhanggui.portal.tradinghours.ReasonCode}.
     */
    String reason();

    /** What the payer can do instead; never empty, cash always among them (PBoC notice 2020 No. 18). */
    List<Alternative> alternatives();

    /** Not signed by this installation, or signed and not registered: outside both read the same. */
    record NotOurs() implements Answer {
        @Override
        public Decision decision() {
            return Decision.DENY;
        }

        @Override
        public String reason() {
            return "UNKNOWN_CODE";
        }

        @Override
        public List<Alternative> alternatives() {
            return OTHER_MEANS;
        }
    }

    /** The plate was stopped for good. */
    record Stopped(QrCode code, Store store) implements Answer {
        @Override
        public Decision decision() {
            return Decision.DENY;
        }

        @Override
        public String reason() {
            return "CODE_REVOKED";
        }

        @Override
        public List<Alternative> alternatives() {
            return OTHER_MEANS;
        }
    }

    /** The merchant may not collect at all; why is not the payer's business. */
    record Frozen(QrCode code, Store store) implements Answer {
        @Override
        public Decision decision() {
            return Decision.DENY;
        }

        @Override
        public String reason() {
            return "MERCHANT_FROZEN";
        }

        @Override
        public List<Alternative> alternatives() {
            return CASH_ONLY;
        }
    }

    /**
     * The code itself is not good for a payment now, though nobody stopped it.
     *
     * @param at when that began or, for what has not begun, when it will; null when no moment is known
     */
    record Ended(
            QrCode code,
            Store store,
            Ending ending,
            @Nullable Instant at) implements Answer {
        @Override
        public Decision decision() {
            return Decision.DENY;
        }

        @Override
        public String reason() {
            return ending.name();
        }

        @Override
        public List<Alternative> alternatives() {
            return OTHER_MEANS;
        }
    }

    /** Why a code is not good for a payment by itself. */
    enum Ending {
        /** An order's time to pay is over. */
        CODE_EXPIRED,
        /** An order is paid once. */
        ORDER_PAID,
        PROMOTION_NOT_YET,
        PROMOTION_OVER,
        /** Its merchant stopped the promotion. */
        PROMOTION_STOPPED,
        /** The terminal is not in this store any more: taken back, lost, moved. */
        TERMINAL_NOT_BOUND
    }

    /**
     * The store's hours and what it chose for the time outside them decide.
     *
     * @param most what one payment may be now, by the strictest of all limits; null while {@link #decision} denies
     */
    record ByHours(
            QrCode code,
            Store store,
            TradingState state,
            @Nullable Money most) implements Answer {

        /** Who comes with an order that was booked has what "only bookings" asks for. */
        @Override
        public Decision decision() {
            return state.decision() == Decision.BOOKING_ONLY && code.terms() instanceof CodeTerms.OfOrder
                    ? Decision.ALLOW
                    : state.decision();
        }

        @Override
        public String reason() {
            return state.reason().name();
        }

        @Override
        public List<Alternative> alternatives() {
            return state.alternatives();
        }

        /** Whether the payer may go on to a cashier, perhaps with a clerk's word. */
        public boolean mayPay() {
            return switch (decision()) {
                case ALLOW, ALLOW_CAPPED, CONFIRM -> true;
                case BOOKING_ONLY, DENY -> false;
            };
        }

        /** The daily notice for payers, on codes that everybody can photograph. */
        public Optional<Money> payersDailyLimit() {
            return code.kind().isStatic() ? Optional.of(STATIC_CODE_A_DAY) : Optional.empty();
        }
    }

    /**
     * The store may collect, but not this much.
     *
     * @param most what one payment may still be now; zero when the day's limit is used up
     */
    record TooMuch(QrCode code, Store store, TradingState state, Limit limit, Money most) implements Answer {
        @Override
        public Decision decision() {
            return Decision.DENY;
        }

        @Override
        public String reason() {
            return limit.name();
        }

        @Override
        public List<Alternative> alternatives() {
            return OTHER_MEANS;
        }
    }

    /** What limits an amount; where several do, the strictest is told. */
    enum Limit {
        /** What the store chose for the time outside its hours. */
        OUTSIDE_HOURS_CAP,
        PROMOTION_CAP,
        PAYMENT_LIMIT,
        /** What the store may collect on one of its calendar days. */
        DAY_LIMIT
    }

    List<Alternative> OTHER_MEANS = List.of(Alternative.CASH, Alternative.CARD);

    List<Alternative> CASH_ONLY = List.of(Alternative.CASH);
}
