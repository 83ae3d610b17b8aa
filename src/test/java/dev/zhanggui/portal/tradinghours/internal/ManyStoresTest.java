package dev.zhanggui.portal.tradinghours.internal;

import static dev.zhanggui.db.Tables.HOURS_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.ApplyHours;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.CopiedPart;
import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursCopy;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.tradinghours.ManyStores;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.StoreHours;
import dev.zhanggui.portal.tradinghours.StoreOutcome;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.WhatIf;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** On the real database. The clock stands at Monday 16 March 2026, 10:00 in Shanghai. */
class ManyStoresTest extends DatabaseTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Weekly NINE_TO_SIX = Weekly.everyDay(DayPlan.of(Period.of(9, 0, 18, 0)));
    private static final Weekly TEN_TO_EIGHT = Weekly.everyDay(DayPlan.of(Period.of(10, 0, 20, 0)));

    @Autowired
    ManyStores many;

    @Autowired
    TradingHours hours;

    @Autowired
    TradingHoursRepository kept;

    @Autowired
    OwnHours own;

    @Autowired
    Merchants merchants;

    @Autowired
    IndustryPacks packs;

    @Autowired
    Access access;

    @Autowired
    WorkCalendar calendar;

    @Autowired
    Accounts accounts;

    @Autowired
    Fixtures fixtures;

    @Autowired
    DSLContext sql;

    private MerchantId merchant = new MerchantId(0);
    private Actor me = Fixtures.SYSTEM;
    private StoreId first = new StoreId(0);
    private StoreId second = new StoreId(0);
    private StoreId third = new StoreId(0);

    @BeforeEach
    void threeStores() {
        var owner = fixtures.owner("解放路店");
        merchant = owner.merchant();
        me = owner.actor();
        first = owner.store().id();
        second = open("大学城店", SHANGHAI);
        third = open("北门店", SHANGHAI);
    }

    @Test
    void aPreviewTellsGainsAndLossesApartAndKeepsNothing() {
        set(first, NINE_TO_SIX);
        set(second, TEN_TO_EIGHT);
        var answers = many.preview(me, merchant, List.of(third, second, first), copy(TEN_TO_EIGHT));
        assertThat(answers.keySet()).containsExactly(third, second, first);
        var changes = changes(answers, first);
        assertThat(changes.version()).isEqualTo(1);
        assertThat(changes.after().weekly()).isEqualTo(TEN_TO_EIGHT);
        assertThat(changes.week()).isEqualTo(new WhatIf.Minutes(7 * 120, 7 * 60));
        // From ten o'clock today: the hour that is lost in the morning is over for today.
        assertThat(changes.month()).isEqualTo(new WhatIf.Minutes(30 * 120, 29 * 60 + 60));
        assertThat(changes.neverOpen()).isFalse();
        assertThat(answers.get(second)).isEqualTo(new WhatIf.Unchanged(1));
        assertThat(changes(answers, third).week()).isEqualTo(new WhatIf.Minutes(7 * 600, 0));
        assertThat(version(first)).isEqualTo(1);
        assertThat(version(third)).isZero();
    }

    @Test
    void aPreviewCountsWhatIsInheritedFromTheMerchant() {
        hours.change(
                me,
                new ChangeHours(
                        new HoursScope.OfMerchant(merchant), HoursDocument.weekly(SHANGHAI, NINE_TO_SIX), 0, null));
        var changes = changes(many.preview(me, merchant, List.of(first), copy(TEN_TO_EIGHT)), first);
        assertThat(changes.week()).isEqualTo(new WhatIf.Minutes(7 * 120, 7 * 60));
    }

    @Test
    void aPreviewWarnsOfStoresThatWouldNeverOpenAndOfOtherTerms() {
        set(first, NINE_TO_SIX);
        var closed = changes(many.preview(me, merchant, List.of(first), copy(Weekly.everyDay(DayPlan.CLOSED))), first);
        assertThat(closed.neverOpen()).isTrue();
        assertThat(closed.week()).isEqualTo(new WhatIf.Minutes(0, 7 * 540));
        var denied = new HoursCopy(
                HoursDocument.notSet(SHANGHAI).withOutside(Outside.DENY),
                Set.of(CopiedPart.OUTSIDE),
                HoursCopy.Mode.REPLACE);
        var terms = changes(many.preview(me, merchant, List.of(first), denied), first);
        assertThat(terms.otherwise()).isTrue();
        assertThat(terms.month()).isEqualTo(new WhatIf.Minutes(0, 0));
    }

    @Test
    void applyingChangesWhoSaysSomethingElseAndRepeatingItChangesNobody() {
        set(second, TEN_TO_EIGHT);
        assertThat(apply(copy(TEN_TO_EIGHT), Map.of()))
                .containsExactly(
                        entry(first, new StoreOutcome.Changed(1)),
                        entry(second, new StoreOutcome.Unchanged(1)),
                        entry(third, new StoreOutcome.Changed(1)));
        assertThat(hours.current(me, first).reason()).isEqualTo("全部一样");
        // Even by the versions seen before the first time.
        assertThat(apply(copy(TEN_TO_EIGHT), Map.of(first, 0, second, 1, third, 0)))
                .containsExactly(
                        entry(first, new StoreOutcome.Unchanged(1)),
                        entry(second, new StoreOutcome.Unchanged(1)),
                        entry(third, new StoreOutcome.Unchanged(1)));
    }

    @Test
    void aStoreThatSomebodyChangedMeanwhileIsAConflictAndTheOthersGoOn() {
        set(second, NINE_TO_SIX);
        assertThat(apply(copy(TEN_TO_EIGHT), Map.of(first, 0, second, 0)))
                .containsExactly(
                        entry(first, new StoreOutcome.Changed(1)),
                        entry(second, new StoreOutcome.Conflict(1)),
                        entry(third, new StoreOutcome.Changed(1)));
        assertThat(hours.current(me, second).document().weekly()).isEqualTo(NINE_TO_SIX);
    }

    @Test
    void somebodyFasterWithinTheSameBlinkIsAConflictToo() {
        var racing = withHours(command -> {
            if (command.scope().equals(HoursScope.of(second))) {
                set(second, NINE_TO_SIX);
            }
        });
        assertThat(racing.apply(me, command(copy(TEN_TO_EIGHT), Map.of())))
                .containsExactly(
                        entry(first, new StoreOutcome.Changed(1)),
                        entry(second, new StoreOutcome.Conflict(1)),
                        entry(third, new StoreOutcome.Changed(1)));
        assertThat(hours.current(me, second).document().weekly()).isEqualTo(NINE_TO_SIX);
    }

    @Test
    void aStoreThatBreaksFailsAloneAndIsChangedByTryingAgain() {
        var breaking = withHours(command -> {
            if (command.scope().equals(HoursScope.of(first))) {
                throw new IllegalStateException("the store on the hill");
            }
        });
        assertThat(breaking.apply(me, command(copy(TEN_TO_EIGHT), Map.of())))
                .containsExactly(
                        entry(first, new StoreOutcome.Failed()),
                        entry(second, new StoreOutcome.Changed(1)),
                        entry(third, new StoreOutcome.Changed(1)));
        assertThat(apply(copy(TEN_TO_EIGHT), Map.of())).containsEntry(first, new StoreOutcome.Changed(1));
    }

    @Test
    void aStoreWhoseHoursCannotBeReadFailsAlone() {
        set(second, NINE_TO_SIX);
        sql.update(HOURS_VERSION)
                .set(HOURS_VERSION.DOCUMENT, "{\"zone\":\"Mars/Olympus\"}")
                .where(HOURS_VERSION.SCOPE_KIND.eq("STORE"))
                .and(HOURS_VERSION.SCOPE_ID.eq(second.value()))
                .execute();
        assertThat(many.preview(me, merchant, List.of(first, second), copy(TEN_TO_EIGHT)))
                .containsEntry(second, new WhatIf.Failed());
        assertThat(apply(copy(TEN_TO_EIGHT), Map.of()))
                .containsExactly(
                        entry(first, new StoreOutcome.Changed(1)),
                        entry(second, new StoreOutcome.Failed()),
                        entry(third, new StoreOutcome.Changed(1)));
        var all = hours.evaluators(me, merchant);
        assertThat(all).containsOnlyKeys(first, second, third);
        assertThat(all.get(first)).isInstanceOf(StoreHours.Known.class);
        assertThat(all.get(second)).isEqualTo(new StoreHours.Unreadable(HoursScope.of(second)));
        assertThat(own.of(merchants.storesOf(me, merchant), clock.instant())).containsOnlyKeys(first, third);
    }

    @Test
    void whereTheMerchantsHoursCannotBeReadNoStoreIsGuessedAt() {
        var scope = new HoursScope.OfMerchant(merchant);
        hours.change(me, new ChangeHours(scope, HoursDocument.weekly(SHANGHAI, NINE_TO_SIX), 0, null));
        sql.update(HOURS_VERSION)
                .set(HOURS_VERSION.DOCUMENT, "{}")
                .where(HOURS_VERSION.SCOPE_KIND.eq("MERCHANT"))
                .and(HOURS_VERSION.SCOPE_ID.eq(merchant.value()))
                .execute();
        assertThat(hours.evaluators(me, merchant))
                .hasSize(3)
                .allSatisfy((store, known) -> assertThat(known).isEqualTo(new StoreHours.Unreadable(scope)));
        assertThat(many.preview(me, merchant, List.of(first), copy(TEN_TO_EIGHT)))
                .containsExactly(entry(first, new WhatIf.Failed()));
    }

    @Test
    void aDocumentThatWouldGrowTooLongIsInvalidForThatStoreAlone() {
        var tomorrow = LocalDate.parse("2026-03-17");
        var longPast = IntStream.range(0, 600)
                .mapToObj(i ->
                        new DatedRule(tomorrow.minusDays(900 - i), tomorrow.minusDays(900 - i), DayPlan.CLOSED, null))
                .toList();
        var coming = IntStream.range(0, 600)
                .mapToObj(i -> new DatedRule(tomorrow.plusDays(i), tomorrow.plusDays(i), DayPlan.CLOSED, null))
                .toList();
        hours.change(me, new ChangeHours(second, HoursDocument.notSet(SHANGHAI).withDates(longPast), 0, null));
        var copy = new HoursCopy(
                HoursDocument.notSet(SHANGHAI).withDates(coming), Set.of(CopiedPart.DATES), HoursCopy.Mode.REPLACE);
        var errors = List.of(new HoursError("dates", HoursError.Kind.TOO_MANY, "1200"));
        assertThat(many.preview(me, merchant, List.of(second), copy))
                .containsEntry(second, new WhatIf.Invalid(1, errors));
        assertThat(apply(copy, Map.of()))
                .containsExactly(
                        entry(first, new StoreOutcome.Changed(1)),
                        entry(second, new StoreOutcome.Invalid(errors)),
                        entry(third, new StoreOutcome.Changed(1)));
    }

    @Test
    void eachStoreHasItsOwnTodayAndKeepsItsZone() {
        // At ten in Shanghai it is still the fifteenth in Honolulu.
        var honolulu = open("海边店", ZoneId.of("Pacific/Honolulu"));
        var yesterday = LocalDate.parse("2026-03-15");
        var copy = new HoursCopy(
                HoursDocument.notSet(SHANGHAI)
                        .withDates(List.of(new DatedRule(yesterday, yesterday, DayPlan.CLOSED, null))),
                Set.of(CopiedPart.DATES),
                HoursCopy.Mode.REPLACE);
        var outcomes = many.apply(me, new ApplyHours(merchant, List.of(first, honolulu), copy, Map.of(), null));
        assertThat(outcomes)
                .containsExactly(
                        entry(first, new StoreOutcome.Unchanged(0)), entry(honolulu, new StoreOutcome.Changed(1)));
        assertThat(hours.current(me, honolulu).document().zone()).isEqualTo(ZoneId.of("Pacific/Honolulu"));
    }

    @Test
    void aManagerMayACashierMayNotAndNobodyElseSeesTheMerchant() {
        var copy = copy(TEN_TO_EIGHT);
        var cashier = member(Role.CASHIER);
        assertThatThrownBy(() -> many.preview(cashier, merchant, List.of(first), copy))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> many.apply(cashier, command(copy, Map.of()))).isInstanceOf(NotAllowedException.class);
        for (var stranger : List.of(fixtures.owner("别家").actor(), fixtures.staff(Role.SERVICE))) {
            assertThatThrownBy(() -> many.preview(stranger, merchant, List.of(first), copy))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> many.apply(stranger, command(copy, Map.of())))
                    .isInstanceOf(NotFoundException.class);
        }
        assertThat(version(first)).isZero();
        assertThat(many.apply(member(Role.MANAGER), command(copy, Map.of())))
                .containsEntry(first, new StoreOutcome.Changed(1));
    }

    @Test
    void aStoreOfAnotherMerchantIsNotFoundAndNothingIsWritten() {
        var theirs = fixtures.owner("别家").store().id();
        var copy = copy(TEN_TO_EIGHT);
        assertThatThrownBy(() -> many.preview(me, merchant, List.of(first, theirs), copy))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> many.apply(me, new ApplyHours(merchant, List.of(first, theirs), copy, Map.of(), null)))
                .isInstanceOf(NotFoundException.class);
        assertThat(version(first)).isZero();
    }

    /** The service, with something that happens just before each store is changed. */
    private ManyStores withHours(Consumer<ChangeHours> before) {
        var hooked = (TradingHours) Proxy.newProxyInstance(
                TradingHours.class.getClassLoader(),
                new Class<?>[] {TradingHours.class},
                (proxy, method, arguments) -> {
                    if (method.getReturnType() == ChangeOutcome.class) {
                        before.accept((ChangeHours) arguments[1]);
                    }
                    try {
                        return method.invoke(hours, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new ManyStoresService(kept, hooked, merchants, packs, access, calendar, clock);
    }

    private Map<StoreId, StoreOutcome> apply(HoursCopy copy, Map<StoreId, Integer> expected) {
        return many.apply(me, command(copy, expected));
    }

    private ApplyHours command(HoursCopy copy, Map<StoreId, Integer> expected) {
        return new ApplyHours(merchant, List.of(first, second, third), copy, expected, "全部一样");
    }

    private static HoursCopy copy(Weekly weekly) {
        return new HoursCopy(HoursDocument.weekly(SHANGHAI, weekly), Set.of(CopiedPart.WEEKLY), HoursCopy.Mode.REPLACE);
    }

    private void set(StoreId store, Weekly weekly) {
        hours.change(me, new ChangeHours(store, HoursDocument.weekly(SHANGHAI, weekly), version(store), null));
    }

    private int version(StoreId store) {
        return hours.current(me, store).version();
    }

    private StoreId open(String name, ZoneId zone) {
        return merchants.openStore(
                Fixtures.SYSTEM, merchant, new NewStore(name, null, "430102", "解放路 21 号", zone, "restaurant"));
    }

    private Actor member(Role role) {
        var account = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, account, merchant, role);
        return Actor.person(account, role.name(), Set.of(Role.APPLICANT));
    }

    private static WhatIf.Changes changes(Map<StoreId, WhatIf> answers, StoreId store) {
        return (WhatIf.Changes) Objects.requireNonNull(answers.get(store));
    }
}
