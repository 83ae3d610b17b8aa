package dev.zhanggui.portal.tradinghours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditEntry;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.PlannedRestriction.Band;
import dev.zhanggui.portal.tradinghours.Restriction.Kind;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome.Fault;
import dev.zhanggui.portal.tradinghours.Restrictions.Change;
import dev.zhanggui.portal.tradinghours.Restrictions.Filter;
import dev.zhanggui.portal.tradinghours.Restrictions.OfStore;
import dev.zhanggui.portal.tradinghours.Restrictions.Plan;
import dev.zhanggui.portal.tradinghours.Restrictions.Proposals;
import dev.zhanggui.portal.tradinghours.Restrictions.Wish;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** On the real database. The clock stands at Monday 16 March 2026, 10:00 in Shanghai; the store is open from 9 to 18. */
@RecordApplicationEvents
class RestrictionsTest extends DatabaseTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant TONIGHT = Instant.parse("2026-03-16T19:00:00Z");
    private static final Instant NOON = Instant.parse("2026-03-17T04:00:00Z");

    @Autowired
    Restrictions restrictions;

    @Autowired
    TradingHours hours;

    @Autowired
    Merchants merchants;

    @Autowired
    AuditTrail trail;

    @Autowired
    Fixtures fixtures;

    @Autowired
    ApplicationEvents events;

    private MerchantId merchant = new MerchantId(0);
    private StoreId store = new StoreId(0);
    private Actor owner = Fixtures.SYSTEM;
    private Actor service = Fixtures.SYSTEM;
    private Actor admin = Fixtures.SYSTEM;

    @BeforeEach
    void openAStore() {
        var opened = fixtures.owner("巷口牛肉面");
        merchant = opened.merchant();
        store = opened.store().id();
        owner = opened.actor();
        service = fixtures.staff(Role.SERVICE);
        admin = fixtures.staff(Role.ADMIN);
        open(store, Period.of(9, 0, 18, 0));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whoMayPlanWhatDependsOnTheKindAndNobodyElseMay(Kind kind) {
        boolean lock = kind == Kind.LEGAL_LOCK || kind == Kind.ACQUIRER_LOCK;
        var allowed = lock ? EnumSet.of(Role.REVIEWER, Role.ADMIN) : EnumSet.of(Role.SERVICE, Role.ADMIN);
        for (var role : Role.values()) {
            var actor =
                    role.isStaff() ? fixtures.staff(role) : new Actor(Actor.Kind.PERSON, 1, "x", Set.of(role), null);
            var plan = new Plan(kind, RestrictionTarget.of(store), TONIGHT, TONIGHT.plus(HOUR), null, "order 7");
            assertThat(restrictions.mayPlan(actor, kind)).isEqualTo(allowed.contains(role));
            if (allowed.contains(role)) {
                assertThat(restrictions.plan(actor, plan)).isInstanceOf(RestrictionOutcome.Done.class);
            } else {
                assertThatThrownBy(() -> restrictions.plan(actor, plan)).isInstanceOf(NotAllowedException.class);
            }
        }
        assertThatThrownBy(() -> restrictions.plan(owner, maintenance(TONIGHT, HOUR, null)))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void aLockOfAnothersKindIsNeitherChangedNorEnded() {
        var lock = done(restrictions.plan(
                fixtures.staff(Role.REVIEWER),
                new Plan(Kind.LEGAL_LOCK, RestrictionTarget.of(store), null, null, null, "order 7")));
        assertThatThrownBy(() -> restrictions.end(service, lock.id(), "x")).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> restrictions.change(
                        service, new Change(lock.id(), 0, lock.restriction().from(), null, null, "x")))
                .isInstanceOf(NotAllowedException.class);
        assertThat(hours.stateAt(owner, store, clock.instant()).reason()).isEqualTo(ReasonCode.LEGAL_LOCK);
    }

    @ParameterizedTest
    @CsvSource({
        "MAINTENANCE, PT1H, , END_MISSING",
        "MAINTENANCE, PT1H, PT1H, END_NOT_AFTER_START",
        "MAINTENANCE, PT-2H, PT-1H, IN_THE_PAST",
        "MAINTENANCE, PT-1H, PT1H, IN_THE_PAST",
        "MAINTENANCE, PT9000H, PT9001H, TOO_FAR",
        "MAINTENANCE, PT1H, PT170H, TOO_LONG",
        "ACQUIRER_LOCK, PT1H, , WHY_MISSING",
        "FAULT, PT2H, PT1H, END_NOT_AFTER_START",
    })
    void whatIsWrongIsRefusedByItsNameAndWritesNothing(
            Kind kind, Duration from, @Nullable Duration until, Fault fault) {
        var now = clock.instant();
        var plan = new Plan(
                kind,
                RestrictionTarget.of(store),
                now.plus(from),
                until == null ? null : now.plus(until),
                null,
                kind == Kind.MAINTENANCE ? "must be" : null);
        assertThat(restrictions.plan(admin, plan)).isEqualTo(new RestrictionOutcome.Refused(fault));
        assertThat(restrictions.ofStore(owner, store, now.plus(Duration.ofDays(500))))
                .isEmpty();
        assertThat(events.stream(RestrictionChanged.class)).isEmpty();
    }

    @Test
    void textsThatAreTooLongAndTargetsThatDoNotExistAreRefused() {
        var long201 = "字".repeat(201);
        assertThat(restrictions.plan(
                        service, new Plan(Kind.FAULT, RestrictionTarget.of(store), null, null, long201, null)))
                .isEqualTo(new RestrictionOutcome.Refused(Fault.REASON_TOO_LONG));
        assertThat(restrictions.plan(
                        service, new Plan(Kind.FAULT, RestrictionTarget.of(store), null, null, null, long201)))
                .isEqualTo(new RestrictionOutcome.Refused(Fault.WHY_TOO_LONG));
        for (var scope : List.of(RestrictionScope.STORE, RestrictionScope.MERCHANT, RestrictionScope.TERMINAL)) {
            assertThat(restrictions.plan(
                            service, new Plan(Kind.FAULT, new RestrictionTarget(scope, "7"), null, null, null, null)))
                    .isEqualTo(new RestrictionOutcome.Refused(Fault.TARGET_UNKNOWN));
        }
        assertThat(restrictions.plan(
                        service,
                        new Plan(
                                Kind.FAULT,
                                new RestrictionTarget(RestrictionScope.MODEL, "no-such-model"),
                                null,
                                null,
                                null,
                                null)))
                .isEqualTo(new RestrictionOutcome.Refused(Fault.TARGET_UNKNOWN));
        for (var region : List.of("", "1", "123", "12345", "1234567", "ab")) {
            assertThatThrownBy(() -> RestrictionTarget.region(region)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void maintenanceInOpenTimeIsRefusedUntilSomebodySaysWhy() {
        var impact =
                ((RestrictionOutcome.TakesOpenTime) restrictions.plan(service, maintenance(NOON, HOUR, null))).impact();
        assertThat(impact.stores()).isEqualTo(1);
        assertThat(impact.free()).isZero();
        assertThat(impact.conflicts())
                .containsExactly(
                        new Impact.Conflict(store, "巷口牛肉面", HOUR, List.of(new Interval(NOON, NOON.plus(HOUR))), null));
        assertThat(hours.stateAt(owner, store, NOON).open()).isTrue();

        var planned = done(restrictions.plan(service, maintenance(NOON, HOUR, "厂家只在白天来")));
        assertThat(hours.stateAt(owner, store, NOON).reason()).isEqualTo(ReasonCode.MAINTENANCE);
        assertThat(hours.stateAt(owner, store, NOON.plus(HOUR)).open()).isTrue();
        assertThat(trail(planned).getFirst())
                .satisfies(entry -> assertThat(entry.reason()).isEqualTo("厂家只在白天来"))
                .satisfies(entry -> assertThat(entry.action()).isEqualTo("restriction.planned"));
        assertThat(events.stream(RestrictionChanged.class))
                .containsExactly(new RestrictionChanged(RestrictionTarget.of(store), Kind.MAINTENANCE));
    }

    @Test
    void maintenanceThatEndsTooShortlyBeforeTheOpeningTouchesTheGuard() {
        var opening = Instant.parse("2026-03-17T01:00:00Z");
        var late = maintenance(opening.minus(Duration.ofMinutes(89)), HOUR, null);
        assertThat(((RestrictionOutcome.TakesOpenTime) restrictions.plan(service, late))
                        .impact()
                        .conflicts())
                .containsExactly(new Impact.Conflict(store, "巷口牛肉面", Duration.ZERO, List.of(), opening));
        done(restrictions.plan(service, maintenance(opening.minus(Duration.ofMinutes(90)), HOUR, null)));
    }

    @Test
    void aStoreWithoutHoursIsUnknownAndNoConflict() {
        var target = RestrictionTarget.of(merchants.openStore(
                Fixtures.SYSTEM, merchant, new NewStore("新开的店", null, "430102", "团结路 2 号", SHANGHAI, "no-such")));
        var impact = restrictions.impact(service, target, new Interval(NOON, NOON.plus(HOUR)));
        assertThat(impact).isEqualTo(new Impact(1, 1, 1, 0, List.of()));
        assertThat(impact.free()).isZero();
        assertThat(restrictions.proposals(service, target, new Wish(HOUR, NOON, NOON.plus(Duration.ofDays(1)))))
                .isEqualTo(new Proposals.Found(List.of(), Duration.ofMinutes(30)));
    }

    @Test
    void proposalsLieWhereMostStoresAreClosedAndNameThoseThatAreNot() {
        var night = openStore("夜宵", "659001", Period.of(20, 0, 29, 0));
        var allDay = openStore("便利店", "659001", Period.of(0, 0, 24, 0));
        var from = Instant.parse("2026-03-16T16:00:00Z");
        var found = (Proposals.Found) restrictions.proposals(
                service, RestrictionTarget.of(merchant), new Wish(HOUR, from, from.plus(Duration.ofDays(1))));
        // The first is closed until 9, the second from 5 to 20: starts from 5:00 to 7:30 suit both.
        var best = found.offers().getFirst();
        assertThat(best.window().start()).isEqualTo(Instant.parse("2026-03-16T22:15:00Z"));
        assertThat(best.impact().stores()).isEqualTo(3);
        assertThat(best.impact().free()).isEqualTo(2);
        assertThat(best.impact().conflicts()).extracting(Impact.Conflict::store).containsExactly(allDay);
        assertThat(restrictions
                        .impact(service, RestrictionTarget.of(night), best.window())
                        .conflicting())
                .isZero();
        assertThat(restrictions.stores(service, RestrictionTarget.region("6590")))
                .isEqualTo(restrictions
                        .impact(service, RestrictionTarget.region("6590"), best.window())
                        .stores());
    }

    @Test
    void aWishThatCannotBeIsRefusedByItsName() {
        var target = RestrictionTarget.of(store);
        assertThat(restrictions.proposals(service, target, new Wish(HOUR, NOON, NOON.plus(Duration.ofMinutes(59)))))
                .isEqualTo(new Proposals.Refused(Fault.END_NOT_AFTER_START));
        assertThat(restrictions.proposals(service, target, new Wish(HOUR, NOON, NOON.plus(Duration.ofDays(32)))))
                .isEqualTo(new Proposals.Refused(Fault.TOO_LONG));
        var yesterday = clock.instant().minus(Duration.ofDays(1));
        assertThat(restrictions.proposals(service, target, new Wish(HOUR, yesterday, yesterday.plus(HOUR))))
                .isEqualTo(new Proposals.Refused(Fault.IN_THE_PAST));
        assertThatThrownBy(() -> restrictions.proposals(
                        fixtures.staff(Role.AUDITOR), target, new Wish(HOUR, NOON, NOON.plus(HOUR))))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void aChangeOfAnOldVersionShowsTheirsAndWritesNothing() {
        var planned = done(restrictions.plan(service, maintenance(TONIGHT, HOUR, null)));
        var moved = new Change(
                planned.id(), 0, TONIGHT.plus(HOUR), TONIGHT.plus(HOUR).plus(HOUR), "换线路", null);
        var theirs = done(restrictions.change(admin, moved));
        assertThat(theirs.version()).isEqualTo(1);
        assertThat(restrictions.change(service, new Change(planned.id(), 0, TONIGHT, TONIGHT.plus(HOUR), null, null)))
                .isEqualTo(new RestrictionOutcome.ChangedMeanwhile(theirs));
        assertThat(restrictions.restriction(service, planned.id())).isEqualTo(theirs);
        assertThat(hours.stateAt(owner, store, TONIGHT.plus(HOUR)).winning().note())
                .isEqualTo("换线路");
    }

    @Test
    void whatHasBegunMayLastLongerButNotBeginAnew() {
        var fault = done(restrictions.plan(
                service,
                new Plan(
                        Kind.FAULT,
                        RestrictionTarget.of(store),
                        null,
                        clock.instant().plus(HOUR),
                        null,
                        null)));
        clock.advance(Duration.ofMinutes(10));
        var from = fault.restriction().from();
        assertThat(restrictions.change(
                        service, new Change(fault.id(), 0, from.plusSeconds(60), from.plus(HOUR), null, null)))
                .isEqualTo(new RestrictionOutcome.Refused(Fault.BEGUN));
        done(restrictions.change(service, new Change(fault.id(), 0, from, null, null, null)));
        assertThat(hours.stateAt(owner, store, clock.instant().plus(Duration.ofDays(3)))
                        .reason())
                .isEqualTo(ReasonCode.FAULT);
        done(restrictions.change(
                service, new Change(fault.id(), 1, from, clock.instant().plusSeconds(60), null, null)));
        clock.advance(Duration.ofMinutes(2));
        assertThat(restrictions.change(service, new Change(fault.id(), 2, from, null, null, null)))
                .isEqualTo(new RestrictionOutcome.Refused(Fault.OVER));
        assertThat(restrictions.end(service, fault.id(), null)).isEqualTo(new RestrictionOutcome.Refused(Fault.OVER));
    }

    @Test
    void endingBringsTheOwnHoursBackAtOnceAndThePastStaysAsItWas() {
        var fault = done(restrictions.plan(
                service, new Plan(Kind.FAULT, RestrictionTarget.of(merchant), null, null, "主机坏了", null)));
        var during = clock.instant().plusSeconds(60);
        assertThat(hours.stateAt(owner, store, during).decision()).isEqualTo(Decision.DENY);
        clock.advance(Duration.ofMinutes(5));
        var ended = done(restrictions.end(service, fault.id(), null));
        assertThat(ended.endedBy()).isEqualTo(service.label());
        assertThat(hours.stateAt(owner, store, clock.instant()).reason()).isEqualTo(ReasonCode.OPEN_BY_WEEK);
        assertThat(hours.stateAt(owner, store, during).reason()).isEqualTo(ReasonCode.FAULT);
        assertThat(restrictions.end(service, fault.id(), null)).isEqualTo(new RestrictionOutcome.Refused(Fault.OVER));
        assertThat(events.stream(RestrictionChanged.class)).hasSize(2);
        assertThat(trail(ended)).extracting(AuditEntry::action).contains("restriction.ended");
    }

    @Test
    void aLockEndsOnlyWithAReason() {
        var lock = done(restrictions.plan(
                admin, new Plan(Kind.ACQUIRER_LOCK, RestrictionTarget.of(store), null, null, null, "交易核查")));
        assertThat(restrictions.end(admin, lock.id(), " "))
                .isEqualTo(new RestrictionOutcome.Refused(Fault.WHY_MISSING));
        assertThat(done(restrictions.end(admin, lock.id(), "核查完毕")).endedAt()).isEqualTo(clock.instant());
    }

    @Test
    void theBandsAreReadAPageAtATime() {
        clock.set(Instant.parse("2025-01-06T02:00:00Z"));
        var mine = new ArrayList<RestrictionId>();
        for (int i = 0; i < 5; i++) {
            var from = clock.instant().plus(Duration.ofDays(1 + i / 2));
            mine.add(done(restrictions.plan(
                            service,
                            new Plan(Kind.FAULT, RestrictionTarget.of(store), from, from.plus(HOUR), null, null)))
                    .id());
        }
        assertThat(ids(Band.PLANNED)).containsSubsequence(mine).doesNotHaveDuplicates();
        assertThat(ids(Band.NOW)).doesNotContainAnyElementsOf(mine);
        clock.advance(Duration.ofDays(1));
        assertThat(ids(Band.NOW)).contains(mine.get(1), mine.get(0)).doesNotContain(mine.get(2));
        clock.advance(Duration.ofDays(30));
        assertThat(ids(Band.PAST)).containsSubsequence(mine.reversed());
        assertThatThrownBy(() -> restrictions.list(owner, new Filter(Band.NOW, null), null, 10))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(
                        () -> restrictions.list(fixtures.staff(Role.WAREHOUSE), new Filter(Band.NOW, null), null, 10))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void aMerchantReadsWhatConcernsItsStoreAndNothingOfAnothers() {
        var other = fixtures.owner("隔壁");
        done(restrictions.plan(service, maintenance(TONIGHT, HOUR, null)));
        done(restrictions.plan(service, maintenance(NOON, HOUR, "must be")));
        assertThat(restrictions.ofStore(owner, store, NOON))
                .containsExactly(new OfStore(
                        new Restriction(Kind.MAINTENANCE, TONIGHT, TONIGHT.plus(HOUR), null),
                        List.of(),
                        Duration.ZERO));
        assertThat(restrictions
                        .ofStore(owner, store, NOON.plusSeconds(1))
                        .getLast()
                        .lost())
                .isEqualTo(HOUR);
        assertThat(restrictions.ofStore(other.actor(), other.store().id(), NOON.plusSeconds(1)))
                .isEmpty();
        assertThatThrownBy(() -> restrictions.ofStore(other.actor(), store, NOON))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> restrictions.restriction(owner, new RestrictionId(1)))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void networkTroubleAsksForConfirmationAndClosesNothing() {
        done(restrictions.plan(
                service, new Plan(Kind.NETWORK_TROUBLE, RestrictionTarget.of(store), null, null, null, null)));
        var state = hours.stateAt(owner, store, clock.instant());
        assertThat(state.open()).isTrue();
        assertThat(state.decision()).isEqualTo(Decision.CONFIRM);
        assertThat(state.reason()).isEqualTo(ReasonCode.NETWORK_TROUBLE);
        assertThat(restrictions.ofStore(owner, store, NOON).getFirst().lost()).isEqualTo(Duration.ZERO);
    }

    @Test
    void targetsAreFoundByNameAndNumber() {
        assertThat(restrictions.search(service, RestrictionScope.STORE, "巷口牛肉"))
                .isNotEmpty()
                .allMatch(it -> it.label().startsWith("巷口牛肉"));
        assertThat(restrictions.search(service, RestrictionScope.REGION, "43"))
                .startsWith(
                        new Restrictions.NamedTarget(RestrictionTarget.region("43"), "湖南省"),
                        new Restrictions.NamedTarget(RestrictionTarget.region("4301"), "湖南省长沙市"))
                .hasSize(20);
        assertThat(restrictions.search(service, RestrictionScope.REGION, "岳麓"))
                .containsExactly(new Restrictions.NamedTarget(RestrictionTarget.region("430104"), "湖南省长沙市岳麓区"));
        assertThat(restrictions.search(service, RestrictionScope.REGION, "99")).isEmpty();
        assertThat(done(restrictions.plan(
                                service,
                                new Plan(Kind.FAULT, RestrictionTarget.region("5401"), TONIGHT, null, null, null)))
                        .label())
                .isEqualTo("西藏自治区拉萨市");
        assertThat(restrictions.search(service, RestrictionScope.MODEL, "lakala-smart"))
                .hasSize(1);
        assertThat(restrictions.search(service, RestrictionScope.TERMINAL, "NOSUCH1"))
                .isEmpty();
        assertThat(restrictions.search(service, RestrictionScope.TERMINAL, "!")).isEmpty();
        assertThatThrownBy(() -> restrictions.search(owner, RestrictionScope.STORE, "巷"))
                .isInstanceOf(NotAllowedException.class);
    }

    private List<RestrictionId> ids(Band band) {
        var ids = new ArrayList<RestrictionId>();
        var page = restrictions.list(service, new Filter(band, Kind.FAULT), null, 2);
        page.items().forEach(it -> ids.add(it.id()));
        while (page.next() != null) {
            page = restrictions.list(service, new Filter(band, Kind.FAULT), page.next(), 2);
            page.items().forEach(it -> ids.add(it.id()));
        }
        return ids;
    }

    private List<AuditEntry> trail(PlannedRestriction planned) {
        var query = new AuditQuery(planned.id().toString(), null, null, null, null);
        return trail.page(fixtures.staff(Role.AUDITOR), query, null, 10);
    }

    private Plan maintenance(Instant from, Duration duration, @Nullable String why) {
        return new Plan(Kind.MAINTENANCE, RestrictionTarget.of(store), from, from.plus(duration), null, why);
    }

    private static PlannedRestriction done(RestrictionOutcome outcome) {
        assertThat(outcome).isInstanceOf(RestrictionOutcome.Done.class);
        return ((RestrictionOutcome.Done) outcome).now();
    }

    private StoreId openStore(String name, String region, Period period) {
        var opened = merchants.openStore(
                Fixtures.SYSTEM, merchant, new NewStore(name, null, region, "团结路 1 号", SHANGHAI, "restaurant"));
        open(opened, period);
        return opened;
    }

    private void open(StoreId which, Period period) {
        assertThat(hours.change(
                        owner,
                        new ChangeHours(
                                which, HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.of(period))), 0, null)))
                .isInstanceOf(ChangeOutcome.Changed.class);
    }
}
