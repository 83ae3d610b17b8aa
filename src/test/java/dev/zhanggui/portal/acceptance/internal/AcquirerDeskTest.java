package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.COLLECTION;
import static dev.zhanggui.db.Tables.COLLECTION_ATTEMPT;
import static dev.zhanggui.db.Tables.COLLECTION_DAY;
import static dev.zhanggui.db.Tables.COLLECTION_RESULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.acceptance.AcquirerResult;
import dev.zhanggui.portal.acceptance.AcquirerResult.Failure;
import dev.zhanggui.portal.acceptance.AcquirerResult.Outcome;
import dev.zhanggui.portal.acceptance.AcquirerResults;
import dev.zhanggui.portal.acceptance.Attention;
import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.CollectionRefused;
import dev.zhanggui.portal.acceptance.CollectionState;
import dev.zhanggui.portal.acceptance.CollectionSucceeded;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.CollectionsChanged;
import dev.zhanggui.portal.acceptance.MerchantCashiers;
import dev.zhanggui.portal.acceptance.MerchantCashiers.Choice;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.acceptance.PaymentFlag;
import dev.zhanggui.portal.acceptance.PaymentFlags;
import dev.zhanggui.portal.acceptance.PaymentFlags.SettleOutcome;
import dev.zhanggui.portal.acceptance.ResultOutcome;
import dev.zhanggui.portal.acceptance.ScannedStoreTest;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.qrcode.NewOrderCode;
import dev.zhanggui.portal.qrcode.NewPromotion;
import dev.zhanggui.portal.qrcode.OrderCodeOutcome;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.qrcode.PromotionOutcome;
import dev.zhanggui.portal.qrcode.Promotions;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.TestAcquirer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** What acquirers say, written down on the real database. */
@RecordApplicationEvents
class AcquirerDeskTest extends ScannedStoreTest {

    private static final Payer PAYER = new Payer(PayerApp.UNIONPAY, "0123456789abcdef0123456789abcdef", null);
    private static final Payer WECHAT = new Payer(PayerApp.WECHAT, null, null);

    @Autowired
    private Collections collections;

    @Autowired
    private AcquirerResults results;

    @Autowired
    private PaymentFlags flags;

    @Autowired
    private MerchantCashiers cashiers;

    @Autowired
    private CollectionExpiry expiry;

    @Autowired
    private Promotions promotions;

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private DSLContext db;

    @Autowired
    private ApplicationEvents events;

