package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.db.tables.records.RolloutRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.Rollout.Group;
import dev.zhanggui.portal.configuration.Rollout.Halt;
import dev.zhanggui.portal.configuration.Rollout.Turn;
import dev.zhanggui.portal.configuration.RolloutId;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.RolloutProgressed;
import dev.zhanggui.portal.configuration.RolloutState;
import dev.zhanggui.portal.configuration.internal.RolloutGate.Forgiven;
import dev.zhanggui.portal.configuration.internal.RolloutGate.Verdict;
import dev.zhanggui.portal.configuration.internal.RolloutRows.Candidate;
import dev.zhanggui.portal.configuration.internal.RolloutRows.Progress;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.tradinghours.TradingHours;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drives rollouts on: plans, opens groups, gives terminals their turn, hears what became of them, and halts. Each step is one
 * transaction that holds the rollouts locked, so any number of portals may drive, one does at a time, and one that dies leaves a
 * whole step behind or none.
 */
@Component
class RolloutDriver {

    /** How long a terminal that was away all along still gets its turn by its group; later it gets the newest as any edit. */
    static final Duration TAIL = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(RolloutDriver.class);
    private static final Actor SELF = Actor.system("rollout");
    private static final int MOST = 200;
    private static final int PROGRESS_AT_ONCE = 1_000;
    private static final int FORGOTTEN_AT_ONCE = 1_000;

    /** Between two looks at what terminals said; longer for large ones, whose counting takes longer. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final int TERMINALS_PER_SECOND = 20_000;
    private static final Duration LOOK_AT_TAIL = Duration.ofSeconds(30);

    /** For portals whose clocks differ, and for words that commit late. */
    private static final Duration BACK = Duration.ofSeconds(15);

    private static final Duration RATED_EVERY = Duration.ofSeconds(20);

    private final RolloutRows rows;
    private final RolloutPlanner planner;
    private final RolloutLimits limits;
    private final DirtyScopes dirty;
    private final TradingHours hours;
    private final RolloutNotices notices;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final int atOnce;

    RolloutDriver(
            RolloutRows rows,
            RolloutPlanner planner,
            RolloutLimits limits,
            DirtyScopes dirty,
            TradingHours hours,
            RolloutNotices notices,
            AuditLog audit,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${zhanggui.rollout.at-once:100}") int atOnce) {
        this.rows = rows;
        this.planner = planner;
        this.limits = limits;
        this.dirty = dirty;
        this.hours = hours;
        this.notices = notices;
        this.audit = audit;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
        this.atOnce = atOnce;
    }

    /** What a step led to. */
    private record Step(boolean more, boolean changed) {}

    /** One helping of every rollout; true when one has more to do at once. */
    boolean advance() {
        boolean more = false;
        for (var id : rows.working(MOST)) {
            more |= advance(id);
        }
        return more;
    }

    /** One helping; true when there is more to do at once. */
    boolean advance(RolloutId id) {
        try {
            var step = Objects.requireNonNull(transaction.execute(status -> step(id)));
            if (step.changed()) {
                events.publishEvent(new RolloutProgressed(id));
            }
            return step.more();
        } catch (ConcurrencyFailureException e) {
            LOG.info("Lost a race over {}; it comes again", id, e);
            return false;
        }
    }

    private Step step(RolloutId id) {
        var working = rows.lockWorking(MOST);
        var found = working.stream().filter(it -> it.getId().equals(id.value())).findFirst();
        if (found.isEmpty()) {
            return new Step(false, false);
        }
        var rollout = found.get();
        var step = step(rollout, working);
        rows.save(rollout);
        return step;
    }

    private Step step(RolloutRecord rollout, List<RolloutRecord> working) {
        var state = RolloutState.valueOf(rollout.getState());
        if (state == RolloutState.REJECTED || state == RolloutState.WITHDRAWN) {
            boolean more = rows.forget(rollout, FORGOTTEN_AT_ONCE) == FORGOTTEN_AT_ONCE;
            rollout.setWorking(more);
            return new Step(more, false);
        }
        if (rollout.getPlannedAt() == null) {
            planner.plan(rollout);
            return new Step(true, rollout.getPlannedAt() != null);
        }
        return switch (state) {
            case WAITING, REJECTED, WITHDRAWN -> {
                rollout.setWorking(false);
                yield new Step(false, false);
            }
            case RUNNING -> run(rollout, working);
            case PAUSED, HALTED -> new Step(false, look(rollout));
            case STOPPED, SUPERSEDED -> {
                boolean changed = look(rollout);
                rollout.setWorking(rows.openGroup(rollout)
                        .map(group -> group.in(Turn.SENDING) > 0)
                        .orElse(false));
                yield new Step(false, changed);
            }
            case REVERTED -> takeBack(rollout);
            case DONE -> tail(rollout, working);
        };
    }

