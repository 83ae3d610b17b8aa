package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.DIRTY_SCOPE;
import static dev.zhanggui.db.Tables.ROLLOUT;
import static dev.zhanggui.db.Tables.ROLLOUT_GROUP;
import static dev.zhanggui.db.Tables.ROLLOUT_TERMINAL;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;
import static dev.zhanggui.portal.configuration.internal.StoreWithTerminals.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.FleetAlerts;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.configuration.Rollout;
import dev.zhanggui.portal.configuration.Rollout.Halt;
import dev.zhanggui.portal.configuration.Rollout.Turn;
import dev.zhanggui.portal.configuration.RolloutId;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.RolloutState;
import dev.zhanggui.portal.configuration.Rollouts;
import dev.zhanggui.portal.configuration.Rollouts.NewRollout;
import dev.zhanggui.portal.configuration.Rollouts.Proposal;
import dev.zhanggui.portal.configuration.Rollouts.Step;
import dev.zhanggui.portal.configuration.Rollouts.Stepped;
import dev.zhanggui.portal.configuration.Rollouts.Which;
import dev.zhanggui.portal.configuration.TerminalReports;
import dev.zhanggui.portal.configuration.TerminalReports.Batch;
import dev.zhanggui.portal.configuration.TerminalReports.Birth;
import dev.zhanggui.portal.configuration.TerminalReports.Presence;
import dev.zhanggui.portal.configuration.TerminalReports.Report;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Machine;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Opened;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.ClosureEnd;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.StartClosure;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.packs.PackVersions;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.NewPack;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rollouts from the proposal to the last terminal, on the real database, with a clock that the test moves. */
@Timeout(120)
class RolloutTest extends DatabaseTest {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final AtomicInteger REGION = new AtomicInteger(10);
    private static final Duration OBSERVED = Duration.ofMinutes(10);

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    Rollouts rollouts;

    @Autowired
    RolloutDriver driver;

    @Autowired
    RolloutLimits limits;

    @Autowired
    Expander expander;

    @Autowired
    FleetMarks fleet;

    @Autowired
    ConfigurationRows rows;

    @Autowired
    SignedDocuments documents;

    @Autowired
    TerminalReports reports;

    @Autowired
    Terminals terminals;

    @Autowired
    TradingHours hours;

    @Autowired
    PackVersions packVersions;

    @Autowired
    IndustryPacks packs;

    @Autowired
    AuditTrail trail;

    @Autowired
    Accounts accounts;

    @Autowired
    Notices notices;

    @Autowired
    StoredAlerts alerts;

    @Autowired
    Fixtures fixtures;

    @Autowired
    DSLContext db;

    private final Map<String, HoursDocument> published = new HashMap<>();
    private StoreWithTerminals stores;
    private Actor proposer;
    private Actor approver;

    @BeforeEach
    void twoPeopleAndNothingElseOnItsWay() {
        stores = beans.createBean(StoreWithTerminals.class);
        proposer = fixtures.staff(Role.ADMIN);
        approver = fixtures.staff(Role.ADMIN);
        forget();
        compile();
    }

    @AfterEach
    void sayWhatWasSaid() {
        forget();
        limits.above(1_000_000);
        Map.copyOf(published).forEach(this::publish);
        compile();
    }

    private void forget() {
        db.deleteFrom(ROLLOUT_TERMINAL).execute();
        db.deleteFrom(ROLLOUT_GROUP).execute();
        db.deleteFrom(ROLLOUT).execute();
    }

    // --- the whole way ---

    @Test
    void everyGroupOpensAfterTheOneBeforeProvedItselfAndNeverMoreThanHalfOfAStoreIsOnItsWay() {
        var region = region();
        var shops = List.of(opened(1, region), opened(2, region), opened(3, region), opened(5, region));
        var machines = machines(shops);
        var before = generations(machines);
        var id = approved(again(region));
        int open = 0;
        for (int round = 0; round < 60 && state(id) == RolloutState.RUNNING; round++) {
            drive(id);
            var now = rollout(id);
            assertThat(now.group()).isGreaterThanOrEqualTo(open);
            open = now.group();
            assertThat(now.groups())
                    .filteredOn(it -> it.number() < now.group())
                    .allSatisfy(it -> assertThat(it.in(Turn.APPLIED)).isEqualTo(it.members()));
            shops.forEach(shop -> assertThat(onTheirWay(id, shop))
                    .isLessThanOrEqualTo(Math.max(1, shop.machines().size() / 2)));
            // Nobody of a later group has anything new.
            groups(id).forEach((terminal, group) -> {
                if (group > now.group()) {
                    assertThat(generation(terminal)).isEqualTo(before.get(terminal));
                }
            });
            machines.stream().filter(it -> !inStep(it)).forEach(this::apply);
            clock.advance(OBSERVED);
        }
        var done = rollout(id);
        assertThat(done.state()).isEqualTo(RolloutState.DONE);
        assertThat(done.in(Turn.APPLIED)).isEqualTo(11);
        assertThat(done.groups())
                .extracting(Rollout.Group::members)
                .satisfies(
                        it -> assertThat(it.stream().mapToInt(Integer::intValue).sum())
                                .isEqualTo(11));
        machines.forEach(it -> assertThat(generation(it))
                .isEqualTo(Objects.requireNonNull(before.get(it.id().value())) + 1));
        // The model is met in the canary, however few there are.
        assertThat(done.groups().getFirst().members()).isPositive();
        assertThat(actions(id)).contains("rollout.proposed", "rollout.approved", "rollout.done");
        drive(id);
        assertThat(db.fetchCount(ROLLOUT, ROLLOUT.WORKING.isTrue())).isZero();
    }

