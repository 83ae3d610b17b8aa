package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.ROLLOUT;
import static dev.zhanggui.db.Tables.ROLLOUT_TERMINAL;

import dev.zhanggui.db.tables.records.RolloutRecord;
import dev.zhanggui.db.tables.records.RolloutTerminalRecord;
import dev.zhanggui.db.tables.records.TerminalConfigurationRecord;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.configuration.Rollout.Turn;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.RolloutState;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Repository;

/**
 * Says which word of the platform each terminal goes by, so that an edit compiled during a rollout brings its own change at once
 * and nothing that the terminal's group has not come to. Read from the database within the compiling transaction.
 */
@Repository
class Policies {

    private final DSLContext db;
    private final Clock clock;

    Policies(DSLContext db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** For terminals that the caller holds locked. The turns are read first: who has its turn later is marked once more. */
    Views of(Collection<TerminalConfigurationRecord> terminals) {
        var rows = db.selectFrom(ROLLOUT_TERMINAL)
                .where(ROLLOUT_TERMINAL.TERMINAL_ID.in(terminals.stream()
                        .map(TerminalConfigurationRecord::getTerminalId)
                        .toList()))
                .fetch();
        var turns = new HashMap<Long, Map<Long, Turn>>();
        rows.forEach(row -> turns.computeIfAbsent(row.getRolloutId(), id -> new HashMap<>())
                .put(row.getTerminalId(), Turn.valueOf(row.getState())));
        var chains = new LinkedHashMap<String, List<RolloutRecord>>();
        inForce()
                .forEach(rollout -> chains.computeIfAbsent(rollout.getSubject(), subject -> new ArrayList<>())
                        .add(rollout));
        var given = rows.stream()
                .filter(row -> row.getState().equals(Turn.SENDING.name()) && row.getGen() == null)
                .toList();
        return new Views(List.copyOf(chains.values()), turns, given);
    }

    private List<RolloutRecord> inForce() {
        return db.selectFrom(ROLLOUT)
                .where(ROLLOUT.IN_FORCE.isTrue())
                .orderBy(ROLLOUT.ID)
                .fetch();
    }

    /**
     * Called after the content was read: something that was published in between would have come without its rollout.
     * {@link OptimisticLockingFailureException} then: it is read anew.
     */
    void confirm(Views views) {
        var now = inForce().stream().map(Policies::stamp).collect(Collectors.toSet());
        var then = views.chains().stream()
                .flatMap(List::stream)
                .map(Policies::stamp)
                .collect(Collectors.toSet());
        if (!now.equals(then)) {
            throw new OptimisticLockingFailureException("a rollout moved on meanwhile");
        }
    }

    private static String stamp(RolloutRecord rollout) {
        return rollout.getId() + "/" + rollout.getState();
    }

    /**
     * Rollouts about the same follow one another in a chain: a terminal goes by the newest of them that has come to it.
     *
     * @param chains oldest first
     * @param turns by rollout and terminal
     * @param given on their way, and not compiled yet
     */
    record Views(
            List<List<RolloutRecord>> chains, Map<Long, Map<Long, Turn>> turns, List<RolloutTerminalRecord> given) {

        Held of(long terminal) {
            if (chains.isEmpty()) {
                return Held.NOTHING;
            }
            Instant calendar = null;
            var packs = new HashMap<String, Instant>();
            Words notice = null;
            for (var chain : chains) {
                int reached = chain.size() - 1;
                while (reached >= 0 && !hasCome(chain.get(reached), terminal)) {
                    reached--;
                }
                var next = reached + 1 < chain.size() ? chain.get(reached + 1) : null;
                switch (RolloutKind.valueOf(chain.getFirst().getKind())) {
                    case CALENDAR -> calendar = next == null ? null : next.getBeforeAt();
                    case PACK -> {
                        if (next != null) {
                            RolloutRows.industries(next).forEach(industry -> packs.put(industry, next.getBeforeAt()));
                        }
                    }
                    case SCREEN ->
                        notice = reached < 0
                                ? RolloutRows.before(chain.getFirst())
                                : RolloutRows.words(chain.get(reached));
                    case RESEND -> {}
                }
            }
            return new Held(calendar, packs, notice);
        }

        private boolean hasCome(RolloutRecord rollout, long terminal) {
            var turn = turns.getOrDefault(rollout.getId(), Map.of()).get(terminal);
            return switch (RolloutState.valueOf(rollout.getState())) {
                case RUNNING, PAUSED, HALTED, STOPPED, SUPERSEDED -> turn != null && turn != Turn.WAITING;
                // Whoever was bound meanwhile has no row and gets the newest.
                case DONE -> turn == null || turn != Turn.WAITING;
                case WAITING, REJECTED, WITHDRAWN, REVERTED -> false;
            };
        }
    }

    /**
     * What was on its way to be compiled is now: with a new version, which must prove itself, or without one, because nothing is
     * different.
     */
    void compiled(
            Views views,
            Collection<TerminalConfigurationRecord> terminals,
            Collection<TerminalId> changed,
            Collection<Mark> marks) {
        if (views.given().isEmpty()) {
            return;
        }
        var resends = db.select(ROLLOUT.ID)
                .from(ROLLOUT)
                .where(ROLLOUT.ID.in(views.given().stream()
                        .map(RolloutTerminalRecord::getRolloutId)
                        .toList()))
                .and(ROLLOUT.KIND.eq(RolloutKind.RESEND.name()))
                .fetchSet(ROLLOUT.ID);
        var resent = marks.stream()
                .filter(mark -> mark.cause() == ChangeCause.RESENT)
                .map(Mark::terminal)
                .collect(Collectors.toSet());
        var byId = terminals.stream()
                .collect(Collectors.toMap(TerminalConfigurationRecord::getTerminalId, Function.identity()));
        for (var row : views.given()) {
            var terminal = new TerminalId(row.getTerminalId());
            if (resends.contains(row.getRolloutId()) && !resent.contains(terminal)) {
                continue;
            }
            var compiled = Objects.requireNonNull(byId.get(row.getTerminalId()));
            db.update(ROLLOUT_TERMINAL)
                    .set(ROLLOUT_TERMINAL.STATE, (changed.contains(terminal) ? Turn.SENDING : Turn.UNCHANGED).name())
                    .set(ROLLOUT_TERMINAL.EPOCH, compiled.getDesiredEpoch())
                    .set(ROLLOUT_TERMINAL.GEN, compiled.getDesiredGen())
                    .set(ROLLOUT_TERMINAL.SENT_AT, clock.instant())
                    .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(row.getRolloutId()))
                    .and(ROLLOUT_TERMINAL.TERMINAL_ID.eq(row.getTerminalId()))
                    .and(ROLLOUT_TERMINAL.STATE.eq(Turn.SENDING.name()))
                    .and(ROLLOUT_TERMINAL.GEN.isNull())
                    .execute();
        }
    }
}