    private Step run(RolloutRecord rollout, List<RolloutRecord> working) {
        if (rollout.getGroupNo() == 0) {
            open(rollout, RolloutPlan.CANARY);
        }
        if (rollout.getWalkAfter() != null) {
            walk(rollout, working);
            return new Step(true, false);
        }
        if (clock.instant().isBefore(rollout.getNextLookAt())) {
            return new Step(false, false);
        }
        boolean changed = look(rollout);
        var group = rows.openGroup(rollout).orElseThrow();
        var forgiven =
                new Forgiven(rollout.getForgivenRefused(), rollout.getForgivenSilent(), rollout.getForgivenDark());
        return switch (RolloutGate.judge(
                group,
                limits.gates(),
                forgiven,
                rollout.getWatchedFrom(),
                clock.instant(),
                () -> rows.somebodyCanGo(rollout))) {
            case Verdict.Wait it -> new Step(rollout.getWalkAfter() != null, changed);
            case Verdict.Stop(var why) -> {
                halt(rollout, why);
                yield new Step(false, true);
            }
            case Verdict.Pass it -> {
                rows.passed(rollout, clock.instant());
                if (rollout.getGroupNo() < RolloutPlan.LAST) {
                    open(rollout, rollout.getGroupNo() + 1);
                } else {
                    done(rollout);
                }
                yield new Step(true, true);
            }
        };
    }

    private void open(RolloutRecord rollout, int group) {
        var now = clock.instant();
        rollout.setGroupNo((short) group);
        rollout.setWatchedFrom(now);
        rollout.setForgivenRefused(0);
        rollout.setForgivenSilent(0);
        rollout.setForgivenDark(0);
        rollout.setWalkAfter(0L);
        rollout.setNextLookAt(now);
        rows.open(rollout, group, now);
    }

    /**
     * Gives the next helping its turn: those who are connected, and of each store no more than makes half of it together with
     * those who are on their way already, whichever rollout sent them.
     */
    private void walk(RolloutRecord rollout, List<RolloutRecord> working) {
        var helping = rows.waiting(rollout, Objects.requireNonNull(rollout.getWalkAfter()), atOnce);
        rows.leave(
                rollout,
                helping.stream()
                        .filter(it -> !it.bound())
                        .map(Candidate::terminal)
                        .toList());
        var here = helping.stream().filter(it -> it.bound() && it.online()).toList();
        if (!here.isEmpty()) {
            give(rollout, working, here);
        }
        rollout.setWalkAfter(helping.size() < atOnce ? null : helping.getLast().terminal());
    }

    private void give(RolloutRecord rollout, List<RolloutRecord> working, List<Candidate> here) {
        var bound = rows.bound(here.stream().map(Candidate::store).distinct().toList());
        var busy = rows.onTheirWay(
                working.stream()
                        .filter(it -> it.getId().equals(rollout.getId())
                                || RolloutState.valueOf(it.getState()).isActive())
                        .map(RolloutRecord::getId)
                        .toList(),
                bound.values().stream().flatMap(List::stream).toList());
        var room = new HashMap<Long, Integer>();
        bound.forEach((store, all) -> room.put(store, RolloutPlan.half(all.size()) - busy.getOrDefault(store, 0)));
        var given = new ArrayList<Candidate>();
        for (var candidate : here) {
            if (room.merge(candidate.store().value(), -1, Integer::sum) >= 0) {
                given.add(candidate);
            }
        }
        rows.give(rollout, given.stream().map(Candidate::terminal).toList());
        mark(given, RolloutKind.valueOf(rollout.getKind()).cause(), rollout.getProposedByLabel());
    }

    private void mark(List<Candidate> terminals, ChangeCause cause, String who) {
        terminals.forEach(it -> dirty.mark(it.store(), new TerminalId(it.terminal()), cause, who));
    }

    /** Hears what terminals said since the last look and counts anew; true when something is otherwise than before. */
    private boolean look(RolloutRecord rollout) {
        var now = clock.instant();
        if (now.isBefore(rollout.getNextLookAt())) {
            return false;
        }
        boolean somebodyCame = hear(rollout, now);
        boolean changed = rows.count(rollout);
        var state = RolloutState.valueOf(rollout.getState());
        if ((changed || somebodyCame) && (state == RolloutState.RUNNING || state == RolloutState.DONE)) {
            rollout.setWalkAfter(0L);
        }
        rate(rollout, now);
        rollout.setLookedUntil(now);
        rollout.setNextLookAt(now.plus(
                state == RolloutState.DONE
                        ? LOOK_AT_TAIL
                        : LOOK.plusSeconds(
                                rows.openGroup(rollout).map(Group::members).orElse(0) / TERMINALS_PER_SECOND)));
        return changed;
    }

