package dev.zhanggui.portal.tradinghours;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** On the real database. The clock stands at Monday 16 March 2026, 10:00 in Shanghai. */
@RecordApplicationEvents
class TradingHoursServiceTest extends DatabaseTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final HoursDocument NINE_TO_SIX =
            HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.of(Period.of(9, 0, 18, 0))));
    private static final HoursDocument TEN_TO_TEN =
            HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.of(Period.of(10, 0, 22, 0))));

    @Autowired
    TradingHours hours;

    @Autowired
    Fixtures fixtures;

    @Autowired
    Access access;

    @Autowired
    Accounts accounts;

    @Autowired
    ApplicationEvents events;

    private MerchantId merchant = new MerchantId(0);
    private Actor me = Fixtures.SYSTEM;
    private StoreId store = new StoreId(0);

    @BeforeEach
    void openAStore() {
        var owner = fixtures.owner("巷口牛肉面");
        merchant = owner.merchant();
        me = owner.actor();
        store = owner.store().id();
    }

    @Test
    void aNewStoreHasNothingSetAndRefusesNothing() {
        assertThat(hours.current(me, store))
                .isEqualTo(new HoursVersion(store, 0, HoursDocument.notSet(SHANGHAI), null, null, null));
        assertThat(hours.stateAt(me, store, clock.instant()).decision()).isEqualTo(Decision.ALLOW);
        assertThat(hours.history(me, store, 10)).isEmpty();
    }

    @Test
    void aChangeIsANewVersionThatSaysWhoWhenAndWhy() {
        var first = change(NINE_TO_SIX, 0);
        assertThat(first)
                .isEqualTo(new ChangeOutcome.Changed(
                        new HoursVersion(store, 1, NINE_TO_SIX, clock.instant(), "owner", null)));
        clock.advance(Duration.ofHours(1));
        hours.change(me, new ChangeHours(store, TEN_TO_TEN, 1, "夏天"));
        assertThat(hours.history(me, store, 10))
                .containsExactly(
                        new HoursVersion(store, 2, TEN_TO_TEN, clock.instant(), "owner", "夏天"),
                        ((ChangeOutcome.Changed) first).now());
        assertThat(hours.current(me, store).version()).isEqualTo(2);
    }

    @Test
    void whatHeldIsToldInPiecesThatEndWhereSomethingBecameKnown() {
        var begin = clock.instant();
        change(NINE_TO_SIX, 0);
        clock.advance(Duration.ofHours(2));
        close(ClosureEnd.TWO_HOURS);
        var closed = clock.instant();
        clock.advance(Duration.ofMinutes(30));
        hours.end(me, store);
        var ended = clock.instant();
        clock.advance(Duration.ofHours(1));
        change(TEN_TO_TEN, 1);
        clock.advance(Duration.ofHours(1));
        var changed = clock.instant().minus(Duration.ofHours(1));

        var held = hours.held(
                me,
                HoursScope.of(store),
                begin.minus(Duration.ofDays(1)),
                clock.instant().plus(Duration.ofDays(3)));
        assertThat(held)
                .extracting(Held::from, Held::until)
                .containsExactly(
                        tuple(begin.minus(Duration.ofDays(1)), begin),
                        tuple(begin, closed),
                        tuple(closed, ended),
                        tuple(ended, changed),
                        tuple(changed, clock.instant()));
        // Every piece answers as the store would have answered then.
        for (var piece : held) {
            assertThat(piece.hours().stateAt(piece.from())).isEqualTo(hours.stateAt(me, store, piece.from()));
        }
        assertThat(hours.held(
                        me,
                        HoursScope.of(store),
                        clock.instant(),
                        clock.instant().plusSeconds(60)))
                .isEmpty();
        assertThat(hours.versionAt(me, store, begin.minusSeconds(1)).version()).isZero();
        assertThat(hours.versionAt(me, store, closed).version()).isEqualTo(1);
        assertThat(hours.versionAt(me, store, clock.instant().plusSeconds(60)).version())
                .isEqualTo(2);
        var stranger = fixtures.owner("别家").actor();
        assertThatThrownBy(() -> hours.held(stranger, HoursScope.of(store), begin, clock.instant()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.versionAt(stranger, store, begin)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void theSameDocumentIsNotANewVersion() {
        change(NINE_TO_SIX, 0);
        assertThat(change(NINE_TO_SIX, 1)).isInstanceOf(ChangeOutcome.Unchanged.class);
        assertThat(hours.history(me, store, 10)).hasSize(1);
        assertThat(events.stream(HoursChanged.class)).containsExactly(new HoursChanged(store));
    }

    @Test
    void everyClosureAndItsEndIsAnnouncedAndARefusalIsNot() {
        close(ClosureEnd.NEXT_OPENING);
        hours.end(me, store);
        assertThat(events.stream(ClosureChanged.class)).isEmpty();
        close(ClosureEnd.HALF_AN_HOUR);
        hours.end(me, store);
        assertThat(events.stream(ClosureChanged.class))
                .containsExactly(new ClosureChanged(store), new ClosureChanged(store));
    }

    @Test
    void aChangeOfAnOldVersionReturnsBothDocumentsAndWritesNothing() {
        var theirs = ((ChangeOutcome.Changed) change(NINE_TO_SIX, 0)).now();
        assertThat(change(TEN_TO_TEN, 0)).isEqualTo(new ChangeOutcome.Conflict(theirs, TEN_TO_TEN));
        assertThat(hours.current(me, store)).isEqualTo(theirs);
    }

    @Test
    void ofManyAtTheSameMomentExactlyOneWins() throws Exception {
        int people = 8;
        var barrier = new CyclicBarrier(people);
        var outcomes = new ArrayList<ChangeOutcome>();
        try (var threads = Executors.newFixedThreadPool(people)) {
            var calls = IntStream.range(0, people)
                    .mapToObj(i -> (Callable<ChangeOutcome>) () -> {
                        barrier.await();
                        return change(NINE_TO_SIX.withOutside(Outside.capped(100 + i)), 0);
                    })
                    .toList();
            for (var future : threads.invokeAll(calls)) {
                outcomes.add(future.get());
            }
        }
        assertThat(outcomes)
                .filteredOn(it -> it instanceof ChangeOutcome.Changed)
                .hasSize(1);
        assertThat(outcomes)
                .filteredOn(it -> it instanceof ChangeOutcome.Conflict)
                .hasSize(people - 1);
        assertThat(hours.history(me, store, 10)).hasSize(1);
    }

    @Test
    void whatCannotBeKeptIsRefusedWithItsPlace() {
        var date = LocalDate.parse("2026-05-01");
        var endless = IntStream.range(0, 1_001)
                .mapToObj(i -> new DatedRule(date.plusDays(i), date.plusDays(i), DayPlan.CLOSED, null))
                .toList();
        assertThat(change(NINE_TO_SIX.withDates(endless), 0))
                .isEqualTo(
                        new ChangeOutcome.Invalid(List.of(new HoursError("dates", HoursError.Kind.TOO_MANY, "1001"))));
        assertThat(hours.change(me, new ChangeHours(store, NINE_TO_SIX, 0, "长".repeat(201))))
                .isEqualTo(new ChangeOutcome.Invalid(List.of(new HoursError("reason", HoursError.Kind.TOO_LONG, ""))));
        assertThat(hours.current(me, store).version()).isZero();
    }

    @Test
    void closeNowHoldsAtOnceAndEndsByItself() {
        change(NINE_TO_SIX, 0);
        var outcome = close(ClosureEnd.HALF_AN_HOUR);
        var closure = new Closure(
                Closure.Kind.CLOSE_NOW, clock.instant(), clock.instant().plus(Duration.ofMinutes(30)), "去进货");
        assertThat(outcome).isEqualTo(new ClosureOutcome.Started(closure));
        assertThat(hours.closure(me, store)).contains(closure);
        var state = hours.stateAt(me, store, clock.instant());
        assertThat(state.reason()).isEqualTo(ReasonCode.CLOSED_NOW);
        assertThat(state.next()).isEqualTo(new TradingState.NextChange(at("2026-03-16T10:30"), Phase.OPEN));
        clock.advance(Duration.ofMinutes(30));
        assertThat(hours.closure(me, store)).isEmpty();
        assertThat(hours.stateAt(me, store, clock.instant()).reason()).isEqualTo(ReasonCode.OPEN_BY_WEEK);
    }

    @ParameterizedTest(name = "at {0} until the next opening is {1}")
    @CsvSource({
        "2026-03-16T10:00, 2026-03-17T11:00",
        "2026-03-16T15:00, 2026-03-17T11:00",
        "2026-03-14T01:00, 2026-03-16T11:00",
        "2026-03-14T00:30, 2026-03-16T11:00",
    })
    void untilTomorrowsOpeningIsTheNextDayOfBusiness(String now, String opening) {
        // Friday goes on until two; Saturday and Sunday are free.
        change(
                HoursDocument.weekly(
                        SHANGHAI,
                        Weekly.everyDay(DayPlan.of(Period.of(11, 0, 14, 0), Period.of(16, 30, 22, 0)))
                                .with(DayOfWeek.FRIDAY, DayPlan.of(Period.of(11, 0, 2, 0)))
                                .with(List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), DayPlan.CLOSED)),
                0);
        clock.set(at(now));
        var started = (ClosureOutcome.Started) close(ClosureEnd.NEXT_OPENING);
        assertThat(started.closure().until()).isEqualTo(at(opening));
    }

    @Test
    void untilTheNextOpeningNeedsOne() {
        assertThat(close(ClosureEnd.NEXT_OPENING)).isEqualTo(new ClosureOutcome.NoOpeningAhead());
        assertThat(hours.closure(me, store)).isEmpty();
    }

    @Test
    void anEndThatHasPassedOrIsTooFarIsRefused() {
        var past = clock.instant();
        assertThat(close(new ClosureEnd.At(past))).isEqualTo(new ClosureOutcome.EndNotAhead(past));
        var far = past.plus(Duration.ofDays(32));
        assertThat(close(new ClosureEnd.At(far))).isEqualTo(new ClosureOutcome.EndNotAhead(far));
        assertThatThrownBy(() -> new ClosureEnd.After(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void openNowReplacesCloseNowAndEndingReturnsToThePlan() {
        change(NINE_TO_SIX, 0);
        close(ClosureEnd.UNTIL_I_SAY);
        clock.advance(Duration.ofMinutes(1));
        hours.start(me, new StartClosure(store, Closure.Kind.OPEN_NOW, ClosureEnd.TWO_HOURS, null));
        assertThat(hours.stateAt(me, store, clock.instant()).reason()).isEqualTo(ReasonCode.OPENED_NOW);
        clock.advance(Duration.ofMinutes(1));
        assertThat(hours.end(me, store)).isEqualTo(new EndOutcome.Ended());
        assertThat(hours.stateAt(me, store, clock.instant()).reason()).isEqualTo(ReasonCode.OPEN_BY_WEEK);
        assertThat(hours.end(me, store)).isEqualTo(new EndOutcome.NothingToEnd());
    }

    @Test
    void thePastIsExplainedByWhatWasKnownThen() {
        change(NINE_TO_SIX, 0);
        close(ClosureEnd.UNTIL_I_SAY);
        clock.advance(Duration.ofMinutes(10));
        hours.end(me, store);
        clock.advance(Duration.ofMinutes(10));
        change(TEN_TO_TEN.withOutside(Outside.DENY), 1);
        clock.advance(Duration.ofDays(1));
        assertThat(hours.stateAt(me, store, at("2026-03-16T09:59")).reason()).isEqualTo(ReasonCode.NOT_SET);
        assertThat(hours.stateAt(me, store, at("2026-03-16T10:05")).reason()).isEqualTo(ReasonCode.CLOSED_NOW);
        assertThat(hours.stateAt(me, store, at("2026-03-16T10:15")).decision()).isEqualTo(Decision.ALLOW);
        assertThat(hours.stateAt(me, store, at("2026-03-16T23:00")).decision()).isEqualTo(Decision.DENY);
    }

    @Test
    void transitionsTellATerminalTheClosureAndThePlanAfterIt() {
        change(NINE_TO_SIX, 0);
        close(ClosureEnd.HALF_AN_HOUR);
        assertThat(hours.transitions(me, store, clock.instant(), at("2026-03-17T00:00")))
                .extracting(Transition::at, Transition::phase, Transition::reason)
                .containsExactly(
                        tuple(at("2026-03-16T10:00"), Phase.CLOSED, ReasonCode.CLOSED_NOW),
                        tuple(at("2026-03-16T10:30"), Phase.OPEN, ReasonCode.OPEN_BY_WEEK),
                        tuple(at("2026-03-16T18:00"), Phase.CLOSED, ReasonCode.CLOSED_BY_WEEK));
    }

    @Test
    void aCashierClosesNowButDoesNotChangeHours() {
        var cashier = member(Role.CASHIER);
        assertThat(hours.start(cashier, new StartClosure(store, Closure.Kind.CLOSE_NOW, ClosureEnd.HALF_AN_HOUR, null)))
                .isInstanceOf(ClosureOutcome.Started.class);
        assertThat(hours.end(cashier, store)).isEqualTo(new EndOutcome.Ended());
        assertThat(hours.mayChange(cashier, store)).isFalse();
        assertThatThrownBy(() -> hours.change(cashier, new ChangeHours(store, NINE_TO_SIX, 0, null)))
                .isInstanceOf(NotAllowedException.class);
        var manager = member(Role.MANAGER);
        assertThat(hours.mayChange(manager, store)).isTrue();
        assertThat(hours.change(manager, new ChangeHours(store, NINE_TO_SIX, 0, null)))
                .isInstanceOf(ChangeOutcome.Changed.class);
    }

    @Test
    void anotherMerchantsStoreDoesNotExist() {
        var stranger = fixtures.owner("别家").actor();
        assertThatThrownBy(() -> hours.current(stranger, store)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.history(stranger, store, 10)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.stateAt(stranger, store, clock.instant()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.evaluator(stranger, store)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.closure(stranger, store)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.mayChange(stranger, store)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.change(stranger, new ChangeHours(store, NINE_TO_SIX, 0, null)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.start(
                        stranger, new StartClosure(store, Closure.Kind.CLOSE_NOW, ClosureEnd.UNTIL_I_SAY, null)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.end(stranger, store)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void staffReadButDoNotWrite() {
        var service = fixtures.staff(Role.SERVICE);
        assertThat(hours.current(service, store).version()).isZero();
        assertThatThrownBy(() -> hours.change(service, new ChangeHours(store, NINE_TO_SIX, 0, null)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.start(
                        service, new StartClosure(store, Closure.Kind.CLOSE_NOW, ClosureEnd.UNTIL_I_SAY, null)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.current(fixtures.staff(Role.WAREHOUSE), store))
                .isInstanceOf(NotFoundException.class);
    }

    private Actor member(Role role) {
        var account = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, account, merchant, role);
        return Actor.person(account, role.name(), Set.of(Role.APPLICANT));
    }

    private ChangeOutcome change(HoursDocument document, int expectedVersion) {
        return hours.change(me, new ChangeHours(store, document, expectedVersion, null));
    }

    private ClosureOutcome close(ClosureEnd end) {
        return hours.start(me, new StartClosure(store, Closure.Kind.CLOSE_NOW, end, "去进货"));
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }

    @Test
    void whatTheMerchantSaysReachesItsStoresAndIsAnnouncedForEach() {
        var scope = new HoursScope.OfMerchant(merchant);
        var outcome = hours.change(me, new ChangeHours(scope, NINE_TO_SIX, 0, null));
        assertThat(outcome).isInstanceOf(ChangeOutcome.Changed.class);
        assertThat(events.stream(HoursChanged.class)).containsExactly(new HoursChanged(scope, List.of(store)));
        assertThat(hours.evaluator(me, store)
                        .rulesOn(LocalDate.parse("2026-11-23"))
                        .getFirst()
                        .level())
                .isEqualTo(Level.MERCHANT);
        assertThat(hours.evaluators(me, merchant))
                .extractingByKey(store, as(InstanceOfAssertFactories.type(StoreHours.Known.class)))
                .extracting(it -> it.evaluator().chain())
                .isEqualTo(hours.evaluator(me, store).chain());
        assertThat(hours.current(me, store).version()).isZero();
    }

    @Test
    void nobodySeesOrChangesWhatAnotherMerchantSays() {
        var stranger = fixtures.owner("别人").actor();
        var scope = new HoursScope.OfMerchant(merchant);
        assertThatThrownBy(() -> hours.current(stranger, scope)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.history(stranger, scope, 5)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.change(stranger, new ChangeHours(scope, NINE_TO_SIX, 0, null)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.evaluators(stranger, merchant)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.evaluator(stranger, scope)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.stateAt(stranger, scope, clock.instant()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> hours.differingTerminals(stranger, store)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void theAnswerForThePastIsWhatTheMerchantSaidThen() {
        var scope = new HoursScope.OfMerchant(merchant);
        hours.change(me, new ChangeHours(scope, NINE_TO_SIX, 0, null));
        var then = clock.instant();
        clock.advance(Duration.ofHours(1));
        hours.change(me, new ChangeHours(scope, HoursDocument.notSet(SHANGHAI), 1, null));
        assertThat(hours.stateAt(me, store, then).winning().layer()).isEqualTo(Layer.WEEKLY);
        assertThat(hours.stateAt(me, store, clock.instant()).phase()).isEqualTo(Phase.NOT_SET);
        assertThat(hours.stateAt(me, scope, then).winning().layer()).isEqualTo(Layer.WEEKLY);
        assertThat(hours.stateAt(me, scope, clock.instant()).phase()).isEqualTo(Phase.NOT_SET);
    }

    @Test
    void whoeverMadeAnEmergencyStopForTwoCannotLiftItAlone() {
        hours.start(me, new StartClosure(store, Closure.Kind.EMERGENCY_STOP, ClosureEnd.UNTIL_I_SAY, "漏水", true));
        assertThat(hours.stateAt(me, store, clock.instant()).decision()).isEqualTo(Decision.DENY);
        assertThat(hours.end(me, store)).isEqualTo(new EndOutcome.SecondPersonNeeded("owner"));
        assertThat(hours.start(me, new StartClosure(store, Closure.Kind.OPEN_NOW, ClosureEnd.TWO_HOURS, null)))
                .isEqualTo(new ClosureOutcome.SecondPersonNeeded("owner"));
        // Making it again does not take the second person away.
        hours.start(me, new StartClosure(store, Closure.Kind.EMERGENCY_STOP, ClosureEnd.UNTIL_I_SAY, "还在漏", false));
        assertThat(hours.end(me, store)).isEqualTo(new EndOutcome.SecondPersonNeeded("owner"));

        var colleague = member(Role.CASHIER);
        assertThat(hours.end(colleague, store)).isEqualTo(new EndOutcome.Ended());
    }
}
