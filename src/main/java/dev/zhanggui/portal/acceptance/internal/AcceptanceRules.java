package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.Answer.Ending;
import dev.zhanggui.portal.acceptance.Answer.Limit;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.TradingState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The precedence of answers, without any I/O: facts are looked up only as far as they are needed. */
final class AcceptanceRules {

    private AcceptanceRules() {}

    /** What the rules ask for, each fact at most once. */
    interface Facts {

        Store store(QrCode code);

        Merchant merchant(QrCode code);

        /** Where the terminal is bound; empty when nowhere. */
        Optional<StoreId> boundTo(TerminalId terminal);

        TradingState state(QrCode code);

        Room room(Merchant merchant, Store store);
    }

    /**
     * What the limits leave.
     *
     * @param perPayment the most that one payment may be
     * @param leftToday what the day's limit leaves; never less than nothing
     */
    record Room(Money perPayment, Money leftToday) {}

    private record Bound(Limit limit, Money most) {}

    /** @param wish what somebody wants to pay; null when nobody said how much */
    static Answer answer(Scanned scanned, @Nullable Money wish, Instant at, Facts facts) {
        return switch (scanned) {
            case Scanned.Forged it -> new Answer.NotOurs();
            case Scanned.Unregistered it -> new Answer.NotOurs();
            case Scanned.Known(var code) when !code.isActive() -> new Answer.Stopped(code, facts.store(code));
            case Scanned.Known(var code) -> inUse(code, wish, at, facts);
        };
    }

    private static Answer inUse(QrCode code, @Nullable Money wish, Instant at, Facts facts) {
        var store = facts.store(code);
        var merchant = facts.merchant(code);
        if (merchant.isFrozen()) {
            return new Answer.Frozen(code, store);
        }
        var ended = ended(code, store, at, facts);
        if (ended.isPresent()) {
            return ended.get();
        }
        var state = facts.state(code);
        var open = new Answer.ByHours(code, store, state, null);
        if (!open.mayPay()) {
            return open;
        }
        var bound = bound(code, state, facts.room(merchant, store));
        var amount = code.terms() instanceof CodeTerms.OfOrder order ? order.amount() : wish;
        var used = bound.most().fen() <= 0;
        return used || amount != null && amount.compareTo(bound.most()) > 0
                ? new Answer.TooMuch(code, store, state, bound.limit(), bound.most())
                : new Answer.ByHours(code, store, state, bound.most());
    }

    private static Optional<Answer> ended(QrCode code, Store store, Instant at, Facts facts) {
        return switch (code.terms()) {
            case CodeTerms.OfStore it -> Optional.empty();
            case CodeTerms.OfTerminal(var terminal) ->
                facts.boundTo(terminal).filter(code.storeId()::equals).isPresent()
                        ? Optional.empty()
                        : Optional.of(new Answer.Ended(code, store, Ending.TERMINAL_NOT_BOUND, null));
            case CodeTerms.OfPromotion(var promotion) ->
                switch (promotion.stageAt(at)) {
                    case RUNNING -> Optional.empty();
                    case NOT_YET ->
                        Optional.of(new Answer.Ended(code, store, Ending.PROMOTION_NOT_YET, promotion.from()));
                    case OVER -> Optional.of(new Answer.Ended(code, store, Ending.PROMOTION_OVER, promotion.until()));
                    case STOPPED ->
                        Optional.of(new Answer.Ended(code, store, Ending.PROMOTION_STOPPED, promotion.stoppedAt()));
                };
            case CodeTerms.OfOrder order
            when order.usedAt() != null ->
                Optional.of(new Answer.Ended(code, store, Ending.ORDER_PAID, order.usedAt()));
            case CodeTerms.OfOrder order
            when !at.isBefore(order.expiresAt()) ->
                Optional.of(new Answer.Ended(code, store, Ending.CODE_EXPIRED, order.expiresAt()));
            case CodeTerms.OfOrder it -> Optional.empty();
        };
    }

    /** The strictest of all limits; of equal ones the one that the payer can do most about. */
    private static Bound bound(QrCode code, TradingState state, Room room) {
        var bound = new Bound(Limit.PAYMENT_LIMIT, room.perPayment());
        if (code.terms() instanceof CodeTerms.OfPromotion(var promotion) && promotion.cap() != null) {
            bound = stricter(bound, new Bound(Limit.PROMOTION_CAP, promotion.cap()));
        }
        if (state.decision() == Decision.ALLOW_CAPPED) {
            bound = stricter(bound, new Bound(Limit.OUTSIDE_HOURS_CAP, new Money(state.capFen())));
        }
        return stricter(bound, new Bound(Limit.DAY_LIMIT, room.leftToday()));
    }

    private static Bound stricter(Bound one, Bound other) {
        return other.most().compareTo(one.most()) < 0 ? other : one;
    }
}