    private boolean hear(RolloutRecord rollout, Instant now) {
        boolean somebodyCame = false;
        var rest = new HashMap<StoreId, Optional<Instant>>();
        var since = Objects.requireNonNullElse(rollout.getLookedUntil(), rollout.getStateAt())
                .minus(BACK);
        long after = 0;
        for (List<Progress> some = rows.progressed(rollout, since, after, PROGRESS_AT_ONCE);
                !some.isEmpty();
                some = rows.progressed(rollout, since, after, PROGRESS_AT_ONCE)) {
            some.forEach(progress -> settle(rollout, progress, now, rest));
            somebodyCame |= some.stream().anyMatch(it -> it.turn() == Turn.WAITING && it.online());
            since = some.getLast().progressedAt();
            after = some.getLast().terminal();
        }
        var overdueBefore = now.minus(limits.gates().silence());
        for (List<Progress> some = rows.overdue(rollout, overdueBefore, PROGRESS_AT_ONCE);
                !some.isEmpty();
                some = rows.overdue(rollout, overdueBefore, PROGRESS_AT_ONCE)) {
            some.forEach(progress -> settle(rollout, progress, now, rest));
        }
        for (List<Progress> some = rows.rested(rollout, now, PROGRESS_AT_ONCE);
                !some.isEmpty();
                some = rows.rested(rollout, now, PROGRESS_AT_ONCE)) {
            some.forEach(progress -> settle(rollout, progress, now, rest));
        }
        return somebodyCame;
    }

    /** @param rest until when the terminals of a shop may be off, as far as it was asked already */
    private void settle(RolloutRecord rollout, Progress progress, Instant now, Map<StoreId, Optional<Instant>> rest) {
        if (!progress.bound()) {
            rows.leave(rollout, List.of(progress.terminal()));
            return;
        }
        var next = turn(progress, limits.gates().silence(), now);
        var sentAt = progress.sentAt();
        if (next == Turn.SENDING && progress.turn() != Turn.SENDING) {
            // It is back, and was given it again: until now its group had nothing to be late with.
            sentAt = now;
            rollout.setWatchedFrom(now);
        }
        Instant restsUntil = null;
        if (next == Turn.DARK || next == Turn.GONE) {
            var before = progress.restsUntil();
            restsUntil = before != null && before.isAfter(now)
                    ? before
                    : rest.computeIfAbsent(progress.store(), store -> restsUntil(store, now))
                            .orElse(null);
            if (restsUntil != null) {
                next = next == Turn.GONE && hasLivedWithIt(progress) ? Turn.APPLIED : Turn.RESTING;
            }
        }
        if (next != progress.turn() || !Objects.equals(restsUntil, progress.restsUntil())) {
            rows.move(rollout, progress, next, sentAt, restsUntil, now);
        }
    }

    /** As long as a group is watched, before it went: a change that breaks a machine after minutes would else pass at night. */
    private boolean hasLivedWithIt(Progress gone) {
        var provedAt = gone.provedAt();
        return provedAt != null
                && !gone.progressedAt().isBefore(provedAt.plus(limits.gates().observe()));
    }

    private Optional<Instant> restsUntil(StoreId store, Instant now) {
        return Optional.ofNullable(ShopRest.until(hours.evaluator(SELF, store), now));
    }

    /** Where a terminal stands by what it said; it may prove itself late, and fall back after a proof. */
    static Turn turn(Progress said, Duration silence, Instant now) {
        return switch (said.turn()) {
            case WAITING, UNCHANGED, RETURNED -> said.turn();
            case SENDING, APPLIED, REFUSED, SILENT, RESTING, DARK, GONE -> {
                if (said.sentAt() == null) {
                    yield said.turn();
                }
                if (said.runs()) {
                    yield said.online() ? Turn.APPLIED : Turn.GONE;
                }
                if (said.refused()) {
                    yield Turn.REFUSED;
                }
                if (!said.online()) {
                    yield Turn.DARK;
                }
                if (said.turn() == Turn.RESTING || said.turn() == Turn.DARK) {
                    yield Turn.SENDING;
                }
                yield said.sentAt().plus(silence).isAfter(now) ? Turn.SENDING : Turn.SILENT;
            }
        };
    }

