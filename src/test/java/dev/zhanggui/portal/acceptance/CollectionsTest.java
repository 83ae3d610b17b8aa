package dev.zhanggui.portal.acceptance;

import static dev.zhanggui.db.Tables.COLLECTION_ATTEMPT;
import static dev.zhanggui.db.Tables.COLLECTION_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.qrcode.NewOrderCode;
import dev.zhanggui.portal.qrcode.NewPromotion;
import dev.zhanggui.portal.qrcode.OrderCodeOutcome;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.qrcode.PromotionOutcome;
import dev.zhanggui.portal.qrcode.Promotions;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.NotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** From the wish to pay to its end, on the real database. */
@RecordApplicationEvents
class CollectionsTest extends ScannedStoreTest {

    private static final Payer WECHAT = new Payer(PayerApp.WECHAT, "0123456789abcdef0123456789abcdef", "510000");

    @Autowired
    private Collections collections;

    @Autowired
    private CollectionLimits limits;

    @Autowired
    private Promotions promotions;

    @Autowired
    private DSLContext db;

    @Autowired
    private ApplicationEvents events;

    @Test
    void a_payment_in_trading_hours_goes_through_and_everybody_learns_of_it() {
        var offered = offer(code, 38);
        assertThat(offered.state()).isEqualTo(CollectionState.OFFERED);
        var paid = pay(offered);

        assertThat(paid.state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(paid.amount()).isEqualTo(Money.yuan(38));
        assertThat(collections.byToken(offered.token())).contains(paid);
        assertThat(collections.list(owner, store, "", 10)).containsExactly(paid);
        assertThat(events.stream(CollectionSucceeded.class))
                .singleElement()
                .satisfies(event -> assertThat(event.publicId()).isEqualTo(paid.publicId()));
        assertThat(outcomes()).containsExactly("OFFERED OPEN_BY_WEEK", "SUCCEEDED OPEN_BY_WEEK");
        assertThat(collectedToday()).isEqualTo(3_800);
    }

    @Test
    void a_double_press_is_one_wish_and_one_payment() {
        var first = offer(code, 38, "once");
        var second = offer(code, 38, "once");
        assertThat(second).isEqualTo(first);
        assertThat(offer(code, 39, "once").publicId()).isNotEqualTo(first.publicId());

        var paid = pay(first);
        assertThat(pay(first)).isEqualTo(paid);
        assertThat(collectedToday()).isEqualTo(3_800);
    }

    @Test
    void a_payment_pressed_many_times_at_once_is_made_once() throws Exception {
        var offered = offer(code, 38);
        var ends = together(20, () -> pay(offered).state());
        assertThat(ends).containsOnly(CollectionState.SUCCEEDED);
        assertThat(collectedToday()).isEqualTo(3_800);
        assertThat(events.stream(CollectionSucceeded.class)).hasSize(1);
    }

    @Test
    void outside_hours_the_cap_holds_and_the_refusal_is_on_record() {
        clock.advance(Duration.ofHours(13));
        assertThat(collections.offer(code.code(), Money.yuan(201), WECHAT, "a"))
                .isInstanceOfSatisfying(
                        OfferOutcome.Refused.class,
                        refused -> assertThat(refused.answer().reason()).isEqualTo("OUTSIDE_HOURS_CAP"));
        assertThat(pay(offer(code, 200)).state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(outcomes())
                .containsExactly("REFUSED OUTSIDE_HOURS_CAP", "OFFERED CLOSED_BY_WEEK", "SUCCEEDED CLOSED_BY_WEEK");
        assertThat(events.stream(CollectionRefused.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).isEqualTo("OUTSIDE_HOURS_CAP"));
    }

    @Test
    void the_rules_are_asked_again_when_the_payer_says_yes() {
        var offered = offer(code, 38);
        setHours("DENY", 0);
        closeNow("盘点");
        var refused = pay(offered);
        assertThat(refused.state()).isEqualTo(CollectionState.REFUSED);
        assertThat(refused.reason()).isEqualTo("CLOSED_NOW");
        assertThat(pay(offered)).isEqualTo(refused);
        assertThat(collectedToday()).isZero();
    }

    @Test
    void a_payer_may_say_no_or_wait_too_long() {
        var cancelled = offer(code, 38);
        assertThat(collections.cancel(cancelled.token()).orElseThrow().state()).isEqualTo(CollectionState.CANCELLED);
        assertThat(pay(cancelled).state()).isEqualTo(CollectionState.CANCELLED);

        var late = offer(code, 39);
        clock.advance(Duration.ofMinutes(15));
        assertThat(pay(late).state()).isEqualTo(CollectionState.EXPIRED);
        assertThat(collections.byToken(late.token()).orElseThrow().state()).isEqualTo(CollectionState.EXPIRED);
        assertThat(collectedToday()).isZero();
        assertThat(collections.pay("nonsense", WECHAT)).isEmpty();
    }

    @Test
    void where_a_clerk_must_agree_nothing_is_taken_before() {
        clock.advance(Duration.ofHours(13));
        setHours("CONFIRM", 0);
        var waiting = pay(offer(code, 38));
        assertThat(waiting.state()).isEqualTo(CollectionState.WAITING);
        assertThat(collections.waiting(owner, store)).containsExactly(waiting);
        assertThat(collectedToday()).isZero();

        var agreed = collections.agree(owner, waiting.publicId());
        assertThat(agreed.state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(agreed.decidedBy()).isEqualTo(owner.label());
        assertThat(collections.agree(owner, waiting.publicId())).isEqualTo(agreed);
        assertThat(collections.refuse(owner, waiting.publicId())).isEqualTo(agreed);
        assertThat(collections.waiting(owner, store)).isEmpty();
        assertThat(collectedToday()).isEqualTo(3_800);
    }

    @Test
    void a_clerk_may_refuse_and_a_wait_ends_by_itself() {
        clock.advance(Duration.ofHours(13));
        setHours("CONFIRM", 0);
        var waiting = pay(offer(code, 38));
        var refused = collections.refuse(owner, waiting.publicId());
        assertThat(refused.state()).isEqualTo(CollectionState.REFUSED);
        assertThat(refused.reason()).isEqualTo(Collection.BY_STAFF);

        var forgotten = pay(offer(code, 39));
        clock.advance(Duration.ofMinutes(3));
        assertThat(collections.waiting(owner, store)).isEmpty();
        assertThat(collections.agree(owner, forgotten.publicId()).state()).isEqualTo(CollectionState.EXPIRED);
        assertThat(collectedToday()).isZero();
    }

    @Test
    void another_merchants_payments_do_not_exist() {
        var offered = offer(code, 38);
        var stranger = person();
        assertThatThrownBy(() -> collections.byPublicId(stranger, offered.publicId()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> collections.agree(stranger, offered.publicId()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> collections.refuse(stranger, offered.publicId()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> collections.list(stranger, store, "", 10)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> collections.waiting(stranger, store)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void two_who_scan_a_single_use_order_at_once_pay_it_once() throws Exception {
        var order = order("A-1", 38);
        var wishes = IntStream.range(0, 12)
                .mapToObj(i -> offer(order, 1, "payer " + i))
                .toList();
        assertThat(wishes).extracting(Collection::amount).containsOnly(Money.yuan(38));
        var all = new ArrayList<Callable<Collection>>();
        wishes.forEach(wish -> all.add(() -> pay(wish)));
        var ends = together(all);

        assertThat(ends)
                .filteredOn(it -> it.state() == CollectionState.SUCCEEDED)
                .hasSize(1);
        assertThat(ends)
                .filteredOn(it -> it.state() == CollectionState.REFUSED)
                .hasSize(11)
                .extracting(Collection::reason)
                .containsOnly("ORDER_PAID");
        assertThat(collectedToday()).isEqualTo(3_800);
        assertThat(acceptance.ask(order.code()).reason()).isEqualTo("ORDER_PAID");
    }

    @Test
    void after_the_answer_to_a_revocation_no_payment_is_accepted() throws Exception {
        var wishes = IntStream.range(0, 60)
                .mapToObj(i -> offer(code, 1, "payer " + i))
                .toList();
        var answeredWith = new AtomicReference<Integer>();
        var all = new ArrayList<Callable<Collection>>();
        wishes.forEach(wish -> all.add(() -> pay(wish)));
        all.add(30, () -> {
            codes.revoke(owner, code.id(), RevocationReason.TAMPERED, "");
            answeredWith.set(succeeded());
            return wishes.getFirst();
        });
        together(all);

        assertThat(succeeded()).isEqualTo(answeredWith.get());
        assertThat(collectedToday()).isEqualTo(answeredWith.get() * 100L);
        assertThat(collections.offer(code.code(), Money.yuan(1), WECHAT, "late"))
                .isInstanceOf(OfferOutcome.Refused.class);
    }

    private int succeeded() {
        return (int)
                outcomes().stream().filter(it -> it.startsWith("SUCCEEDED")).count();
    }

    @Test
    void the_days_limit_holds_however_many_pay_at_once_and_is_new_tomorrow() throws Exception {
        assertThat(limits.choose(owner, store, Money.yuan(100), Money.yuan(250), 0))
                .isInstanceOf(CollectionLimits.LimitsOutcome.Chosen.class);
        var wishes = IntStream.range(0, 10)
                .mapToObj(i -> offer(code, 100, "payer " + i))
                .toList();
        var all = new ArrayList<Callable<Collection>>();
        wishes.forEach(wish -> all.add(() -> pay(wish)));
        var ends = together(all);

        assertThat(ends)
                .filteredOn(it -> it.state() == CollectionState.SUCCEEDED)
                .hasSize(2);
        assertThat(ends)
                .filteredOn(it -> it.state() == CollectionState.REFUSED)
                .extracting(Collection::reason)
                .containsOnly("DAY_LIMIT");
        assertThat(acceptance.ask(code.code()))
                .isInstanceOfSatisfying(
                        Answer.ByHours.class, it -> assertThat(it.most()).isEqualTo(Money.yuan(50)));
        clock.advance(Duration.ofHours(24));
        assertThat(pay(offer(code, 100, "tomorrow")).state()).isEqualTo(CollectionState.SUCCEEDED);
    }

    @Test
    void a_store_may_choose_less_than_its_merchant_may_and_not_more() {
        var most = limits.get(owner, store);
        assertThat(most).isEqualTo(new CollectionLimits.Limits(Money.yuan(5_000), Money.yuan(50_000), 0));
        assertThat(limits.choose(owner, store, Money.yuan(5_001), Money.yuan(50_000), 0))
                .isEqualTo(new CollectionLimits.LimitsOutcome.Above(most));
        assertThat(limits.choose(owner, store, Money.yuan(100), Money.yuan(99), 0))
                .isEqualTo(new CollectionLimits.LimitsOutcome.Unfit());
        assertThat(limits.choose(owner, store, Money.ZERO, Money.yuan(99), 0))
                .isEqualTo(new CollectionLimits.LimitsOutcome.Unfit());
        limits.choose(owner, store, Money.yuan(100), Money.yuan(200), 0);
        assertThatThrownBy(() -> limits.choose(owner, store, Money.yuan(300), Money.yuan(400), 0))
                .isInstanceOf(LostUpdateException.class);
        assertThat(limits.get(owner, store))
                .isEqualTo(new CollectionLimits.Limits(Money.yuan(100), Money.yuan(200), 1));
        assertThatThrownBy(() -> limits.get(person(), store)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void a_promotion_collects_until_it_is_stopped() {
        var started = (PromotionOutcome.Started) promotions.start(
                owner,
                new NewPromotion(
                        "店庆",
                        "满 50 减 5",
                        clock.instant(),
                        clock.instant().plus(Duration.ofHours(2)),
                        Money.yuan(60),
                        List.of(store)));
        var plate = started.codes().getFirst();
        assertThat(pay(offer(plate, 60)).state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(collections.offer(plate.code(), Money.yuan(61), WECHAT, "b"))
                .isInstanceOfSatisfying(
                        OfferOutcome.Refused.class,
                        it -> assertThat(it.answer().reason()).isEqualTo("PROMOTION_CAP"));
        var pending = offer(plate, 10);
        promotions.stop(owner, started.promotion().id());
        assertThat(pay(pending).reason()).isEqualTo("PROMOTION_STOPPED");
        assertThat(pay(offer(code, 10)).state()).isEqualTo(CollectionState.SUCCEEDED);
    }

    @Test
    void a_forged_code_leaves_no_record() {
        assertThat(collections.offer("0".repeat(21), Money.yuan(1), WECHAT, "a"))
                .isEqualTo(new OfferOutcome.Refused(new Answer.NotOurs()));
        assertThat(outcomes()).isEmpty();
    }

    @Test
    void of_the_payer_only_a_mark_and_a_region_are_kept() {
        pay(offer(code, 38));
        var row = db.selectFrom(COLLECTION_ATTEMPT)
                .where(COLLECTION_ATTEMPT.STORE_ID.eq(store.value()))
                .orderBy(COLLECTION_ATTEMPT.ID)
                .fetch()
                .getFirst();
        assertThat(row.getPayer()).isEqualTo(WECHAT.markBytes());
        assertThat(row.getRegion()).isEqualTo("510000");
        assertThat(row.getLocalHour()).isEqualTo(10);
        assertThat(row.getWasOpen()).isTrue();
    }

    private QrCode order(String number, long yuan) {
        return ((OrderCodeOutcome.Issued) codes.issueOrder(
                        owner,
                        store,
                        new NewOrderCode(number, Money.yuan(yuan), OrderFlow.BOOKED_ONLINE, Duration.ofHours(1))))
                .code();
    }

    private Collection offer(QrCode plate, long yuan) {
        return offer(plate, yuan, "form " + yuan);
    }

    private Collection offer(QrCode plate, long yuan, String once) {
        var outcome = collections.offer(plate.code(), Money.yuan(yuan), WECHAT, once);
        assertThat(outcome).isInstanceOf(OfferOutcome.Offered.class);
        return ((OfferOutcome.Offered) outcome).collection();
    }

    private Collection pay(Collection wish) {
        return collections.pay(wish.token(), WECHAT).orElseThrow();
    }

    private List<String> outcomes() {
        return db.select(COLLECTION_ATTEMPT.OUTCOME, COLLECTION_ATTEMPT.REASON)
                .from(COLLECTION_ATTEMPT)
                .where(COLLECTION_ATTEMPT.STORE_ID.eq(store.value()))
                .orderBy(COLLECTION_ATTEMPT.ID)
                .fetch(row -> row.value1() + " " + row.value2());
    }

    private long collectedToday() {
        return db.select(COLLECTION_DAY.AMOUNT_FEN)
                .from(COLLECTION_DAY)
                .where(COLLECTION_DAY.STORE_ID.eq(store.value()))
                .fetchOptional(COLLECTION_DAY.AMOUNT_FEN)
                .orElse(0L);
    }

    private static <T> List<T> together(int times, Callable<T> act) throws Exception {
        return together(java.util.Collections.nCopies(times, act));
    }

    private static <T> List<T> together(List<Callable<T>> acts) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends = new ArrayList<T>();
            for (var done : threads.invokeAll(acts)) {
                ends.add(done.get());
            }
            return ends;
        }
    }
}