    // --- halts ---

    @Test
    void aRefusalInTheCanaryHaltsItTellsStaffAndNobodyElseGetsAnything() {
        var region = region();
        var machines = machines(List.of(opened(2, region), opened(2, region), opened(1, region)));
        var staff = staff(Role.SERVICE);
        var id = approved(again(region));
        drive(id);
        var canary = given(id, machines);
        assertThat(canary).isNotEmpty();
        say(canary.getFirst(), ReportStage.REJECTED, 401);
        canary.stream().skip(1).forEach(this::apply);
        clock.advance(Duration.ofSeconds(2));
        drive(id);

        var halted = rollout(id);
        assertThat(halted.state()).isEqualTo(RolloutState.HALTED);
        assertThat(halted.halt()).isEqualTo(Halt.REFUSED);
        assertThat(rollouts.failures(approver, id)).containsExactly(new Rollouts.Failure(Turn.REFUSED, 401, 1));
        assertThat(rollouts.terminals(approver, id, new Which(Turn.REFUSED, null, 401), null, 10)
                        .rows())
                .singleElement()
                .satisfies(row -> assertThat(row.terminal().id())
                        .isEqualTo(canary.getFirst().id()));
        assertThat(notices.mine(staff, null)).anySatisfy(notice -> {
            assertThat(notice.template()).isEqualTo("rolloutHalted");
            assertThat(notice.values()).containsExactly("1");
            assertThat(notice.link()).isEqualTo("fleet/rollouts/" + id.value());
        });
        alerts.look();
        assertThat(((FleetAlerts) alerts).list(approver))
                .filteredOn(it -> it.rule().equals("rollout-halted") && it.clearedAt() == null)
                .hasSize(1);
        clock.advance(Duration.ofDays(1));
        drive(id);
        assertThat(given(id, machines)).hasSameSizeAs(canary);

        // Let go on by a person, the same failure does not halt it again.
        step(approver, id, Step.RESUME, "机器已修好");
        finish(id, machines, canary.getFirst());
        assertThat(rollout(id).state()).isEqualTo(RolloutState.DONE);
        assertThat(rollout(id).in(Turn.REFUSED)).isEqualTo(1);
        assertThat(rollout(id).in(Turn.APPLIED)).isEqualTo(machines.size() - 1);
        alerts.look();
        assertThat(((FleetAlerts) alerts).list(approver))
                .noneMatch(it -> it.rule().equals("rollout-halted") && it.clearedAt() == null);
    }

    @Test
    void silenceHaltsItAndAProofThatComesLateStillCounts() {
        var region = region();
        var machines = machines(List.of(opened(1, region), opened(2, region)));
        var id = approved(again(region));
        drive(id);
        clock.advance(limits.gates().silence().minusSeconds(1));
        drive(id);
        assertThat(state(id)).isEqualTo(RolloutState.RUNNING);
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        assertThat(state(id)).isEqualTo(RolloutState.HALTED);
        assertThat(rollout(id).halt()).isEqualTo(Halt.SILENT);
        int silent = rollout(id).in(Turn.SILENT);
        assertThat(silent).isPositive();

        given(id, machines).forEach(this::apply);
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        assertThat(rollout(id).in(Turn.SILENT)).isZero();
        assertThat(rollout(id).in(Turn.APPLIED)).isEqualTo(silent);
        assertThat(state(id)).isEqualTo(RolloutState.HALTED);
    }

    @Test
    void aTerminalThatGoesDarkBeforeItsProofHaltsItAndSoDoesOneAfterIt() {
        var region = region();
        var machines = machines(List.of(opened(1, region), opened(1, region)));
        var id = approved(again(region));
        drive(id);
        var canary = given(id, machines);
        canary.forEach(it -> presence(it, false));
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        assertThat(rollout(id).halt()).isEqualTo(Halt.SILENT);
        assertThat(rollout(id).in(Turn.DARK)).isEqualTo(canary.size());

        canary.forEach(it -> presence(it, true));
        canary.forEach(this::apply);
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        step(approver, id, Step.RESUME, "店里断过电");
        canary.forEach(it -> presence(it, false));
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        assertThat(rollout(id).halt()).isEqualTo(Halt.GONE);
    }

    @Test
    void aTerminalThatIsSwitchedOffAtClosingTimeIsNoFailureUntilItsShopHasOpenedAgain() {
        var region = region();
        var machines = machines(List.of(nineToSix(region), nineToSix(region)));
        clock.set(here("2026-03-16T17:40"));
        var id = approved(again(region));
        drive(id);
        var canary = given(id, machines);
        machines.forEach(it -> presence(it, false));
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        assertThat(rollout(id).in(Turn.RESTING)).isEqualTo(canary.size());

        clock.set(here("2026-03-17T09:29"));
        drive(id);
        assertThat(rollout(id).in(Turn.RESTING)).isEqualTo(canary.size());
        assertThat(state(id)).isEqualTo(RolloutState.RUNNING);

        clock.set(here("2026-03-17T09:31"));
        drive(id);
        assertThat(rollout(id).in(Turn.DARK)).isEqualTo(canary.size());
        assertThat(rollout(id).halt()).isEqualTo(Halt.SILENT);
    }