    private void rate(RolloutRecord rollout, Instant now) {
        var from = rollout.getRateFrom();
        int confirmed = rows.confirmed(rollout);
        if (from == null) {
            rollout.setRateFrom(now);
            rollout.setRateBase(confirmed);
        } else if (!now.isBefore(from.plus(RATED_EVERY))) {
            long millis = Duration.between(from, now).toMillis();
            rollout.setRate((int) (Math.max(0, confirmed - rollout.getRateBase()) * 60_000L / millis));
            rollout.setRateFrom(now);
            rollout.setRateBase(confirmed);
        }
    }

    private void halt(RolloutRecord rollout, Halt why) {
        moveTo(rollout, RolloutState.HALTED);
        rollout.setHaltReason(why.name());
        rollout.setWalkAfter(null);
        record(rollout, "rollout.halted", why.name());
        notices.halted(rollout);
        LOG.warn("Rollout {} halted in group {}: {}", rollout.getId(), rollout.getGroupNo(), why);
    }

    private void done(RolloutRecord rollout) {
        moveTo(rollout, RolloutState.DONE);
        rollout.setActiveSubject(null);
        rollout.setEndedAt(clock.instant());
        rollout.setRate(0);
        rollout.setNextLookAt(clock.instant());
        record(rollout, "rollout.done", null);
    }

    private void moveTo(RolloutRecord rollout, RolloutState next) {
        rollout.setState(next.name());
        rollout.setStateAt(clock.instant());
        rollout.setSaid("");
        rollout.setSaidBy(SELF.label());
        rollout.setVersion(rollout.getVersion() + 1);
    }

    private void record(RolloutRecord rollout, String action, @Nullable String reason) {
        audit.record(
                SELF,
                action,
                new RolloutId(rollout.getId()).toString(),
                null,
                null,
                "{\"group\":" + rollout.getGroupNo() + "}",
                reason);
    }

    /** Whoever was given it goes back to the earlier word; what is compiled from now on says that word already. */
    private Step takeBack(RolloutRecord rollout) {
        var some = rows.toReturn(rollout, atOnce);
        mark(
                some.stream().filter(Candidate::bound).toList(),
                ChangeCause.REVERTED,
                Objects.requireNonNullElse(rollout.getSaidBy(), SELF.label()));
        rows.returned(rollout, some.stream().map(Candidate::terminal).toList());
        boolean more = some.size() == atOnce;
        boolean changed = rows.count(rollout);
        rollout.setWorking(more);
        return new Step(more, changed);
    }

    /** All groups have passed; those who were away get their turn when they come, by the same rule for stores. */
    private Step tail(RolloutRecord rollout, List<RolloutRecord> working) {
        if (rollout.getWalkAfter() != null) {
            walk(rollout, working);
            return new Step(true, false);
        }
        boolean over = Objects.requireNonNull(rollout.getEndedAt())
                .isBefore(clock.instant().minus(TAIL));
        if (over) {
            var late = rows.waiting(rollout, 0, atOnce);
            rows.leave(rollout, late.stream().map(Candidate::terminal).toList());
            mark(
                    late.stream().filter(Candidate::bound).toList(),
                    RolloutKind.valueOf(rollout.getKind()).cause(),
                    rollout.getProposedByLabel());
        }
        boolean changed = look(rollout);
        if (!rows.isUnsettled(rollout, over)) {
            close(rollout);
            return new Step(false, true);
        }
        return new Step(over || rollout.getWalkAfter() != null, changed);
    }

    /** Everybody goes by it: nothing is held any more, and what came before it is history. */
    private void close(RolloutRecord rollout) {
        boolean screen = RolloutKind.valueOf(rollout.getKind()) == RolloutKind.SCREEN;
        for (var earlier : rows.lockChain(rollout.getSubject())) {
            if (earlier.getId() < rollout.getId()) {
                earlier.setInForce(false);
                earlier.setWorking(false);
                rows.save(earlier);
            }
        }
        // What the screens show is written nowhere else.
        rollout.setInForce(screen);
        rollout.setWorking(false);
    }

    /** Forgets the turns of rollouts that ended long ago. */
    void sweep() {
        for (var id : rows.endedBefore(clock.instant().minus(TAIL), MOST)) {
            transaction.executeWithoutResult(status -> rows.lock(id)
                    .filter(rollout -> !rollout.getWorking())
                    .ifPresent(rollout -> rows.forget(rollout, FORGOTTEN_AT_ONCE)));
        }
    }
}
