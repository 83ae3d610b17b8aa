package dev.zhanggui.portal.acceptance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.Answer.Ending;
import dev.zhanggui.portal.acceptance.Answer.Limit;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.qrcode.Promotion;
import dev.zhanggui.portal.qrcode.PromotionId;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.tradinghours.Alternative;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.Phase;
import dev.zhanggui.portal.tradinghours.ReasonCode;
import dev.zhanggui.portal.tradinghours.Rule;
import dev.zhanggui.portal.tradinghours.TradingState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The precedence of answers, without a database. */
class AcceptanceRulesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T02:00:00Z");

    private static final Store STORE = new Store(
            new StoreId(2),
            "01",
            new MerchantId(3),
            "面",
            "面",
            null,
            "510105",
            "",
            ZoneId.of("Asia/Shanghai"),
            "retail",
            0);

    /** Everything that may be looked up; what is not set must not be asked for. */
    private static final class Known implements AcceptanceRules.Facts {
        private @Nullable String frozen;
        private @Nullable TradingState state;
        private AcceptanceRules.@Nullable Room room;
        private Optional<StoreId> bound = Optional.empty();

        Known hours(Decision decision, long capFen) {
            state = new TradingState(
                    NOW,
                    decision == Decision.ALLOW ? Phase.OPEN : Phase.CLOSED,
                    decision,
                    capFen,
                    decision == Decision.ALLOW ? ReasonCode.OPEN_BY_WEEK : ReasonCode.CLOSED_BY_WEEK,
                    new Rule.NotSet(LocalDate.of(2026, 3, 2)),
                    List.of(),
                    null,
                    List.of(Alternative.CASH));
            return this;
        }

        Known room(long perPaymentYuan, long leftYuan) {
            room = new AcceptanceRules.Room(Money.yuan(perPaymentYuan), Money.yuan(leftYuan));
            return this;
        }

        @Override
        public Store store(QrCode code) {
            return STORE;
        }

        @Override
        public Merchant merchant(QrCode code) {
            return new Merchant(new MerchantId(3), "01", "面", MerchantKind.INDIVIDUAL, null, frozen, null, 0);
        }

        @Override
        public Optional<StoreId> boundTo(TerminalId terminal) {
            return bound;
        }

        @Override
        public TradingState state(QrCode code) {
            return needed(state);
        }

        @Override
        public AcceptanceRules.Room room(Merchant merchant, Store store) {
            return needed(room);
        }

        private static <T> T needed(@Nullable T fact) {
            if (fact == null) {
                throw new AssertionError("must not be looked up");
            }
            return fact;
        }
    }

    @Test
    void a_stopped_code_of_a_frozen_merchant_is_stopped_first() {
        var facts = new Known();
        facts.frozen = "查";
        var code =
                code(new CodeTerms.OfStore(), new QrCode.Revocation(RevocationReason.LOST, null, Instant.EPOCH, null));
        assertThat(ask(code, null, facts)).isEqualTo(new Answer.Stopped(code, STORE));
    }

    @Test
    void a_frozen_merchant_collects_nothing_whatever_the_code_and_the_hours() {
        var facts = new Known();
        facts.frozen = "查";
        var code = code(order(NOW.minusSeconds(1), null));
        var answer = ask(code, null, facts);
        assertThat(answer).isEqualTo(new Answer.Frozen(code, STORE));
        assertThat(answer.decision()).isEqualTo(Decision.DENY);
        assertThat(answer.reason()).isEqualTo("MERCHANT_FROZEN");
        assertThat(answer.alternatives()).containsExactly(Alternative.CASH);
    }

    @Test
    void forged_and_unregistered_read_the_same_and_look_up_nothing() {
        for (var scanned : new Scanned[] {new Scanned.Forged(), new Scanned.Unregistered()}) {
            assertThat(AcceptanceRules.answer(scanned, Money.yuan(1), NOW, new Known()))
                    .isEqualTo(new Answer.NotOurs());
        }
    }

    @Test
    void an_order_can_be_paid_until_the_moment_it_expires_and_only_once() {
        var facts = new Known().hours(Decision.ALLOW, 0).room(2_000, 10_000);
        assertThat(ask(code(order(NOW.plusNanos(1), null)), null, facts).decision())
                .isEqualTo(Decision.ALLOW);
        assertEnded(order(NOW, null), Ending.CODE_EXPIRED, NOW);
        assertEnded(order(NOW.plusSeconds(60), NOW.minusSeconds(5)), Ending.ORDER_PAID, NOW.minusSeconds(5));
        // A paid order that would also have expired is told to be paid: that is what matters to the payer.
        assertEnded(order(NOW.minusSeconds(1), NOW.minusSeconds(5)), Ending.ORDER_PAID, NOW.minusSeconds(5));
    }

    @Test
    void a_promotion_collects_inside_its_window_unless_it_was_stopped() {
        var before = NOW.minusSeconds(60);
        var after = NOW.plusSeconds(60);
        var facts = new Known().hours(Decision.ALLOW, 0).room(2_000, 10_000);
        assertThat(ask(code(promotion(NOW, after, null, null)), null, facts).decision())
                .isEqualTo(Decision.ALLOW);
        assertEnded(promotion(after, after.plusSeconds(1), null, null), Ending.PROMOTION_NOT_YET, after);
        assertEnded(promotion(before, NOW, null, null), Ending.PROMOTION_OVER, NOW);
        assertEnded(promotion(before, after, null, before), Ending.PROMOTION_STOPPED, before);
    }

    @Test
    void a_promotion_collects_in_trading_time_only() {
        var facts = new Known().hours(Decision.DENY, 0);
        var code = code(promotion(NOW.minusSeconds(1), NOW.plusSeconds(1), null, null));
        assertThat(ask(code, null, facts)).isInstanceOfSatisfying(Answer.ByHours.class, answer -> {
            assertThat(answer.decision()).isEqualTo(Decision.DENY);
            assertThat(answer.mayPay()).isFalse();
            assertThat(answer.most()).isNull();
        });
    }

    @Test
    void a_terminals_code_is_good_while_the_terminal_stands_in_the_store() {
        var facts = new Known().hours(Decision.ALLOW, 0).room(2_000, 10_000);
        var code = code(new CodeTerms.OfTerminal(new TerminalId(9)));
        assertThat(ask(code, null, facts)).isEqualTo(new Answer.Ended(code, STORE, Ending.TERMINAL_NOT_BOUND, null));
        facts.bound = Optional.of(new StoreId(77));
        assertThat(ask(code, null, facts).reason()).isEqualTo("TERMINAL_NOT_BOUND");
        facts.bound = Optional.of(STORE.id());
        assertThat(ask(code, null, facts).decision()).isEqualTo(Decision.ALLOW);
    }

    @Test
    void who_comes_with_an_order_may_pay_where_only_bookings_are_taken() {
        var facts = new Known().hours(Decision.BOOKING_ONLY, 0).room(2_000, 10_000);
        assertThat(ask(code(order(NOW.plusSeconds(60), null)), null, facts))
                .isInstanceOfSatisfying(Answer.ByHours.class, answer -> {
                    assertThat(answer.decision()).isEqualTo(Decision.ALLOW);
                    assertThat(answer.mayPay()).isTrue();
                });
        assertThat(ask(code(new CodeTerms.OfStore()), null, facts).decision()).isEqualTo(Decision.BOOKING_ONLY);
    }

    /** The strictest limit is told; the amount that equals it passes. */
    @ParameterizedTest
    @CsvSource({
        // decision, cap outside, promotion's cap, per payment, left today -> limit, most (yuan)
        "ALLOW,          0, 0, 2000, 10000, PAYMENT_LIMIT,     2000",
        "ALLOW_CAPPED, 200, 0, 2000, 10000, OUTSIDE_HOURS_CAP,  200",
        "ALLOW_CAPPED, 200, 0,  100, 10000, PAYMENT_LIMIT,      100",
        "ALLOW,          0, 50, 2000, 10000, PROMOTION_CAP,      50",
        "ALLOW_CAPPED,  20, 50, 2000, 10000, OUTSIDE_HOURS_CAP,  20",
        "ALLOW,          0, 50, 2000,    30, DAY_LIMIT,          30",
        "CONFIRM,        0, 0, 2000,     7, DAY_LIMIT,            7"
    })
    void the_strictest_limit_counts(
            Decision decision, long capYuan, long promotionYuan, long perPayment, long left, Limit limit, long most) {
        var facts = new Known().hours(decision, capYuan * 100).room(perPayment, left);
        var terms = promotionYuan == 0
                ? new CodeTerms.OfStore()
                : promotion(NOW.minusSeconds(1), NOW.plusSeconds(1), Money.yuan(promotionYuan), null);
        var code = code(terms);
        assertThat(ask(code, null, facts))
                .isInstanceOfSatisfying(
                        Answer.ByHours.class,
                        answer -> assertThat(answer.most()).isEqualTo(Money.yuan(most)));
        assertThat(ask(code, Money.yuan(most), facts).decision()).isEqualTo(decision);
        var above = new Money(most * 100 + 1);
        assertThat(ask(code, above, facts)).isInstanceOfSatisfying(Answer.TooMuch.class, answer -> {
            assertThat(answer.limit()).isEqualTo(limit);
            assertThat(answer.most()).isEqualTo(Money.yuan(most));
            assertThat(answer.decision()).isEqualTo(Decision.DENY);
            assertThat(answer.reason()).isEqualTo(limit.name());
        });
    }

    @Test
    void when_the_days_limit_is_used_up_nothing_may_be_paid_even_before_an_amount_is_named() {
        var facts = new Known().hours(Decision.ALLOW, 0).room(2_000, 0);
        assertThat(ask(code(new CodeTerms.OfStore()), null, facts).reason()).isEqualTo("DAY_LIMIT");
    }

    @Test
    void an_orders_own_amount_counts_whatever_somebody_claims_to_pay() {
        var facts = new Known().hours(Decision.ALLOW_CAPPED, 1_000).room(2_000, 10_000);
        assertThat(ask(code(order(NOW.plusSeconds(60), null)), new Money(1), facts)
                        .reason())
                .isEqualTo("OUTSIDE_HOURS_CAP");
    }

    @ParameterizedTest
    @EnumSource
    void cash_is_always_among_the_alternatives(Ending ending) {
        assertThat(new Answer.Ended(code(new CodeTerms.OfStore()), STORE, ending, null).alternatives())
                .contains(Alternative.CASH);
    }

    private static void assertEnded(CodeTerms terms, Ending ending, Instant at) {
        var code = code(terms);
        // Hours are not set: they must not even be asked for.
        var answer = ask(code, null, new Known());
        assertThat(answer).isEqualTo(new Answer.Ended(code, STORE, ending, at));
        assertThat(answer.decision()).isEqualTo(Decision.DENY);
        assertThat(answer.reason()).isEqualTo(ending.name());
    }

    private static Answer ask(QrCode code, @Nullable Money amount, AcceptanceRules.Facts facts) {
        return AcceptanceRules.answer(new Scanned.Known(code), amount, NOW, facts);
    }

    private static CodeTerms order(Instant expiresAt, @Nullable Instant usedAt) {
        return new CodeTerms.OfOrder("A-1", OrderFlow.BOOKED_ONLINE, Money.yuan(38), expiresAt, usedAt, null);
    }

    private static CodeTerms promotion(Instant from, Instant until, @Nullable Money cap, @Nullable Instant stoppedAt) {
        return new CodeTerms.OfPromotion(new Promotion(
                new PromotionId(5), "01", STORE.merchantId(), "店庆", "九折", from, until, cap, stoppedAt, 0));
    }

    private static QrCode code(CodeTerms terms) {
        return code(terms, null);
    }

    private static QrCode code(CodeTerms terms, QrCode.@Nullable Revocation revocation) {
        return new QrCode(
                new QrCodeId(1),
                "c",
                "https://zg.example/q/c",
                terms,
                STORE.id(),
                STORE.merchantId(),
                1,
                "柜台",
                null,
                NOW.minus(Duration.ofDays(30)),
                revocation,
                0);
    }
}