    @Test
    void aTerminalThatRestedGoesOnWhereItWasWhenItComesBack() {
        var region = region();
        var machines = machines(List.of(nineToSix(region), nineToSix(region)));
        clock.set(here("2026-03-16T17:40"));
        var id = approved(again(region));
        drive(id);
        var canary = given(id, machines);
        machines.forEach(it -> presence(it, false));
        clock.advance(Duration.ofSeconds(3));
        drive(id);

        clock.set(here("2026-03-17T08:50"));
        canary.forEach(it -> presence(it, true));
        canary.forEach(this::apply);
        drive(id);
        clock.set(here("2026-03-17T09:31"));
        drive(id);
        assertThat(rollout(id).in(Turn.APPLIED)).isEqualTo(canary.size());
        assertThat(rollout(id).in(Turn.RESTING)).isZero();
        assertThat(rollout(id).halt()).isNull();
    }

    @Test
    void aTerminalThatRestedIsGivenTimeAgainWhenItComesBack() {
        var region = region();
        var machines = machines(List.of(nineToSix(region), nineToSix(region)));
        clock.set(here("2026-03-16T17:40"));
        var id = approved(again(region));
        drive(id);
        var canary = given(id, machines);
        machines.forEach(it -> presence(it, false));
        clock.advance(Duration.ofSeconds(3));
        drive(id);

        clock.set(here("2026-03-17T08:50"));
        canary.forEach(it -> presence(it, true));
        drive(id);
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        assertThat(rollout(id).in(Turn.SENDING)).isEqualTo(canary.size());
        assertThat(state(id)).isEqualTo(RolloutState.RUNNING);

        clock.advance(limits.gates().silence());
        drive(id);
        assertThat(rollout(id).in(Turn.SILENT)).isEqualTo(canary.size());
        assertThat(rollout(id).halt()).isEqualTo(Halt.SILENT);
    }

    @Test
    void aStoppedOneDoesNotWaitForShopsThatStayClosed() {
        var region = region();
        var machines = machines(List.of(nineToSix(region), nineToSix(region)));
        clock.set(here("2026-03-16T17:40"));
        var id = approved(again(region));
        drive(id);
        machines.forEach(it -> presence(it, false));
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        assertThat(rollout(id).in(Turn.RESTING)).isPositive();
        step(approver, id, Step.STOP, "写错了");
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        assertThat(db.select(ROLLOUT.WORKING)
                        .from(ROLLOUT)
                        .where(ROLLOUT.ID.eq(id.value()))
                        .fetchSingle()
                        .value1())
                .isFalse();
    }

    @Test
    void aChangeThatBreaksTerminalsAfterMinutesDoesNotPassAtNightEither() {
        var region = region();
        var machines = machines(List.of(nineToSix(region), nineToSix(region)));
        clock.set(here("2026-03-16T23:00"));
        var id = approved(again(region));
        drive(id);
        var canary = given(id, machines);
        canary.forEach(this::apply);
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        clock.advance(Duration.ofMinutes(3));
        canary.forEach(it -> presence(it, false));
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        assertThat(rollout(id).in(Turn.RESTING)).isEqualTo(canary.size());

        clock.advance(OBSERVED.multipliedBy(3));
        drive(id);
        assertThat(rollout(id).group()).isEqualTo(1);
        assertThat(given(id, machines)).isEqualTo(canary);
    }

    @Test
    void aTerminalThatLivedWithItIsGoneOnlyWhenItDoesNotComeBackInTheMorning() {
        var region = region();
        var machines = machines(List.of(nineToSix(region), nineToSix(region)));
        clock.set(here("2026-03-16T17:30"));
        var id = approved(again(region));
        drive(id);
        var canary = given(id, machines);
        machines.stream().filter(it -> !canary.contains(it)).forEach(it -> presence(it, false));
        canary.forEach(this::apply);
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        clock.advance(OBSERVED);
        canary.forEach(it -> presence(it, false));
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        assertThat(rollout(id).in(Turn.APPLIED)).isEqualTo(canary.size());
        assertThat(rollout(id).in(Turn.GONE)).isZero();

        clock.set(here("2026-03-17T09:31"));
        drive(id);
        assertThat(rollout(id).in(Turn.GONE)).isEqualTo(canary.size());
    }

    @Test
    void aRollBackAfterTheProofHaltsIt() {
        var region = region();
        var machines = machines(List.of(opened(1, region)));
        var id = approved(again(region));
        drive(id);
        apply(machines.getFirst());
        clock.advance(Duration.ofMinutes(5));
        drive(id);
        assertThat(rollout(id).in(Turn.APPLIED)).isEqualTo(1);
        say(machines.getFirst(), ReportStage.ROLLED_BACK, 402);
        clock.advance(Duration.ofSeconds(3));
        drive(id);
        assertThat(rollout(id).halt()).isEqualTo(Halt.REFUSED);
        assertThat(rollouts.failures(approver, id)).containsExactly(new Rollouts.Failure(Turn.REFUSED, 402, 1));
    }

    // --- people ---

