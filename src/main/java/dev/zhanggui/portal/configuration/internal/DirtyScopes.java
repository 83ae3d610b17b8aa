package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.DIRTY_SCOPE;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;

import dev.zhanggui.db.tables.records.DirtyScopeRecord;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.Lane;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The list of what must be compiled anew. Edits only insert, so that two of them never wait for each other, and an edit that rolls
 * back takes its mark with it. Lane by lane, merchants in turns ({@link Turns}).
 */
@Repository
class DirtyScopes {

    /** Somebody who died with a claim is succeeded after this time. */
    static final Duration CLAIM = Duration.ofSeconds(30);

    private static final int WHO_MOST = 120;
    private static final int OF_SAME_STORES = 500;
    private static final int OWNERS_REMEMBERED = 50_000;

    private final DSLContext db;
    private final Clock clock;
    private final Wakes wakes;
    private final Turns turns = new Turns();
    /** A store stays its merchant's. */
    private final Map<Long, Long> owners = new ConcurrentHashMap<>();

    DirtyScopes(DSLContext db, Clock clock, Wakes wakes) {
        this.db = db;
        this.clock = clock;
        this.wakes = wakes;
    }

    /** Joins the editing transaction; the expander is woken when that commits. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void mark(StoreId store, @Nullable TerminalId terminal, ChangeCause cause, String who) {
        mark(List.of(store), terminal, cause, who);
    }

    /** As {@link #mark(StoreId, TerminalId, ChangeCause, String)}, for whole stores. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void mark(Collection<StoreId> stores, ChangeCause cause, String who) {
        mark(stores, null, cause, who);
    }

    private void mark(Collection<StoreId> stores, @Nullable TerminalId terminal, ChangeCause cause, String who) {
        if (stores.isEmpty()) {
            return;
        }
        var now = clock.instant();
        short lane = ConfigurationRows.lane(cause.lane());
        var lowest = lowest(lane);
        var owner = owners(stores);
        db.batchInsert(stores.stream()
                        .map(store -> {
                            var row = new DirtyScopeRecord();
                            row.setId(Ids.next());
                            row.setStoreId(store.value());
                            row.setTerminalId(terminal == null ? null : terminal.value());
                            row.setCause(cause.name());
                            row.setWho(who(who));
                            row.setEditedAt(now);
                            row.setLane(lane);
                            row.setTurn(
                                    turns.next(lane, Objects.requireNonNull(owner.get(store.value())), lowest, now));
                            row.setAfterTerminal(0L);
                            return row;
                        })
                        .toList())
                .execute();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wakes.expander().now();
            }
        });
    }

    private Optional<Long> lowest(short lane) {
        return db.select(DIRTY_SCOPE.TURN)
                .from(DIRTY_SCOPE)
                .where(DIRTY_SCOPE.LANE.eq(lane))
                .orderBy(DIRTY_SCOPE.TURN)
                .limit(1)
                .fetchOptional(DIRTY_SCOPE.TURN);
    }

    /** Whose turn the stores take; a store without a terminal, which costs next to nothing, takes its own. */
    private Map<Long, Long> owners(Collection<StoreId> stores) {
        var found = new HashMap<Long, Long>();
        var unknown = new ArrayList<Long>();
        for (var store : stores) {
            var owner = owners.get(store.value());
            found.put(store.value(), owner == null ? store.value() : owner);
            if (owner == null) {
                unknown.add(store.value());
            }
        }
        if (!unknown.isEmpty()) {
            var read = db.selectDistinct(TERMINAL_CONFIGURATION.STORE_ID, TERMINAL_CONFIGURATION.MERCHANT_ID)
                    .from(TERMINAL_CONFIGURATION)
                    .where(TERMINAL_CONFIGURATION.STORE_ID.in(unknown))
                    .fetchMap(TERMINAL_CONFIGURATION.STORE_ID, TERMINAL_CONFIGURATION.MERCHANT_ID);
            found.putAll(read);
            if (owners.size() > OWNERS_REMEMBERED) {
                owners.clear();
            }
            owners.putAll(read);
        }
        return found;
    }

    /** As much of a name as the column takes. */
    static String who(String who) {
        return who.length() > WHO_MOST ? who.substring(0, WHO_MOST) : who;
    }