    @Test
    void the_link_names_the_payment_and_the_acquirers_word_ends_it() {
        var outcome = (OfferOutcome.Offered) collections.offer(code.code(), Money.yuan(38), PAYER, "a");
        var wish = outcome.collection();
        assertThat(outcome.address())
                .startsWith("https://pay.lakala.example/c?order=" + wish.publicId() + "&amount=3800&");

        var paid = recorded(say(success(wish, "R1")));

        assertThat(paid.state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(paid.endedAt()).isEqualTo(clock.instant());
        assertThat(collections.byToken(wish.token())).contains(paid);
        assertThat(collections.list(owner, store, "", 10)).containsExactly(paid);
        assertThat(events.stream(CollectionSucceeded.class))
                .singleElement()
                .satisfies(event -> assertThat(event.publicId()).isEqualTo(wish.publicId()));
        assertThat(events.stream(CollectionsChanged.class)).containsExactly(new CollectionsChanged(store, wish.id()));
        assertThat(outcomes()).containsExactly("OFFERED OPEN_BY_WEEK", "SUCCEEDED OPEN_BY_WEEK");
        assertThat(collectedToday()).isEqualTo(3_800);
        assertThat(flags.ofStore(owner, store)).isEmpty();
    }

    @Test
    void where_a_clerk_must_agree_the_payer_goes_to_the_acquirer_only_afterwards() {
        clock.advance(Duration.ofHours(13));
        setHours("CONFIRM", 0);
        var outcome = (OfferOutcome.Offered) collections.offer(code.code(), Money.yuan(38), PAYER, "a");
        var wish = outcome.collection();
        assertThat(wish.state()).isEqualTo(CollectionState.WAITING);
        assertThat(outcome.address()).isEqualTo("/cashier/" + wish.token());
        assertThat(collections.acquirersPage(wish)).isEmpty();
        assertThat(collections.waiting(owner, store)).containsExactly(wish);
        // Pressed twice, it is one wish that waits.
        assertThat(offer(code, 38, "a")).isEqualTo(wish);

        var agreed = collections.agree(owner, wish.publicId());
        assertThat(agreed.state()).isEqualTo(CollectionState.OFFERED);
        assertThat(agreed.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
        assertThat(collections.acquirersPage(agreed).orElseThrow())
                .startsWith("https://pay.lakala.example/c?order=" + wish.publicId() + "&amount=3800&")
                .contains("&expires=" + agreed.expiresAt().getEpochSecond() + "&");
        assertThat(collectedToday()).isZero();
        // Agreed twice, it is offered once.
        assertThat(collections.agree(owner, wish.publicId())).isEqualTo(agreed);

        assertThat(recorded(say(success(wish, "R1"))).state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(collectedToday()).isEqualTo(3_800);
        assertThat(flags.ofStore(owner, store)).isEmpty();
    }

    @Test
    void a_clerk_who_says_no_or_a_rule_that_does_keeps_the_payer_from_the_acquirer() {
        clock.advance(Duration.ofHours(13));
        setHours("CONFIRM", 0);
        var refused = offer(38);
        assertThat(collections.refuse(owner, refused.publicId()).state()).isEqualTo(CollectionState.REFUSED);
        var late = offer(39);
        setHours("DENY", 0);
        var after = collections.agree(owner, late.publicId());
        assertThat(after.state()).isEqualTo(CollectionState.REFUSED);
        assertThat(after.reason()).isEqualTo("CLOSED_BY_WEEK");
        assertThat(collections.acquirersPage(after)).isEmpty();
        assertThat(outcomes()).endsWith("REFUSED CLOSED_BY_WEEK");
    }

    @Test
    void said_again_it_is_done_once_and_answered_as_before() {
        var wish = offer(38);
        var first = recorded(say(success(wish, "R1")));
        clock.advance(Duration.ofHours(2));
        assertThat(say(success(wish, "R1"))).isEqualTo(new ResultOutcome.Recorded(first, true));
        assertThat(collectedToday()).isEqualTo(3_800);
        assertThat(said(wish)).isEqualTo(1);
        assertThat(events.stream(CollectionSucceeded.class)).hasSize(1);
    }

    @Test
    void a_failure_ends_the_payment_with_its_reason_and_can_be_said_again() {
        var wish = offer(38);
        var failed = recorded(say(failure(wish, "R1", Failure.INSUFFICIENT_FUNDS)));
        assertThat(failed.state()).isEqualTo(CollectionState.REFUSED);
        assertThat(failed.reason()).isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(say(failure(wish, "R1", Failure.INSUFFICIENT_FUNDS)))
                .isEqualTo(new ResultOutcome.Recorded(failed, true));
        assertThat(events.stream(CollectionRefused.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).isEqualTo("INSUFFICIENT_FUNDS"));
        assertThat(outcomes()).containsExactly("OFFERED OPEN_BY_WEEK", "REFUSED INSUFFICIENT_FUNDS");
        assertThat(collectedToday()).isZero();
        assertThat(flags.ofStore(owner, store)).isEmpty();
    }

    @Test
    void a_failure_of_what_has_ended_without_money_changes_nothing() {
        var cancelled = offer(38);
        collections.cancel(cancelled.token());
        assertThat(recorded(say(failure(cancelled, "R1", Failure.PAYER_CANCELLED)))
                        .state())
                .isEqualTo(CollectionState.CANCELLED);
        var late = offer(39);
        clock.advance(Duration.ofMinutes(15));
        assertThat(recorded(say(failure(late, "R2", Failure.TIMED_OUT))).state())
                .isEqualTo(CollectionState.EXPIRED);
        assertThat(flags.ofStore(owner, store)).isEmpty();
        assertThat(events.stream(CollectionRefused.class)).isEmpty();
    }

    @Test
    void money_that_came_too_late_is_counted_and_people_are_told() {
        var unwritten = offer(38);
        var written = offer(39);
        clock.advance(Duration.ofMinutes(15));
        assertThat(recorded(say(success(unwritten, "R1"))).state()).isEqualTo(CollectionState.SUCCEEDED);
        expiry.expire();
        assertThat(state(written)).isEqualTo("EXPIRED");
        assertThat(recorded(say(success(written, "R2"))).state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(whys()).containsExactly(Attention.AFTER_EXPIRY, Attention.AFTER_EXPIRY);
        assertThat(collectedToday()).isEqualTo(7_700);
    }

    @Test
    void money_that_came_though_the_payer_had_said_no_is_counted_and_people_are_told() {
        var wish = offer(38);
        collections.cancel(wish.token());
        assertThat(recorded(say(success(wish, "R1"))).state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(whys()).containsExactly(Attention.AFTER_CANCEL);
        assertThat(collectedToday()).isEqualTo(3_800);
    }

    @Test
    void money_that_came_after_a_failure_is_counted_and_people_are_told() {
        var wish = offer(38);
        say(failure(wish, "R1", Failure.FAILED_OTHERWISE));
        var paid = recorded(say(success(wish, "R2")));
        assertThat(paid.state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(paid.reason()).isNull();
        assertThat(whys()).containsExactly(Attention.AFTER_REFUSAL);
        assertThat(collectedToday()).isEqualTo(3_800);
        // What was true when it was said is still no contradiction when it is repeated.
        assertThat(say(failure(wish, "R1", Failure.FAILED_OTHERWISE)))
                .isEqualTo(new ResultOutcome.Recorded(paid, true));
    }

    @Test
    void money_that_came_by_a_stopped_code_is_counted_and_people_are_told() {
        var wish = offer(38);
        codes.revoke(owner, code.id(), RevocationReason.TAMPERED, "");
        assertThat(recorded(say(success(wish, "R1"))).state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(whys()).containsExactly(Attention.AFTER_STOP);
        assertThat(outcomes()).containsExactly("OFFERED OPEN_BY_WEEK", "SUCCEEDED CODE_REVOKED");
        assertThat(collectedToday()).isEqualTo(3_800);
    }

    @Test
    void money_that_came_by_a_stopped_promotion_is_counted_and_people_are_told() {
        var started = (PromotionOutcome.Started) promotions.start(
                owner,
                new NewPromotion(
                        "店庆",
                        "满 50 减 5",
                        clock.instant(),
                        clock.instant().plus(Duration.ofHours(2)),
                        null,
                        List.of(store)));
        var wish = offer(started.codes().getFirst(), 10, "a");
        promotions.stop(owner, started.promotion().id());
        assertThat(recorded(say(success(wish, "R1"))).state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(whys()).containsExactly(Attention.AFTER_STOP);
    }

    @Test
    void money_that_came_while_the_merchant_is_frozen_is_counted_and_people_are_told() {
        var wish = offer(38);
        var merchant = merchants.merchant(SYSTEM, wish.merchantId());
        merchants.freeze(fixtures.staff(Role.REVIEWER), merchant.id(), merchant.version(), "核查");
        assertThat(recorded(say(success(wish, "R1"))).state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(whys()).containsExactly(Attention.WHILE_FROZEN);
    }

    @Test
    void money_that_came_after_closing_time_is_counted_and_needs_nobody() {
        var wish = offer(38);
        setHours("DENY", 0);
        closeNow("盘点");
        assertThat(recorded(say(success(wish, "R1"))).state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(outcomes()).containsExactly("OFFERED OPEN_BY_WEEK", "SUCCEEDED CLOSED_NOW");
        assertThat(flags.ofStore(owner, store)).isEmpty();
    }

    @Test
    void an_order_that_two_paid_is_counted_twice_and_people_are_told_of_the_second() {
        var order = order("A-1", 38);
        var one = offer(order, 38, "one");
        var other = offer(order, 38, "other");
        say(success(one, "R1"));
        assertThat(flags.ofStore(owner, store)).isEmpty();
        assertThat(recorded(say(success(other, "R2"))).state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(flags.ofStore(owner, store)).singleElement().satisfies(flag -> {
            assertThat(flag.why()).isEqualTo(Attention.ORDER_PAID_TWICE);
            assertThat(flag.payment().publicId()).isEqualTo(other.publicId());
            assertThat(flag.told().reference()).isEqualTo("R2");
        });
        assertThat(collectedToday()).isEqualTo(7_600);
        assertThat(events.stream(CollectionSucceeded.class)).hasSize(2);
    }

    @Test
    void another_amount_or_currency_is_refused_and_flagged_once_and_the_right_one_still_counts() {
        var wish = offer(38);
        var less = told(wish, "R1", Outcome.SUCCEEDED, 3_799, "CNY", null);
        var dollars = told(wish, "R1", Outcome.SUCCEEDED, 3_800, "USD", null);
        for (int i = 0; i < 2; i++) {
            assertThat(say(less)).isEqualTo(new ResultOutcome.Contradicts(wish, Attention.AMOUNT_DIFFERS));
            assertThat(say(dollars)).isEqualTo(new ResultOutcome.Contradicts(wish, Attention.AMOUNT_DIFFERS));
        }
        assertThat(collectedToday()).isZero();
        assertThat(collections.byToken(wish.token())).contains(wish);
        assertThat(flags.ofStore(owner, store))
                .extracting(flag -> flag.told().amount() + flag.told().currency())
                .containsExactly("3800USD", "3799CNY");
        assertThat(recorded(say(success(wish, "R1"))).state()).isEqualTo(CollectionState.SUCCEEDED);
        assertThat(collectedToday()).isEqualTo(3_800);
    }

    @Test
    void what_was_paid_is_neither_paid_again_nor_taken_back_and_people_are_told() {
        var wish = offer(38);
        var paid = recorded(say(success(wish, "R1")));
        for (int i = 0; i < 2; i++) {
            assertThat(say(success(wish, "R2")))
                    .isEqualTo(new ResultOutcome.Contradicts(paid, Attention.PAID_UNDER_OTHER_NUMBER));
            assertThat(say(failure(wish, "R1", Failure.RISK_REFUSED)))
                    .isEqualTo(new ResultOutcome.Contradicts(paid, Attention.FAILED_AFTER_SUCCESS));
        }
        assertThat(whys()).containsExactly(Attention.FAILED_AFTER_SUCCESS, Attention.PAID_UNDER_OTHER_NUMBER);
        assertThat(collectedToday()).isEqualTo(3_800);
        assertThat(collections.byToken(wish.token())).contains(paid);
        assertThat(events.stream(CollectionSucceeded.class)).hasSize(1);
    }

    @Test
    void a_payment_of_another_acquirer_or_of_the_sandbox_does_not_exist() {
        var wish = offer(38);
        var sandboxed =
                ((OfferOutcome.Offered) collections.offer(code.code(), Money.yuan(38), WECHAT, "w")).collection();
        assertThat(results.settle(SYSTEM, TestAcquirer.OTHER, success(wish, "R1")))
                .isEqualTo(new ResultOutcome.NotTheirs());
        assertThat(say(success(sandboxed, "R1"))).isEqualTo(new ResultOutcome.NotTheirs());
        assertThat(collectedToday()).isZero();
        assertThat(collections.byToken(wish.token())).contains(wish);
    }

    @Test
    void only_the_system_may_say_how_a_payment_ended() {
        var result = success(offer(38), "R1");
        for (var actor : List.of(owner, person(), fixtures.staff(Role.ADMIN), fixtures.staff(Role.SERVICE))) {
            assertThatThrownBy(() -> results.settle(actor, TestAcquirer.NAME, result))
                    .isInstanceOf(NotAllowedException.class);
        }
    }

    @Test
    void said_by_many_at_once_it_is_counted_once() throws Exception {
        var wish = offer(38);
        var ends = together(java.util.Collections.nCopies(12, () -> say(success(wish, "R1"))));
        assertThat(ends)
                .filteredOn(it -> it instanceof ResultOutcome.Recorded(var payment, var repeated) && !repeated)
                .hasSize(1);
        assertThat(ends).allMatch(ResultOutcome.Recorded.class::isInstance);
        assertThat(collectedToday()).isEqualTo(3_800);
        assertThat(events.stream(CollectionSucceeded.class)).hasSize(1);
    }

    @Test
    void of_two_contradicting_words_at_once_the_money_always_counts() throws Exception {
        for (int round = 0; round < 8; round++) {
            var wish = offer(10 + round);
            together(List.of(() -> say(success(wish, "R1")), () -> say(failure(wish, "R2", Failure.FAILED_OTHERWISE))));
            assertThat(state(wish)).isEqualTo("SUCCEEDED");
        }
        // Whichever came first, people are told each time.
        assertThat(whys())
                .hasSize(8)
                .allMatch(it -> it == Attention.AFTER_REFUSAL || it == Attention.FAILED_AFTER_SUCCESS);
    }

    @Test
    void against_the_payers_no_and_against_the_clock_the_money_always_counts_once() throws Exception {
        var wishes = IntStream.range(0, 12).mapToObj(i -> offer(10 + i)).toList();
        var acts = new ArrayList<Callable<Object>>();
        for (var wish : wishes.subList(0, 6)) {
            acts.add(() -> collections.cancel(wish.token()));
            acts.add(() -> say(success(wish, "R1")));
        }
        together(acts);
        acts.clear();
        clock.advance(Duration.ofMinutes(15));
        for (var wish : wishes.subList(6, 12)) {
            acts.add(() -> say(success(wish, "R1")));
        }
        acts.add(3, () -> {
            expiry.expire();
            return true;
        });
        together(acts);

        assertThat(wishes).allSatisfy(wish -> assertThat(state(wish)).isEqualTo("SUCCEEDED"));
        assertThat(collectedToday())
                .isEqualTo(wishes.stream().mapToLong(it -> it.amount().fen()).sum());
        assertThat(events.stream(CollectionSucceeded.class)).hasSize(12);
        assertThat(whys()).filteredOn(Attention.AFTER_EXPIRY::equals).hasSize(6);
        assertThat(whys()).allMatch(it -> it == Attention.AFTER_EXPIRY || it == Attention.AFTER_CANCEL);
    }

    @Test
    void two_who_pay_one_order_at_once_are_both_counted_and_one_is_flagged() throws Exception {
        var order = order("A-2", 38);
        var acts = new ArrayList<Callable<ResultOutcome>>();
        for (int i = 0; i < 6; i++) {
            var wish = offer(order, 38, "payer " + i);
            acts.add(() -> say(success(wish, "R1")));
        }
        together(acts);
        assertThat(whys()).hasSize(5).containsOnly(Attention.ORDER_PAID_TWICE);
        assertThat(collectedToday()).isEqualTo(6 * 3_800);
    }

    @Test
    void what_expired_is_written_down_and_told_once() {
        var wish = offer(38);
        expiry.expire();
        assertThat(state(wish)).isEqualTo("OFFERED");
        clock.advance(Duration.ofMinutes(15));
        expiry.expire();
        expiry.expire();
        assertThat(state(wish)).isEqualTo("EXPIRED");
        assertThat(events.stream(CollectionsChanged.class)
                        .filter(it -> it.store().equals(store)))
                .containsExactly(new CollectionsChanged(store, wish.id()));
    }

    @Test
    void a_flag_is_settled_once_with_a_note_that_the_merchant_reads() {
        var wish = offer(38);
        collections.cancel(wish.token());
        say(success(wish, "R-" + wish.publicId()));
        var staff = fixtures.staff(Role.SERVICE);
        var open = flags.list(staff, false, wish.publicId(), null);
        assertThat(open).singleElement().satisfies(flag -> {
            assertThat(flag.settled()).isNull();
            assertThat(flag.payment().publicId()).isEqualTo(wish.publicId());
        });
        assertThat(flags.list(staff, false, " R-" + wish.publicId() + " ", null))
                .isEqualTo(open);
        assertThat(flags.list(staff, true, wish.publicId(), null)).isEmpty();
        var id = open.getFirst().publicId();
        assertThat(flags.settle(staff, id, "  ")).isEqualTo(new SettleOutcome.NoteMissing());

        var settled = ((SettleOutcome.Settled) flags.settle(staff, id, " 已退给客人 ")).flag();

        assertThat(settled.settled()).isEqualTo(new PaymentFlag.Settled(staff.label(), clock.instant(), "已退给客人"));
        assertThat(flags.settle(fixtures.staff(Role.ADMIN), id, "又看了一次"))
                .isEqualTo(new SettleOutcome.SettledBefore(settled));
        assertThat(flags.ofStore(owner, store)).containsExactly(settled);
        assertThat(flags.list(staff, false, wish.publicId(), null)).isEmpty();
        assertThat(flags.list(staff, true, wish.publicId(), null)).containsExactly(settled);
        assertThatThrownBy(() -> flags.settle(staff, "0".repeat(26), "没有这个")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void open_flags_stand_first_and_lists_go_on_from_where_they_ended() {
        var staff = fixtures.staff(Role.SERVICE);
        for (int i = 0; i < 3; i++) {
            var wish = offer(10 + i);
            collections.cancel(wish.token());
            say(success(wish, "same"));
        }
        var newestFirst = flags.ofStore(owner, store);
        flags.settle(staff, newestFirst.getFirst().publicId(), "看过");
        assertThat(flags.ofStore(owner, store))
                .extracting(PaymentFlag::publicId)
                .containsExactly(
                        newestFirst.get(1).publicId(),
                        newestFirst.get(2).publicId(),
                        newestFirst.get(0).publicId());
        assertThat(flags.list(staff, false, "", newestFirst.get(1).publicId()))
                .first()
                .isEqualTo(newestFirst.get(2));
    }

    @Test
    void members_read_their_own_flags_and_only_staff_settle() {
        var wish = offer(38);
        collections.cancel(wish.token());
        say(success(wish, "R1"));
        var id = flags.ofStore(owner, store).getFirst().publicId();
        assertThatThrownBy(() -> flags.ofStore(person(), store)).isInstanceOf(NotFoundException.class);
        for (var actor : List.of(owner, person(), fixtures.staff(Role.WAREHOUSE), fixtures.staff(Role.AUDITOR))) {
            assertThatThrownBy(() -> flags.settle(actor, id, "x")).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> flags.list(actor, false, "", null)).isInstanceOf(NotAllowedException.class);
        }
    }

    @Test
    void a_merchants_payments_go_to_the_acquirer_that_staff_chose() {
        var merchant = merchants.store(SYSTEM, store).merchantId();
        var staff = fixtures.staff(Role.SERVICE);
        assertThat(cashiers.acquirers(staff))
                .containsExactly(
                        new MerchantCashiers.Acquirer(TestAcquirer.NAME, Set.of(PayerApp.UNIONPAY), true),
                        new MerchantCashiers.Acquirer(TestAcquirer.OTHER, Set.of(PayerApp.UNIONPAY), true));
        assertThat(cashiers.of(staff, List.of(merchant))).containsExactly(new Choice(merchant, null, 0));
        assertThat(offer(38).cashier()).isEqualTo(TestAcquirer.NAME);

        assertThat(cashiers.choose(staff, merchant, TestAcquirer.OTHER, 0))
                .isEqualTo(new Choice(merchant, TestAcquirer.OTHER, 1));
        assertThat(offer(39).cashier()).isEqualTo(TestAcquirer.OTHER);
        // It does not serve this app, and no other takes its place.
        assertThat(collections.offer(code.code(), Money.yuan(40), WECHAT, "w"))
                .isInstanceOf(OfferOutcome.NoCashier.class);
        assertThatThrownBy(() -> cashiers.choose(staff, merchant, null, 0)).isInstanceOf(LostUpdateException.class);
        assertThatThrownBy(() -> cashiers.choose(staff, merchant, "nobody", 1))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(cashiers.choose(staff, merchant, null, 1)).isEqualTo(new Choice(merchant, null, 2));
        assertThat(offer(41).cashier()).isEqualTo(TestAcquirer.NAME);
        assertThat(offer(code, 42, "w", WECHAT).cashier()).isEqualTo("sandbox");
        assertThat(cashiers.of(staff, List.of(merchant))).containsExactly(new Choice(merchant, null, 2));
    }

    @Test
    void only_service_and_administration_choose() {
        var merchant = merchants.store(SYSTEM, store).merchantId();
        for (var actor : List.of(owner, fixtures.staff(Role.REVIEWER), fixtures.staff(Role.WAREHOUSE))) {
            assertThatThrownBy(() -> cashiers.choose(actor, merchant, TestAcquirer.NAME, 0))
                    .isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> cashiers.acquirers(actor)).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> cashiers.of(actor, List.of(merchant))).isInstanceOf(NotAllowedException.class);
        }
        assertThatThrownBy(() -> cashiers.choose(fixtures.staff(Role.ADMIN), new MerchantId(1), TestAcquirer.NAME, 0))
                .isInstanceOf(NotFoundException.class);
    }

    private ResultOutcome say(AcquirerResult result) {
        return results.settle(Actor.system("acquirer"), TestAcquirer.NAME, result);
    }

    private static Collection recorded(ResultOutcome outcome) {
        assertThat(outcome).isInstanceOf(ResultOutcome.Recorded.class);
        assertThat(((ResultOutcome.Recorded) outcome).repeated()).isFalse();
        return ((ResultOutcome.Recorded) outcome).payment();
    }

    private AcquirerResult success(Collection wish, String reference) {
        return told(wish, reference, Outcome.SUCCEEDED, wish.amount().fen(), "CNY", null);
    }

    private AcquirerResult failure(Collection wish, String reference, Failure why) {
        return told(wish, reference, Outcome.FAILED, wish.amount().fen(), "CNY", why);
    }

    private AcquirerResult told(
            Collection wish, String reference, Outcome outcome, long amount, String currency, @Nullable Failure why) {
        return new AcquirerResult(wish.publicId(), reference, outcome, amount, currency, why, clock.instant());
    }

    private Collection offer(long yuan) {
        return offer(code, yuan, "form " + yuan);
    }

    private Collection offer(QrCode plate, long yuan, String once) {
        return offer(plate, yuan, once, PAYER);
    }

    private Collection offer(QrCode plate, long yuan, String once, Payer payer) {
        var outcome = collections.offer(plate.code(), Money.yuan(yuan), payer, once);
        assertThat(outcome).isInstanceOf(OfferOutcome.Offered.class);
        return ((OfferOutcome.Offered) outcome).collection();
    }

    private QrCode order(String number, long yuan) {
        return ((OrderCodeOutcome.Issued) codes.issueOrder(
                        owner,
                        store,
                        new NewOrderCode(number, Money.yuan(yuan), OrderFlow.BOOKED_ONLINE, Duration.ofHours(1))))
                .code();
    }

    private List<Attention> whys() {
        return flags.ofStore(owner, store).stream().map(PaymentFlag::why).toList();
    }

    private int said(Collection wish) {
        return db.fetchCount(
                COLLECTION_RESULT, COLLECTION_RESULT.COLLECTION_ID.eq(wish.id().value()));
    }

    private String state(Collection wish) {
        return db.select(COLLECTION.STATE)
                .from(COLLECTION)
                .where(COLLECTION.ID.eq(wish.id().value()))
                .fetchSingle()
                .value1();
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