    @Test
    void aPauseInTheMiddleOfOpeningAGroupKeepsTheOthersWaiting() {
        var region = region();
        var shops = new ArrayList<Opened>();
        for (int i = 0; i < 8; i++) {
            shops.add(opened(1, region));
        }
        var machines = machines(shops);
        var id = approved(again(region));
        // All in the last group but one, so that there is a middle.
        drive(id);
        db.update(ROLLOUT_TERMINAL)
                .set(ROLLOUT_TERMINAL.GROUP_NO, (short) 2)
                .where(ROLLOUT_TERMINAL.STATE.eq(Turn.WAITING.name()))
                .execute();
        given(id, machines).forEach(this::apply);
        int first = given(id, machines).size();
        clock.advance(OBSERVED);
        var slow = driver(2);
        slow.advance(id); // The first group passes, the second opens.
        assertThat(rollout(id).group()).isEqualTo(2);
        slow.advance(id); // Two of it have their turn.
        assertThat(given(id, machines)).hasSize(first + 2);

        step(fixtures.staff(Role.SERVICE), id, Step.PAUSE, "先看看");
        for (int i = 0; i < 5; i++) {
            slow.advance(id);
        }
        clock.advance(Duration.ofHours(3));
        drive(id);
        assertThat(state(id)).isEqualTo(RolloutState.PAUSED);
        assertThat(given(id, machines)).hasSize(first + 2);

        step(approver, id, Step.RESUME, "没问题");
        drive(id);
        assertThat(given(id, machines)).hasSameSizeAs(machines);
    }

    @Test
    void twoPortalsGiveEveryTerminalOneTurnAndNeverMoreThanHalfOfAStore() throws Exception {
        var region = region();
        var shops = List.of(opened(2, region), opened(4, region), opened(4, region), opened(3, region));
        var machines = machines(shops);
        var id = approved(again(region));
        while (rollout(id).group() == 0) {
            driver.advance(id);
        }
        db.update(ROLLOUT_TERMINAL)
                .set(ROLLOUT_TERMINAL.GROUP_NO, (short) RolloutPlan.CANARY)
                .execute();
        var portals = List.of(driver(1), driver(2));
        var barrier = new CyclicBarrier(portals.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var racing = portals.stream()
                    .map(portal -> CompletableFuture.runAsync(
                            () -> {
                                try {
                                    barrier.await();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                                for (int i = 0; i < 30; i++) {
                                    portal.advance(id);
                                }
                            },
                            threads))
                    .toList();
            for (var each : racing) {
                each.get();
            }
        }
        shops.forEach(shop -> assertThat(onTheirWay(id, shop))
                .isEqualTo(Math.max(1, shop.machines().size() / 2)));
        int given = given(id, machines).size();
        assertThat(db.fetchCount(DIRTY_SCOPE, DIRTY_SCOPE.CAUSE.eq(ChangeCause.RESENT.name())))
                .isEqualTo(given)
                .isEqualTo(1 + 2 + 2 + 1);
    }

    @Test
    void whoWasAwayGetsItsTurnWhenItComesBackAlsoAfterAllGroupsHavePassed() {
        var region = region();
        var shops = List.of(opened(1, region), opened(1, region), opened(1, region), opened(1, region));
        var machines = machines(shops);
        var id = approved(again(region));
        while (rollout(id).groups().isEmpty()) {
            driver.advance(id);
        }
        // One that is not in the canary alone, where half must be here.
        db.update(ROLLOUT_TERMINAL)
                .set(ROLLOUT_TERMINAL.GROUP_NO, (short) RolloutPlan.CANARY)
                .execute();
        var away = machines.getLast();
        presence(away, false);
        long before = generation(away);
        finish(id, machines.subList(0, 3), null);
        assertThat(state(id)).isEqualTo(RolloutState.DONE);
        assertThat(rollout(id).in(Turn.WAITING)).isEqualTo(1);
        assertThat(generation(away)).isEqualTo(before);

        presence(away, true);
        clock.advance(Duration.ofSeconds(31));
        drive(id);
        assertThat(generation(away)).isEqualTo(before + 1);
        apply(away);
        clock.advance(Duration.ofSeconds(31));
        drive(id);
        assertThat(rollout(id).in(Turn.APPLIED)).isEqualTo(4);
    }

    // --- what is held, and what is not ---

    @Test
    void aPublicationForManyHoldsEverybodyUntilTheirTurnAndAnEditBringsItsOwnChangeOnly() {
        var shop = openedFor(2, "repair");
        var usual = outside(shop.machine());
        limits.above(0);
        publish("repair", Outside.DENY);
        var id = active();
        compile();
        assertThat(rollout(id).kind()).isEqualTo(RolloutKind.PACK);
        assertThat(rollout(id).detail()).isEqualTo("repair");
        // Before anybody has a group, an edit goes at once, and brings nothing else.
        rename(shop.machines().getFirst(), "前台");
        compile();
        assertThat(seat(shop.machines().getFirst())).isEqualTo("前台");
        assertThat(shop.machines())
                .extracting(this::outside)
                .containsOnly(usual)
                .doesNotContain("DENY");

        drive(id);
        var canary = given(id, shop.machines());
        assertThat(canary).hasSize(1);
        var other = shop.machines().stream()
                .filter(it -> !canary.contains(it))
                .findFirst()
                .orElseThrow();
        assertThat(outside(canary.getFirst())).isEqualTo("DENY");
        assertThat(outside(other)).isEqualTo(usual);
        rename(other, "后门");
        rename(canary.getFirst(), "窗口");
        compile();
        assertThat(seat(other)).isEqualTo("后门");
        assertThat(outside(other)).isEqualTo(usual);
        assertThat(seat(canary.getFirst())).isEqualTo("窗口");
        assertThat(outside(canary.getFirst())).isEqualTo("DENY");
        // Nor does a renewal, which nobody watches, bring it.
        long generation = generation(other);
        db.update(TERMINAL_CONFIGURATION)
                .set(TERMINAL_CONFIGURATION.LEASE_UNTIL, clock.instant().plus(Duration.ofDays(1)))
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(other.id().value()))
                .execute();
        beans.getBean(TransactionTemplate.class)
                .executeWithoutResult(status -> beans.getBean(DirtyScopes.class)
                        .mark(shop.store(), other.id(), ChangeCause.RENEWAL, Renewals.WHO));
        compile();
        assertThat(generation(other)).isEqualTo(generation + 1);
        assertThat(outside(other)).isEqualTo(usual);

        finish(id, shop.machines(), null);
        assertThat(state(id)).isEqualTo(RolloutState.DONE);
        assertThat(outside(other)).isEqualTo("DENY");
    }