    /**
     * Claims the next marks that nobody else is working on, and with them all others of the same stores, which are compiled at once.
     * What says the same twice is folded: however often a store was edited meanwhile, the earliest and the latest mark stay. The
     * candidates are read without locks first: an update that searches would wait for the uncommitted rows of open edits.
     *
     * @param quiet stores that were compiled a moment ago, and wait unless it is urgent or they are in the middle of it
     */
    @Transactional
    public List<Mark> claim(String token, int most, Collection<Long> quiet) {
        var now = clock.instant();
        var free = DIRTY_SCOPE.CLAIMED_UNTIL.isNull().or(DIRTY_SCOPE.CLAIMED_UNTIL.le(now));
        var next = db.select(DIRTY_SCOPE.ID, DIRTY_SCOPE.STORE_ID)
                .from(DIRTY_SCOPE)
                .where(free)
                .and(
                        quiet.isEmpty()
                                ? DSL.noCondition()
                                : DIRTY_SCOPE
                                        .LANE
                                        .eq(ConfigurationRows.lane(Lane.KILL_SWITCH))
                                        .or(DIRTY_SCOPE.AFTER_TERMINAL.gt(0L))
                                        .or(DIRTY_SCOPE.STORE_ID.notIn(quiet)))
                .orderBy(DIRTY_SCOPE.LANE, DIRTY_SCOPE.TURN, DIRTY_SCOPE.ID)
                .limit(most)
                .fetch();
        if (next.isEmpty()) {
            return List.of();
        }
        var candidates = new LinkedHashSet<>(next.getValues(DIRTY_SCOPE.ID));
        candidates.addAll(db.select(DIRTY_SCOPE.ID)
                .from(DIRTY_SCOPE)
                .where(DIRTY_SCOPE.STORE_ID.in(Set.copyOf(next.getValues(DIRTY_SCOPE.STORE_ID))))
                .and(free)
                .orderBy(DIRTY_SCOPE.STORE_ID, DIRTY_SCOPE.ID)
                .limit(OF_SAME_STORES)
                .fetch(DIRTY_SCOPE.ID));
        db.update(DIRTY_SCOPE)
                .set(DIRTY_SCOPE.CLAIM_TOKEN, token)
                .set(DIRTY_SCOPE.CLAIMED_UNTIL, now.plus(CLAIM))
                .where(DIRTY_SCOPE.ID.in(candidates))
                .and(free)
                .execute();
        return folded(db.selectFrom(DIRTY_SCOPE)
                .where(DIRTY_SCOPE.ID.in(candidates))
                .and(DIRTY_SCOPE.CLAIM_TOKEN.eq(token))
                .orderBy(DIRTY_SCOPE.LANE, DIRTY_SCOPE.TURN, DIRTY_SCOPE.ID)
                .fetch(DirtyScopes::mark));
    }

    private record Saying(StoreId store, @Nullable TerminalId terminal, ChangeCause cause, long after) {}

    private List<Mark> folded(List<Mark> marks) {
        var kept = new LinkedHashSet<Mark>();
        marks.stream()
                .collect(Collectors.groupingBy(
                        mark -> new Saying(mark.store(), mark.terminal(), mark.cause(), mark.after())))
                .values()
                .forEach(same -> {
                    kept.add(Collections.min(same, Comparator.comparingLong(Mark::id)));
                    kept.add(Collections.max(same, Comparator.comparingLong(Mark::id)));
                });
        if (kept.size() < marks.size()) {
            db.deleteFrom(DIRTY_SCOPE)
                    .where(DIRTY_SCOPE.ID.in(marks.stream()
                            .filter(mark -> !kept.contains(mark))
                            .map(Mark::id)
                            .toList()))
                    .execute();
        }
        return marks.stream().filter(kept::contains).toList();
    }

    /** False when a successor took the claim over meanwhile: then the work must roll back. */
    boolean done(String token, List<Mark> marks) {
        return marks.isEmpty()
                || db.deleteFrom(DIRTY_SCOPE).where(claimed(token, marks)).execute() == marks.size();
    }

    /** As {@link #done}, for a store of which a part is left; that part stands behind what waits of others. */
    boolean advance(String token, List<Mark> marks, long lastTerminal) {
        if (marks.isEmpty()) {
            return true;
        }
        var now = clock.instant();
        var store = marks.getFirst().store();
        long owner = Objects.requireNonNull(owners(List.of(store)).get(store.value()));
        int moved = 0;
        for (var mark : marks) {
            short lane = ConfigurationRows.lane(mark.cause().lane());
            moved += db.update(DIRTY_SCOPE)
                    .set(DIRTY_SCOPE.AFTER_TERMINAL, lastTerminal)
                    .set(DIRTY_SCOPE.TURN, turns.next(lane, owner, lowest(lane), now))
                    .setNull(DIRTY_SCOPE.CLAIM_TOKEN)
                    .setNull(DIRTY_SCOPE.CLAIMED_UNTIL)
                    .where(claimed(token, List.of(mark)))
                    .execute();
        }
        return moved == marks.size();
    }

    /** Gives back what there was no time for; it keeps its place. */
    @Transactional
    public void release(String token, List<Mark> marks) {
        if (marks.isEmpty()) {
            return;
        }
        db.update(DIRTY_SCOPE)
                .setNull(DIRTY_SCOPE.CLAIM_TOKEN)
                .setNull(DIRTY_SCOPE.CLAIMED_UNTIL)
                .where(claimed(token, marks))
                .execute();
    }

    private static Condition claimed(String token, List<Mark> marks) {
        return DIRTY_SCOPE.ID.in(marks.stream().map(Mark::id).toList()).and(DIRTY_SCOPE.CLAIM_TOKEN.eq(token));
    }

    /** Whether anything of the store waits or is being worked on. */
    boolean isMarked(StoreId store) {
        return db.fetchExists(DIRTY_SCOPE, DIRTY_SCOPE.STORE_ID.eq(store.value()));
    }

    int count() {
        return db.fetchCount(DIRTY_SCOPE);
    }

    private static Mark mark(DirtyScopeRecord row) {
        var terminal = row.getTerminalId();
        return new Mark(
                row.getId(),
                new StoreId(row.getStoreId()),
                terminal == null ? null : new TerminalId(terminal),
                ChangeCause.valueOf(row.getCause()),
                row.getWho(),
                row.getEditedAt(),
                row.getAfterTerminal());
    }
}
