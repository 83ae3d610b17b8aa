package dev.zhanggui.portal.qrcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Codes that are more than a plate, on the real database. */
class OrdersAndPromotionsTest extends DatabaseTest {

    @Autowired
    private QrCodes codes;

    @Autowired
    private Promotions promotions;

    @Autowired
    private Fixtures fixtures;

    private Fixtures.Owner owner;
    private StoreId store;

    @BeforeEach
    void aStore() {
        owner = fixtures.owner("订单店");
        store = owner.store().id();
    }

    @Test
    void the_same_order_asked_for_twice_has_one_code() {
        var first = issued(wish("A-1", 38));
        assertThat(codes.issueOrder(owner.actor(), store, wish("A-1", 38)))
                .isEqualTo(new OrderCodeOutcome.Standing(first));
        assertThat(codes.orders(owner.actor(), store, 10)).containsExactly(first);
        assertThat(codes.list(owner.actor(), store)).isEmpty();
    }

    @Test
    void the_same_order_asked_for_by_many_at_once_has_one_code() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<OrderCodeOutcome> one = () -> codes.issueOrder(owner.actor(), store, wish("A-1", 38));
            var texts = threads.invokeAll(java.util.Collections.nCopies(16, one)).stream()
                    .map(done -> switch (done.resultNow()) {
                        case OrderCodeOutcome.Issued(var code, var replaced) -> code.code();
                        case OrderCodeOutcome.Standing(var code) -> code.code();
                        default -> throw new AssertionError(done.resultNow());
                    })
                    .collect(Collectors.toSet());
            assertThat(texts).hasSize(1);
        }
    }

    @Test
    void a_changed_amount_stops_the_old_code_for_the_new_one() {
        var old = issued(wish("A-1", 38));
        var outcome = (OrderCodeOutcome.Issued) codes.issueOrder(owner.actor(), store, wish("A-1", 40));
        assertThat(outcome.replaced()).isTrue();
        var end = Objects.requireNonNull(codes.get(owner.actor(), old.id()).revocation());
        assertThat(end.reason()).isEqualTo(RevocationReason.REPLACED);
        assertThat(end.replacedBy()).isEqualTo(outcome.code().id());
    }

    @Test
    void an_expired_order_may_be_asked_for_again() {
        var old = issued(wish("A-1", 38));
        clock.advance(Duration.ofHours(1));
        assertThat(issued(wish("A-1", 38)).id()).isNotEqualTo(old.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "A 1",
                "订单1",
                "A-1'; drop table",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void an_order_number_no_one_could_look_up_is_refused(String number) {
        assertThat(codes.issueOrder(owner.actor(), store, wish(number, 1)))
                .isEqualTo(new OrderCodeOutcome.NumberUnfit());
    }

    @Test
    void an_amount_or_a_time_that_makes_no_sense_is_refused() {
        for (var amount : List.of(Money.ZERO, new Money(-1), new Money(100_000_001))) {
            assertThat(codes.issueOrder(
                            owner.actor(),
                            store,
                            new NewOrderCode("A-1", amount, OrderFlow.BOOKED_ONLINE, Duration.ofHours(1))))
                    .isEqualTo(new OrderCodeOutcome.AmountUnfit());
        }
        for (var time : List.of(Duration.ofSeconds(59), Duration.ofDays(90).plusSeconds(1))) {
            assertThat(codes.issueOrder(
                            owner.actor(),
                            store,
                            new NewOrderCode("A-1", Money.yuan(1), OrderFlow.BOOKED_ONLINE, time)))
                    .isEqualTo(new OrderCodeOutcome.TimeUnfit());
        }
    }

    @Test
    void only_an_order_that_is_confirmed_online_can_be_and_only_when_paid() {
        var booked = issued(wish("A-1", 38));
        assertThat(codes.confirmOrder(owner.actor(), booked.id())).isEqualTo(new ConfirmOutcome.NotAwaited(booked));
        var order = issued(new NewOrderCode("A-2", Money.yuan(1), OrderFlow.CONFIRMED_ONLINE, Duration.ofHours(1)));
        assertThat(codes.confirmOrder(owner.actor(), order.id())).isEqualTo(new ConfirmOutcome.NotPaid(order));
        assertThatThrownBy(() -> codes.confirmOrder(fixtures.owner("别家").actor(), order.id()))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void a_replaced_plate_names_its_successor_which_stands_in_the_same_place() {
        var old = plate("柜台");
        var outcome =
                (ReplaceOutcome.Replaced) codes.replace(owner.actor(), old.id(), RevocationReason.TAMPERED, "有人贴了一张");
        assertThat(outcome.successor().place()).isEqualTo("柜台");
        assertThat(outcome.successor().isActive()).isTrue();
        assertThat(outcome.successor().number()).isEqualTo(old.number() + 1);
        var end = Objects.requireNonNull(outcome.old().revocation());
        assertThat(end.replacedBy()).isEqualTo(outcome.successor().id());
        assertThat(end.note()).isEqualTo("有人贴了一张");

        assertThat(codes.replace(owner.actor(), old.id(), RevocationReason.LOST, ""))
                .isEqualTo(new ReplaceOutcome.StoppedBefore(outcome.old()));
    }

    @Test
    void two_who_replace_a_plate_at_once_make_one_successor() throws Exception {
        var old = plate("柜台");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<ReplaceOutcome> one = () -> codes.replace(owner.actor(), old.id(), RevocationReason.DAMAGED, "");
            var outcomes = threads.invokeAll(List.of(one, one, one, one));
            assertThat(outcomes)
                    .filteredOn(it -> it.resultNow() instanceof ReplaceOutcome.Replaced)
                    .hasSize(1);
        }
        assertThat(codes.activeCodesOf(store)).hasSize(1);
    }

    @Test
    void where_a_plate_hangs_and_who_answers_for_it_can_be_changed_by_whoever_saw_the_last_word() {
        var plate = plate("柜台");
        var moved =
                ((PlaceOutcome.Placed) codes.place(owner.actor(), plate.id(), " 门口 ", "王姐", plate.version())).code();
        assertThat(moved.place()).isEqualTo("门口");
        assertThat(moved.holder()).isEqualTo("王姐");
        assertThatThrownBy(() -> codes.place(owner.actor(), plate.id(), "后厨", "", plate.version()))
                .isInstanceOf(LostUpdateException.class);
        assertThat(codes.place(owner.actor(), plate.id(), " ", "", moved.version()))
                .isEqualTo(new PlaceOutcome.PlaceMissing());
        assertThat(codes.place(owner.actor(), plate.id(), "一".repeat(21), "", moved.version()))
                .isEqualTo(new PlaceOutcome.PlaceTooLong(20));
        assertThat(codes.place(owner.actor(), plate.id(), "门口", "一".repeat(21), moved.version()))
                .isEqualTo(new PlaceOutcome.HolderTooLong(20));
        var stopped = codes.revoke(owner.actor(), plate.id(), RevocationReason.LOST, "")
                .code();
        assertThat(codes.place(owner.actor(), plate.id(), "门口", "", stopped.version()))
                .isEqualTo(new PlaceOutcome.Stopped(stopped));
    }

    @Test
    void a_promotion_has_one_code_in_each_store() {
        var started = (PromotionOutcome.Started)
                promotions.start(owner.actor(), promotion("店庆", "九折", Duration.ofHours(1), null));
        assertThat(started.codes()).singleElement().satisfies(code -> {
            assertThat(code.kind()).isEqualTo(QrCodeKind.PROMOTION);
            assertThat(code.place()).isEqualTo("店庆");
            assertThat(code.terms()).isEqualTo(new CodeTerms.OfPromotion(started.promotion()));
        });
        assertThat(promotions.list(owner.actor(), owner.merchant())).containsExactly(started.promotion());
        assertThat(promotions.codes(owner.actor(), started.promotion().id())).isEqualTo(started.codes());
        var stopped = promotions.stop(owner.actor(), started.promotion().id());
        assertThat(stopped.stoppedAt()).isEqualTo(clock.instant());
        clock.advance(Duration.ofMinutes(1));
        assertThat(promotions.stop(owner.actor(), started.promotion().id())).isEqualTo(stopped);
    }

    @Test
    void a_promotion_that_makes_no_sense_is_refused_with_its_flaw() {
        assertFlaw(promotion("", "九折", Duration.ofHours(1), null), PromotionOutcome.Flaw.TITLE_MISSING);
        assertFlaw(promotion("一".repeat(21), "九折", Duration.ofHours(1), null), PromotionOutcome.Flaw.TITLE_TOO_LONG);
        assertFlaw(promotion("店庆", "", Duration.ofHours(1), null), PromotionOutcome.Flaw.DISCOUNT_MISSING);
        assertFlaw(promotion("店庆", "一".repeat(61), Duration.ofHours(1), null), PromotionOutcome.Flaw.DISCOUNT_TOO_LONG);
        assertFlaw(promotion("店庆", "九折", Duration.ZERO, null), PromotionOutcome.Flaw.WINDOW_EMPTY);
        assertFlaw(promotion("店庆", "九折", Duration.ofHours(1), Money.ZERO), PromotionOutcome.Flaw.CAP_UNFIT);
        var past = clock.instant().minus(Duration.ofHours(2));
        assertFlaw(
                new NewPromotion("店庆", "九折", past, past.plusSeconds(60), null, List.of(store)),
                PromotionOutcome.Flaw.WINDOW_PAST);
        assertFlaw(
                new NewPromotion("店庆", "九折", past, clock.instant().plusSeconds(60), null, List.of()),
                PromotionOutcome.Flaw.NO_STORE);
        assertThat(promotions.list(owner.actor(), owner.merchant())).isEmpty();
    }

    @Test
    void a_promotion_reaches_into_no_other_merchants_store() {
        var other = fixtures.owner("别家");
        Instant now = clock.instant();
        assertThatThrownBy(() -> promotions.start(
                        owner.actor(),
                        new NewPromotion(
                                "店庆",
                                "九折",
                                now,
                                now.plusSeconds(60),
                                null,
                                List.of(store, other.store().id()))))
                .isInstanceOf(NotFoundException.class);
        assertThat(codes.list(owner.actor(), store)).isEmpty();
        var started = (PromotionOutcome.Started)
                promotions.start(owner.actor(), promotion("店庆", "九折", Duration.ofHours(1), null));
        assertThatThrownBy(
                        () -> promotions.stop(other.actor(), started.promotion().id()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() ->
                        promotions.byPublicId(other.actor(), started.promotion().publicId()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() ->
                        promotions.codes(other.actor(), started.promotion().id()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> promotions.list(other.actor(), owner.merchant()))
                .isInstanceOf(NotFoundException.class);
    }

    private void assertFlaw(NewPromotion wish, PromotionOutcome.Flaw flaw) {
        assertThat(promotions.start(owner.actor(), wish)).isEqualTo(new PromotionOutcome.Unfit(flaw));
    }

    private NewPromotion promotion(String title, String discount, Duration length, @Nullable Money cap) {
        var from = clock.instant();
        return new NewPromotion(title, discount, from, from.plus(length), cap, List.of(store));
    }

    private QrCode plate(String place) {
        return ((IssueOutcome.Issued) codes.issue(owner.actor(), store, place)).code();
    }

    private QrCode issued(NewOrderCode wish) {
        return ((OrderCodeOutcome.Issued) codes.issueOrder(owner.actor(), store, wish)).code();
    }

    private static NewOrderCode wish(String number, long yuan) {
        return new NewOrderCode(number, Money.yuan(yuan), OrderFlow.BOOKED_ONLINE, Duration.ofHours(1));
    }
}