    @Test
    void aTerminalBoundMeanwhileKeepsToTheEarlierWordAndAKillSwitchPassesEverything() {
        var shop = openedFor(2, "hairdresser");
        var usual = outside(shop.machine());
        limits.above(0);
        publish("hairdresser", Outside.DENY);
        var id = active();
        drive(id);
        step(approver, id, Step.PAUSE, "等等");
        var late = stores.activate(shop.merchant(), shop.store(), "新来的");
        compile();
        assertThat(outside(late)).isEqualTo(usual);

        hours.start(
                shop.owner(),
                new StartClosure(shop.store(), Closure.Kind.CLOSE_NOW, new ClosureEnd.UntilEnded(), null, false));
        compile();
        var all = new ArrayList<>(shop.machines());
        all.add(late);
        for (var machine : all) {
            assertThat(opens(machine)).isFalse();
            assertThat(rows.find(machine.id()).orElseThrow().getLane())
                    .isEqualTo(ConfigurationRows.lane(dev.zhanggui.portal.configuration.Lane.KILL_SWITCH));
        }
        assertThat(all).extracting(this::outside).containsOnlyOnce("DENY");
    }

    @Test
    void aRevertTakesTheEarlierWordToAllWhoHadTheNewOneUnderANewNumber() {
        var shops = List.of(openedFor(2, "fruit"), openedFor(1, "fruit"), openedFor(1, "fruit"));
        var machines = machines(shops);
        var before = machines.stream()
                .collect(Collectors.toMap(
                        it -> it,
                        it -> Objects.requireNonNull(
                                rows.find(it.id()).orElseThrow().getDocuments())));
        limits.above(0);
        publish("fruit", Outside.DENY);
        var id = active();
        drive(id);
        var canary = given(id, machines);
        canary.forEach(this::apply);
        var generations = generations(machines);

        step(approver, id, Step.REVERT, "老人看不懂");
        drive(id);
        assertThat(rollout(id).state()).isEqualTo(RolloutState.REVERTED);
        assertThat(rollout(id).in(Turn.RETURNED)).isEqualTo(canary.size());
        for (var machine : machines) {
            assertThat(rows.find(machine.id()).orElseThrow().getDocuments()).isEqualTo(before.get(machine));
            assertThat(generation(machine))
                    .isEqualTo(
                            Objects.requireNonNull(generations.get(machine.id().value()))
                                    + (canary.contains(machine) ? 1 : 0));
        }
        assertThat(rows.history(canary.getFirst().id(), 1).getFirst().cause()).isEqualTo(ChangeCause.REVERTED);
        assertThat(rollouts.may(approver, rollout(id), Step.RESUME)).isFalse();

        // What is published next goes its own way, from the earlier word.
        publish("fruit", Outside.ALLOW);
        var next = active();
        assertThat(next).isNotEqualTo(id);
        drive(next);
        finish(next, machines, null);
        assertThat(machines).allSatisfy(it -> assertThat(outside(it)).isEqualTo("ALLOW"));
        assertThat(db.fetchCount(ROLLOUT, ROLLOUT.IN_FORCE.isTrue())).isZero();
    }

    @Test
    void aNewerPublicationTakesTheRunningOnesPlace() {
        var shop = openedFor(2, "clothing");
        limits.above(0);
        publish("clothing", Outside.DENY);
        var first = active();
        drive(first);
        var canary = given(first, shop.machines()).getFirst();
        publish("clothing", Outside.ALLOW);
        assertThat(state(first)).isEqualTo(RolloutState.SUPERSEDED);
        rename(canary, "还是它");
        compile();
        // Until the newer one comes to it, it goes by the one that had come.
        assertThat(outside(canary)).isEqualTo("DENY");
        assertThat(rollouts.may(approver, rollout(first), Step.REVERT)).isFalse();
        assertThat(rollouts.step(approver, first, Step.REVERT, rollout(first).version(), "不对"))
                .isInstanceOf(Stepped.NotPossible.class);
    }

    @Test
    void aPublicationForFewGoesToThemAtOnce() {
        var shop = openedFor(1, "bar");
        publish("bar", Outside.DENY);
        compile();
        assertThat(db.fetchCount(ROLLOUT)).isZero();
        assertThat(outside(shop.machine())).isEqualTo("DENY");
    }

    @Test
    void aStopLeavesTheNewWordWhereItIsAndEverybodyElseAtTheEarlierOne() {
        var shop = openedFor(2, "convenience");
        limits.above(0);
        publish("convenience", Outside.DENY);
        var id = active();
        drive(id);
        step(fixtures.staff(Role.SERVICE), id, Step.STOP, "不发了");
        given(id, shop.machines()).forEach(this::apply);
        clock.advance(Duration.ofDays(2));
        drive(id);
        shop.machines().forEach(it -> rename(it, "改名"));
        compile();
        assertThat(shop.machines()).extracting(this::outside).containsOnlyOnce("DENY");
        assertThat(rollouts.step(approver, id, Step.RESUME, rollout(id).version(), "再来"))
                .isInstanceOf(Stepped.NotPossible.class);
        assertThat(step(approver, id, Step.REVERT, "都退回").state()).isEqualTo(RolloutState.REVERTED);
    }

    // --- two people ---

    @Test
    void theProposerDoesNotApproveAndEveryRefusalSaysWhy() {
        var wish =
                new NewRollout(RolloutKind.SCREEN, new Words("今晚检修", "Service tonight"), RestrictionTarget.ALL, "提醒");
        var id =
                ((Proposal.Proposed) rollouts.propose(proposer, wish)).rollout().id();
        assertThat(rollouts.propose(approver, wish)).isEqualTo(new Proposal.OtherWaits());
        assertThat(rollouts.approve(proposer, id)).isInstanceOf(Ruling.OwnProposal.class);
        assertThatThrownBy(() -> rollouts.approve(fixtures.staff(Role.SERVICE), id))
                .isInstanceOf(NotAllowedException.class);
        assertThat(rollouts.reject(approver, id, " ")).isInstanceOf(Ruling.ReasonNeeded.class);
        assertThatThrownBy(() -> rollouts.withdraw(approver, id)).isInstanceOf(NotAllowedException.class);
        // Nothing moves while it waits.
        driver.advance(id);
        assertThat(rollout(id).state()).isEqualTo(RolloutState.WAITING);
        assertThat(rollout(id).given()).isZero();
        assertThat(rollouts.step(approver, id, Step.RESUME, rollout(id).version(), "绕过去"))
                .isInstanceOf(Stepped.NotPossible.class);

        assertThat(rollouts.approve(fixtures.staff(Role.REVIEWER), id)).isInstanceOf(Ruling.Decided.class);
        assertThat(rollouts.approve(approver, id)).isInstanceOf(Ruling.NotWaiting.class);
        assertThat(rollouts.withdraw(proposer, id)).isInstanceOf(Ruling.NotWaiting.class);
        assertThatThrownBy(() -> rollouts.rollout(approver, new RolloutId(1))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aRejectedOneIsForgottenAndAnotherMayBeProposed() {
        var wish = new NewRollout(RolloutKind.SCREEN, new Words("一句话", "A line"), RestrictionTarget.ALL, "试试");
        opened(1, region());
        var id =
                ((Proposal.Proposed) rollouts.propose(proposer, wish)).rollout().id();
        while (driver.advance(id)) {}
        assertThat(db.fetchCount(ROLLOUT_TERMINAL)).isPositive();
        assertThat(rollouts.reject(approver, id, "写得不清楚")).isInstanceOf(Ruling.Decided.class);
        while (driver.advance(id)) {}
        assertThat(db.fetchCount(ROLLOUT_TERMINAL)).isZero();
        assertThat(rollout(id).said()).isEqualTo("写得不清楚");
        assertThat(rollouts.propose(proposer, wish)).isInstanceOf(Proposal.Proposed.class);
    }

    @Test
    void whatCannotBeRolledOutIsNamed() {
        var words = new Words("话", "words");
        var all = RestrictionTarget.ALL;
        assertThat(invalid(new NewRollout(RolloutKind.PACK, null, all, "r"))).isEqualTo("kind");
        assertThat(invalid(new NewRollout(RolloutKind.SCREEN, new Words("话", " "), all, "r")))
                .isEqualTo("words");
        assertThat(invalid(new NewRollout(RolloutKind.SCREEN, new Words("话".repeat(41), "w"), all, "r")))
                .isEqualTo("words");
        assertThat(invalid(new NewRollout(RolloutKind.RESEND, words, all, "r"))).isEqualTo("words");
        assertThat(invalid(new NewRollout(RolloutKind.SCREEN, words, RestrictionTarget.region("35"), "r")))
                .isEqualTo("target");
        assertThat(invalid(new NewRollout(
                        RolloutKind.RESEND,
                        null,
                        new RestrictionTarget(dev.zhanggui.portal.tradinghours.RestrictionScope.STORE, "1"),
                        "r")))
                .isEqualTo("target");
        assertThat(invalid(new NewRollout(RolloutKind.SCREEN, words, all, ""))).isEqualTo("reason");
        assertThat(rollouts.propose(proposer, new NewRollout(RolloutKind.SCREEN, null, all, "r")))
                .isEqualTo(new Proposal.NothingNew());
        assertThatThrownBy(() -> rollouts.propose(
                        fixtures.staff(Role.REVIEWER), new NewRollout(RolloutKind.SCREEN, words, all, "r")))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void aStepNeedsTheVersionThatWasReadAReasonAndTheRole() {
        var region = region();
        opened(1, region);
        var id = approved(again(region));
        int version = rollout(id).version();
        assertThat(rollouts.step(approver, id, Step.PAUSE, version, "  ")).isEqualTo(new Stepped.ReasonNeeded());
        assertThat(rollouts.step(approver, id, Step.PAUSE, version, "长".repeat(201)))
                .isEqualTo(new Stepped.ReasonNeeded());
        assertThat(rollouts.step(approver, id, Step.PAUSE, version, "停一下")).isInstanceOf(Stepped.Done.class);
        // The second click, and the other tab.
        assertThat(rollouts.step(approver, id, Step.PAUSE, version, "停一下"))
                .isInstanceOf(Stepped.ChangedMeanwhile.class);
        assertThat(rollouts.step(approver, id, Step.PAUSE, version + 1, "停一下")).isInstanceOf(Stepped.NotPossible.class);
        assertThat(rollouts.step(approver, id, Step.REVERT, version + 1, "退回")).isInstanceOf(Stepped.NotPossible.class);
        assertThatThrownBy(() -> rollouts.step(fixtures.staff(Role.SERVICE), id, Step.RESUME, version + 1, "继续"))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> rollouts.step(fixtures.staff(Role.REVIEWER), id, Step.STOP, version + 1, "停"))
                .isInstanceOf(NotAllowedException.class);
        assertThat(trail.page(
                        fixtures.staff(Role.AUDITOR),
                        new AuditQuery(id.toString(), null, "rollout.paused", null, null),
                        null,
                        10))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.reason()).isEqualTo("停一下");
                    assertThat(entry.before()).contains("RUNNING");
                    assertThat(entry.after()).contains("PAUSED");
                });
    }

    // --- helpers ---

    private String invalid(NewRollout wish) {
        return ((Proposal.Invalid) rollouts.propose(proposer, wish)).field();
    }

    private static String region() {
        return "82%04d".formatted(REGION.incrementAndGet());
    }

    private NewRollout again(String region) {
        return new NewRollout(RolloutKind.RESEND, null, RestrictionTarget.region(region), "换了密钥");
    }

    private RolloutId approved(NewRollout wish) {
        var id =
                ((Proposal.Proposed) rollouts.propose(proposer, wish)).rollout().id();
        assertThat(rollouts.approve(approver, id)).isInstanceOf(Ruling.Decided.class);
        return id;
    }

    private RolloutId active() {
        return new RolloutId(db.select(ROLLOUT.ID)
                .from(ROLLOUT)
                .where(ROLLOUT.ACTIVE_SUBJECT.isNotNull())
                .fetchSingle()
                .value1());
    }

    private Rollout step(Actor actor, RolloutId id, Step step, String reason) {
        return ((Stepped.Done) rollouts.step(actor, id, step, rollout(id).version(), reason)).now();
    }

    private Rollout rollout(RolloutId id) {
        return rollouts.rollout(approver, id);
    }

    private RolloutState state(RolloutId id) {
        return rollout(id).state();
    }

    private RolloutDriver driver(int atOnce) {
        return new RolloutDriver(
                beans.getBean(RolloutRows.class),
                beans.getBean(RolloutPlanner.class),
                limits,
                beans.getBean(DirtyScopes.class),
                hours,
                beans.getBean(RolloutNotices.class),
                beans.getBean(AuditLog.class),
                (ApplicationEventPublisher) event -> {},
                beans.getBean(TransactionTemplate.class),
                beans.getBean(Clock.class),
                atOnce);
    }

    /** All that can be done without anybody's answer and without time. */
    private void drive(RolloutId id) {
        boolean more;
        do {
            compile();
            more = driver.advance(id);
        } while (more);
        compile();
    }

    private void compile() {
        do {
            while (expander.expandDue() > 0) {}
        } while (fleet.spread());
    }

    /** Every machine but one proves whatever it is given, until the rollout is over. */
    private void finish(RolloutId id, List<Machine> machines, @Nullable Machine but) {
        for (int round = 0; round < 60 && state(id) == RolloutState.RUNNING; round++) {
            drive(id);
            machines.stream().filter(it -> !it.equals(but) && !inStep(it)).forEach(this::apply);
            clock.advance(OBSERVED);
        }
        drive(id);
    }

    private Opened opened(int terminals, String region) {
        return ready(stores.open(terminals, region, "restaurant"));
    }

    private Opened nineToSix(String region) {
        var shop = opened(1, region);
        var weekly = HoursDocument.weekly(CHINA, Weekly.everyDay(DayPlan.of(Period.of(9, 0, 18, 0))));
        assertThat(hours.change(SYSTEM, new ChangeHours(HoursScope.of(shop.store()), weekly, 0, null)))
                .isInstanceOf(ChangeOutcome.Changed.class);
        return ready(shop);
    }

    private static Instant here(String local) {
        return LocalDateTime.parse(local).atZone(CHINA).toInstant();
    }

    private Opened openedFor(int terminals, String industry) {
        return ready(stores.open(terminals, "350102", industry));
    }

    private Opened ready(Opened opened) {
        compile();
        opened.machines().forEach(it -> {
            presence(it, true);
            apply(it);
        });
        return opened;
    }

    private static List<Machine> machines(List<Opened> shops) {
        return shops.stream().flatMap(it -> it.machines().stream()).toList();
    }

    private List<Machine> given(RolloutId id, List<Machine> machines) {
        var given = Set.copyOf(db.select(ROLLOUT_TERMINAL.TERMINAL_ID)
                .from(ROLLOUT_TERMINAL)
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(id.value()))
                .and(ROLLOUT_TERMINAL.STATE.ne(Turn.WAITING.name()))
                .fetch(ROLLOUT_TERMINAL.TERMINAL_ID));
        return machines.stream().filter(it -> given.contains(it.id().value())).toList();
    }

    private int onTheirWay(RolloutId id, Opened shop) {
        return db.fetchCount(
                ROLLOUT_TERMINAL,
                ROLLOUT_TERMINAL
                        .ROLLOUT_ID
                        .eq(id.value())
                        .and(ROLLOUT_TERMINAL.STATE.eq(Turn.SENDING.name()))
                        .and(ROLLOUT_TERMINAL.TERMINAL_ID.in(shop.machines().stream()
                                .map(it -> it.id().value())
                                .toList())));
    }

    private Map<Long, Integer> groups(RolloutId id) {
        return db.select(ROLLOUT_TERMINAL.TERMINAL_ID, ROLLOUT_TERMINAL.GROUP_NO)
                .from(ROLLOUT_TERMINAL)
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(id.value()))
                .fetchMap(row -> row.value1(), row -> (int) row.value2());
    }

    private Map<Long, Long> generations(List<Machine> machines) {
        return machines.stream().collect(Collectors.toMap(it -> it.id().value(), this::generation));
    }

    private long generation(Machine machine) {
        return generation(machine.id().value());
    }

    private long generation(long terminal) {
        return rows.find(new dev.zhanggui.portal.shared.TerminalId(terminal))
                .orElseThrow()
                .getDesiredGen();
    }

    private boolean inStep(Machine machine) {
        var row = rows.find(machine.id()).orElseThrow();
        return Objects.equals(row.getRunningDigest(), row.getDesiredDigest());
    }

    private void presence(Machine machine, boolean online) {
        if (online) {
            var row = rows.find(machine.id()).orElseThrow();
            var running = row.getRunningGen() == null
                    ? ConfigurationVersion.NONE
                    : new ConfigurationVersion(row.getRunningEpoch(), row.getRunningGen());
            record(new Batch(
                    List.of(),
                    List.of(),
                    List.of(new Birth(machine.publicId(), running, row.getRunningDigest(), "kit 1", "boot-1")),
                    List.of()));
        } else {
            record(new Batch(
                    List.of(), List.of(new Presence(machine.publicId(), false, "boot-1")), List.of(), List.of()));
        }
    }

    private void apply(Machine machine) {
        say(machine, ReportStage.APPLIED, 0);
    }

    private void say(Machine machine, ReportStage stage, int code) {
        var row = rows.find(machine.id()).orElseThrow();
        record(new Batch(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Report(
                        machine.publicId(),
                        ConfigurationRows.desired(row),
                        Objects.requireNonNull(row.getDesiredDigest()),
                        stage,
                        code))));
    }

    private void record(Batch batch) {
        reports.record(SYSTEM, "bridge-1", batch);
    }

    private void rename(Machine machine, String seat) {
        terminals.rename(
                SYSTEM,
                machine.id(),
                seat,
                terminals.terminal(SYSTEM, machine.id()).version());
    }

    private String outside(Machine machine) {
        return payload(Objects.requireNonNull(document(machine, "acceptance")))
                .path("outside")
                .path("policy")
                .asString();
    }

    private boolean opens(Machine machine) {
        var now = clock.instant();
        boolean open = false;
        for (var transition : payload(Objects.requireNonNull(document(machine, "hours")))
                .path("transitions")
                .values()) {
            if (!Instant.parse(transition.path("at").asString()).isAfter(now)) {
                open = transition.path("open").asBoolean();
            }
        }
        return open;
    }

    private String seat(Machine machine) {
        return payload(Objects.requireNonNull(document(machine, "screen")))
                .path("seat")
                .asString();
    }

    private @Nullable String document(Machine machine, String kind) {
        for (var pin : rows.find(machine.id()).orElseThrow().getDocuments().split(" ")) {
            if (pin.startsWith(kind + "=")) {
                var digest = pin.substring(kind.length() + 1);
                return documents.byDigest(List.of(digest)).get(digest);
            }
        }
        return null;
    }

    private static JsonNode payload(String jws) {
        return JsonMapper.shared()
                .readTree(new String(Base64.getUrlDecoder().decode(jws.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    private void publish(String industry, Outside outside) {
        publish(
                industry,
                packs.at(industry, clock.instant()).orElseThrow().rules().withOutside(outside));
    }

    private void publish(String industry, HoursDocument rules) {
        clock.advance(Duration.ofSeconds(1));
        var now = packs.at(industry, clock.instant()).orElseThrow();
        var wish = new NewPack(
                industry,
                rules.json(),
                now.suggestion() == null
                        ? ""
                        : HoursDocument.weekly(CHINA, now.suggestion()).json(),
                now.owner().words(),
                "试试",
                now.reviewBy());
        if (packVersions.propose(fixtures.staff(Role.ADMIN), wish)
                instanceof PackVersions.Proposal.Proposed(var version)) {
            assertThat(packVersions.publish(fixtures.staff(Role.REVIEWER), version.id()))
                    .isInstanceOf(Ruling.Decided.class);
            published.putIfAbsent(industry, now.rules());
        }
    }

    private Actor staff(Role role) {
        var account = ((StaffCreation.Created) accounts.createStaff(
                        SYSTEM, "o" + Long.toString(Ids.next(), 36), "值班", "correct horse battery", Set.of(role)))
                .account();
        return Actor.person(account, "值班", Set.of(role));
    }

    private List<String> actions(RolloutId id) {
        return trail
                .page(fixtures.staff(Role.AUDITOR), new AuditQuery(id.toString(), null, null, null, null), null, 50)
                .stream()
                .map(it -> it.action())
                .toList();
    }
}
