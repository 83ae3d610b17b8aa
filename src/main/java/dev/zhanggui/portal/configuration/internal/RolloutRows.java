package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.ROLLOUT;
import static dev.zhanggui.db.Tables.ROLLOUT_GROUP;
import static dev.zhanggui.db.Tables.ROLLOUT_TERMINAL;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;

import dev.zhanggui.db.tables.records.RolloutGroupRecord;
import dev.zhanggui.db.tables.records.RolloutRecord;
import dev.zhanggui.db.tables.records.RolloutTerminalRecord;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.configuration.Rollout;
import dev.zhanggui.portal.configuration.Rollout.Group;
import dev.zhanggui.portal.configuration.Rollout.Halt;
import dev.zhanggui.portal.configuration.Rollout.Turn;
import dev.zhanggui.portal.configuration.RolloutId;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.RolloutState;
import dev.zhanggui.portal.configuration.Rollouts;
import dev.zhanggui.portal.foureyes.Stamp;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.tradinghours.RestrictionScope;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

/** Rollouts, their groups, and each terminal's turn. */
@Repository
class RolloutRows {

    private static final List<String> ACTIVE = Arrays.stream(RolloutState.values())
            .filter(RolloutState::isActive)
            .map(Enum::name)
            .toList();

    private final DSLContext db;

    RolloutRows(DSLContext db) {
        this.db = db;
    }

    // --- rollouts ---

    /** False when another one about the same waits already, or is active. */
    boolean add(RolloutRecord rollout) {
        try {
            db.executeInsert(rollout);
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    Optional<Rollout> find(RolloutId id) {
        return read(db.selectFrom(ROLLOUT).where(ROLLOUT.ID.eq(id.value())).fetch()).stream()
                .findFirst();
    }

    Optional<RolloutRecord> record(RolloutId id) {
        return db.selectFrom(ROLLOUT).where(ROLLOUT.ID.eq(id.value())).fetchOptional();
    }

    /** Locked until the transaction ends. */
    Optional<RolloutRecord> lock(RolloutId id) {
        return db.selectFrom(ROLLOUT)
                .where(ROLLOUT.ID.eq(id.value()))
                .forUpdate()
                .fetchOptional();
    }

    /** All that somebody has to drive on, oldest first. */
    List<RolloutId> working(int most) {
        return db.select(ROLLOUT.ID)
                .from(ROLLOUT)
                .where(ROLLOUT.WORKING.isTrue())
                .orderBy(ROLLOUT.ID)
                .limit(most)
                .fetch(row -> new RolloutId(row.value1()));
    }

    /** As {@link #working}, locked: whoever gives terminals their turn does so alone, or two might give away a whole store. */
    List<RolloutRecord> lockWorking(int most) {
        return db.selectFrom(ROLLOUT)
                .where(ROLLOUT.WORKING.isTrue())
                .orderBy(ROLLOUT.ID)
                .limit(most)
                .forUpdate()
                .fetch();
    }

    /** Writes what was changed on a locked row. */
    void save(RolloutRecord locked) {
        if (locked.modified()) {
            db.executeUpdate(locked);
        }
    }

    /** Those about the same that are in force, oldest first, locked. */
    List<RolloutRecord> lockChain(String subject) {
        return db.selectFrom(ROLLOUT)
                .where(ROLLOUT.IN_FORCE.isTrue())
                .and(ROLLOUT.SUBJECT.eq(subject))
                .orderBy(ROLLOUT.ID)
                .forUpdate()
                .fetch();
    }

    /** Whether a newer one about the same has begun. */
    boolean hasSuccessor(RolloutRecord rollout) {
        return db.fetchExists(
                ROLLOUT,
                ROLLOUT.SUBJECT
                        .eq(rollout.getSubject())
                        .and(ROLLOUT.ID.gt(rollout.getId()))
                        .and(ROLLOUT.STATE.notIn(
                                RolloutState.WAITING.name(),
                                RolloutState.REJECTED.name(),
                                RolloutState.WITHDRAWN.name())));
    }

    int halted() {
        return db.fetchCount(
                ROLLOUT, ROLLOUT.STATE.eq(RolloutState.HALTED.name()).and(ROLLOUT.WORKING.isTrue()));
    }

    /** Ended before the moment with rows left, oldest first. */
    List<RolloutId> endedBefore(Instant moment, int most) {
        return db.select(ROLLOUT.ID)
                .from(ROLLOUT)
                .where(ROLLOUT.ENDED_AT.lt(moment))
                .and(ROLLOUT.STATE.ne(RolloutState.STOPPED.name()).or(ROLLOUT.IN_FORCE.isFalse()))
                .andExists(db.selectOne().from(ROLLOUT_TERMINAL).where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(ROLLOUT.ID)))
                .orderBy(ROLLOUT.ID)
                .limit(most)
                .fetch(row -> new RolloutId(row.value1()));
    }

    List<Rollout> list(Rollouts.Filter filter, @Nullable RolloutId after, int limit) {
        var wanted = switch (filter.band()) {
            case null -> DSL.noCondition();
            case WAITING -> ROLLOUT.STATE.eq(RolloutState.WAITING.name());
            case ACTIVE -> ROLLOUT.STATE.in(ACTIVE);
            case ENDED -> ROLLOUT.STATE.ne(RolloutState.WAITING.name()).and(ROLLOUT.STATE.notIn(ACTIVE));
        };
        if (!filter.text().isEmpty()) {
            wanted = wanted.and(DSL.or(
                    ROLLOUT.WORDS_ZH.contains(filter.text()),
                    ROLLOUT.WORDS_EN.contains(filter.text()),
                    ROLLOUT.REASON.contains(filter.text()),
                    ROLLOUT.DETAIL.contains(filter.text()),
                    ROLLOUT.PROPOSED_BY_LABEL.contains(filter.text())));
        }
        if (after != null) {
            wanted = wanted.and(ROLLOUT.ID.lt(after.value()));
        }
        return read(db.selectFrom(ROLLOUT)
                .where(wanted)
                .orderBy(ROLLOUT.ID.desc())
                .limit(limit)
                .fetch());
    }

    private List<Rollout> read(List<RolloutRecord> rollouts) {
        var groups = db
                .selectFrom(ROLLOUT_GROUP)
                .where(ROLLOUT_GROUP.ROLLOUT_ID.in(
                        rollouts.stream().map(RolloutRecord::getId).toList()))
                .orderBy(ROLLOUT_GROUP.ROLLOUT_ID, ROLLOUT_GROUP.GROUP_NO)
                .fetch()
                .stream()
                .collect(Collectors.groupingBy(RolloutGroupRecord::getRolloutId));
        return rollouts.stream()
                .map(row -> rollout(row, groups.getOrDefault(row.getId(), List.of())))
                .toList();
    }

    private static Rollout rollout(RolloutRecord row, List<RolloutGroupRecord> groups) {
        return new Rollout(
                new RolloutId(row.getId()),
                RolloutKind.valueOf(row.getKind()),
                row.getDetail(),
                target(row),
                words(row),
                before(row),
                row.getReason(),
                RolloutState.valueOf(row.getState()),
                row.getPlannedAt() != null,
                row.getGroupNo(),
                groups.stream().map(RolloutRows::group).toList(),
                new Stamp(
                        row.getProposedAt(), row.getProposedByKind(), row.getProposedById(), row.getProposedByLabel()),
                row.getDecidedAt() == null
                        ? null
                        : new Stamp(
                                row.getDecidedAt(),
                                row.getDecidedByKind(),
                                row.getDecidedById(),
                                row.getDecidedByLabel()),
                row.getHaltReason() == null ? null : Halt.valueOf(row.getHaltReason()),
                Objects.requireNonNullElse(row.getSaid(), ""),
                Objects.requireNonNullElse(row.getSaidBy(), ""),
                row.getStateAt(),
                row.getRate(),
                row.getEndedAt(),
                row.getVersion());
    }

    static RestrictionTarget target(RolloutRecord row) {
        return new RestrictionTarget(RestrictionScope.valueOf(row.getScopeKind()), row.getScopeValue());
    }

    static @Nullable Words words(RolloutRecord row) {
        return words(row.getWordsZh(), row.getWordsEn());
    }

    static @Nullable Words before(RolloutRecord row) {
        return words(row.getBeforeZh(), row.getBeforeEn());
    }

    private static @Nullable Words words(@Nullable String zh, @Nullable String en) {
        return zh == null || en == null ? null : new Words(zh, en);
    }

    static List<String> industries(RolloutRecord row) {
        return row.getIndustries().isEmpty()
                ? List.of()
                : List.of(row.getIndustries().split(","));
    }

    // --- groups ---

    void addGroups(RolloutId rollout) {
        var members = new HashMap<Short, Integer>();
        db.select(ROLLOUT_TERMINAL.GROUP_NO, DSL.count())
                .from(ROLLOUT_TERMINAL)
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.value()))
                .groupBy(ROLLOUT_TERMINAL.GROUP_NO)
                .forEach(row -> members.put(row.value1(), row.value2()));
        for (int group = 1; group <= RolloutPlan.LAST; group++) {
            var row = new RolloutGroupRecord();
            row.setRolloutId(rollout.value());
            row.setGroupNo((short) group);
            row.setShare(RolloutPlan.SHARES.get(group - 1));
            row.setMembers(members.getOrDefault((short) group, 0));
            set(row, Map.of(Turn.WAITING, row.getMembers()));
            db.executeInsert(row);
        }
    }

    private static Group group(RolloutGroupRecord row) {
        var turns = new EnumMap<Turn, Integer>(Turn.class);
        turns.put(Turn.WAITING, row.getWaiting());
        turns.put(Turn.SENDING, row.getSending());
        turns.put(Turn.APPLIED, row.getApplied());
        turns.put(Turn.UNCHANGED, row.getUnchanged());
        turns.put(Turn.REFUSED, row.getRefused());
        turns.put(Turn.SILENT, row.getSilent());
        turns.put(Turn.RESTING, row.getResting());
        turns.put(Turn.DARK, row.getDark());
        turns.put(Turn.GONE, row.getGone());
        turns.put(Turn.RETURNED, row.getReturned());
        return new Group(
                row.getGroupNo(), row.getShare(), row.getMembers(), row.getOpenedAt(), row.getPassedAt(), turns);
    }

    private static void set(RolloutGroupRecord row, Map<Turn, Integer> turns) {
        row.setWaiting(turns.getOrDefault(Turn.WAITING, 0));
        row.setSending(turns.getOrDefault(Turn.SENDING, 0));
        row.setApplied(turns.getOrDefault(Turn.APPLIED, 0));
        row.setUnchanged(turns.getOrDefault(Turn.UNCHANGED, 0));
        row.setRefused(turns.getOrDefault(Turn.REFUSED, 0));
        row.setSilent(turns.getOrDefault(Turn.SILENT, 0));
        row.setResting(turns.getOrDefault(Turn.RESTING, 0));
        row.setDark(turns.getOrDefault(Turn.DARK, 0));
        row.setGone(turns.getOrDefault(Turn.GONE, 0));
        row.setReturned(turns.getOrDefault(Turn.RETURNED, 0));
    }

    void open(RolloutRecord rollout, int group, Instant now) {
        db.update(ROLLOUT_GROUP)
                .set(ROLLOUT_GROUP.OPENED_AT, now)
                .where(ROLLOUT_GROUP.ROLLOUT_ID.eq(rollout.getId()))
                .and(ROLLOUT_GROUP.GROUP_NO.eq((short) group))
                .execute();
    }

    void passed(RolloutRecord rollout, Instant now) {
        db.update(ROLLOUT_GROUP)
                .set(ROLLOUT_GROUP.PASSED_AT, now)
                .where(ROLLOUT_GROUP.ROLLOUT_ID.eq(rollout.getId()))
                .and(ROLLOUT_GROUP.GROUP_NO.eq(rollout.getGroupNo()))
                .execute();
    }

    /** Counts the groups up to the open one anew; tells whether anything is otherwise than before. */
    boolean count(RolloutRecord rollout) {
        var counted = new HashMap<Short, Map<Turn, Integer>>();
        db.select(ROLLOUT_TERMINAL.GROUP_NO, ROLLOUT_TERMINAL.STATE, DSL.count())
                .from(ROLLOUT_TERMINAL)
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.getId()))
                .and(ROLLOUT_TERMINAL.GROUP_NO.le(rollout.getGroupNo()))
                .groupBy(ROLLOUT_TERMINAL.GROUP_NO, ROLLOUT_TERMINAL.STATE)
                .forEach(row -> counted.computeIfAbsent(row.value1(), group -> new EnumMap<>(Turn.class))
                        .put(Turn.valueOf(row.value2()), row.value3()));
        boolean changed = false;
        for (var row : db.selectFrom(ROLLOUT_GROUP)
                .where(ROLLOUT_GROUP.ROLLOUT_ID.eq(rollout.getId()))
                .and(ROLLOUT_GROUP.GROUP_NO.le(rollout.getGroupNo()))
                .orderBy(ROLLOUT_GROUP.GROUP_NO)
                .fetch()) {
            var before = group(row);
            var turns = counted.getOrDefault(row.getGroupNo(), Map.of());
            set(row, turns);
            row.setMembers(turns.values().stream().mapToInt(Integer::intValue).sum());
            if (!group(row).equals(before)) {
                db.executeUpdate(row);
                changed = true;
            }
        }
        return changed;
    }

    Optional<Group> openGroup(RolloutRecord rollout) {
        return db.selectFrom(ROLLOUT_GROUP)
                .where(ROLLOUT_GROUP.ROLLOUT_ID.eq(rollout.getId()))
                .and(ROLLOUT_GROUP.GROUP_NO.eq(rollout.getGroupNo()))
                .fetchOptional(RolloutRows::group);
    }

    int confirmed(RolloutRecord rollout) {
        return db
                .selectFrom(ROLLOUT_GROUP)
                .where(ROLLOUT_GROUP.ROLLOUT_ID.eq(rollout.getId()))
                .fetch(RolloutRows::group)
                .stream()
                .mapToInt(Group::confirmed)
                .sum();
    }

    // --- planning ---

    /** The bound terminals of the stores, by store. */
    Map<Long, List<Long>> bound(Collection<StoreId> stores) {
        return db.select(TERMINAL_CONFIGURATION.STORE_ID, TERMINAL_CONFIGURATION.TERMINAL_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.STORE_ID.in(
                        stores.stream().map(StoreId::value).toList()))
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .orderBy(TERMINAL_CONFIGURATION.STORE_ID, TERMINAL_CONFIGURATION.TERMINAL_ID)
                .fetchGroups(TERMINAL_CONFIGURATION.STORE_ID, TERMINAL_CONFIGURATION.TERMINAL_ID);
    }

    /** Stores with terminals, by id. */
    List<StoreId> storesAfter(long store, int limit) {
        return db.selectDistinct(TERMINAL_CONFIGURATION.STORE_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.STORE_ID.gt(store))
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .orderBy(TERMINAL_CONFIGURATION.STORE_ID)
                .limit(limit)
                .fetch(row -> new StoreId(row.value1()));
    }

    /** Bound terminals, counted no further than the limit. */
    int countBound(int limit) {
        return db.fetchCount(db.select(TERMINAL_CONFIGURATION.TERMINAL_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .limit(limit));
    }

    void addTerminals(Collection<RolloutTerminalRecord> rows) {
        db.batchInsert(rows).execute();
    }

    /** Models of which no terminal is in the canary. */
    List<String> modelsWithoutCanary(RolloutId rollout) {
        return db.select(ROLLOUT_TERMINAL.MODEL)
                .from(ROLLOUT_TERMINAL)
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.value()))
                .groupBy(ROLLOUT_TERMINAL.MODEL)
                .having(DSL.min(ROLLOUT_TERMINAL.GROUP_NO).gt((short) RolloutPlan.CANARY))
                .orderBy(ROLLOUT_TERMINAL.MODEL)
                .fetch(ROLLOUT_TERMINAL.MODEL);
    }

    /** Those that stand nearest to the beginning. */
    List<RolloutTerminalRecord> nearest(RolloutId rollout, String model, int most) {
        return db.selectFrom(ROLLOUT_TERMINAL)
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.value()))
                .and(ROLLOUT_TERMINAL.MODEL.eq(model))
                .orderBy(ROLLOUT_TERMINAL.POSITION, ROLLOUT_TERMINAL.TERMINAL_ID)
                .limit(most)
                .fetch();
    }

    /** Whether the canary has room for one more terminal of the store where this one stands. */
    boolean hasRoom(RolloutId rollout, long terminal) {
        var store = db.select(TERMINAL_CONFIGURATION.STORE_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(terminal))
                .fetchOne(TERMINAL_CONFIGURATION.STORE_ID);
        if (store == null) {
            return false;
        }
        var all = bound(List.of(new StoreId(store))).getOrDefault(store, List.of());
        int taken = db.fetchCount(
                ROLLOUT_TERMINAL,
                ROLLOUT_TERMINAL
                        .ROLLOUT_ID
                        .eq(rollout.value())
                        .and(ROLLOUT_TERMINAL.TERMINAL_ID.in(all))
                        .and(ROLLOUT_TERMINAL.GROUP_NO.eq((short) RolloutPlan.CANARY)));
        return taken < RolloutPlan.half(all.size());
    }

    void toCanary(RolloutTerminalRecord row) {
        row.setGroupNo((short) RolloutPlan.CANARY);
        db.executeUpdate(row);
    }

    // --- turns ---

    /** A terminal of a rollout, and where it stands now. */
    record Candidate(long terminal, StoreId store, boolean bound, boolean online) {}

    /** Those of the groups that are open who wait for their turn. */
    List<Candidate> waiting(RolloutRecord rollout, long after, int limit) {
        return candidates(
                rollout,
                ROLLOUT_TERMINAL
                        .STATE
                        .eq(Turn.WAITING.name())
                        .and(ROLLOUT_TERMINAL.GROUP_NO.le(rollout.getGroupNo()))
                        .and(ROLLOUT_TERMINAL.TERMINAL_ID.gt(after)),
                limit);
    }

    private List<Candidate> candidates(RolloutRecord rollout, Condition which, int limit) {
        return db.select(
                        ROLLOUT_TERMINAL.TERMINAL_ID,
                        TERMINAL_CONFIGURATION.STORE_ID,
                        TERMINAL_CONFIGURATION.BOUND,
                        TERMINAL_CONFIGURATION.ONLINE)
                .from(ROLLOUT_TERMINAL)
                .join(TERMINAL_CONFIGURATION)
                .on(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(ROLLOUT_TERMINAL.TERMINAL_ID))
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.getId()))
                .and(which)
                .orderBy(ROLLOUT_TERMINAL.TERMINAL_ID)
                .limit(limit)
                .fetch(row -> new Candidate(row.value1(), new StoreId(row.value2()), row.value3(), row.value4()));
    }

    /**
     * Whether a connected terminal of the open groups waits in a store none of whose terminals failed: it waits for others of its
     * store that are on their way, or came a moment ago.
     */
    boolean somebodyCanGo(RolloutRecord rollout) {
        var beside = TERMINAL_CONFIGURATION.as("beside");
        var turn = ROLLOUT_TERMINAL.as("turn");
        return db.fetchExists(db.selectOne()
                .from(ROLLOUT_TERMINAL)
                .join(TERMINAL_CONFIGURATION)
                .on(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(ROLLOUT_TERMINAL.TERMINAL_ID))
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.getId()))
                .and(ROLLOUT_TERMINAL.STATE.eq(Turn.WAITING.name()))
                .and(ROLLOUT_TERMINAL.GROUP_NO.le(rollout.getGroupNo()))
                .and(TERMINAL_CONFIGURATION.ONLINE.isTrue())
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .andNotExists(db.selectOne()
                        .from(beside)
                        .join(turn)
                        .on(turn.TERMINAL_ID.eq(beside.TERMINAL_ID))
                        .where(beside.STORE_ID.eq(TERMINAL_CONFIGURATION.STORE_ID))
                        .and(turn.ROLLOUT_ID.eq(rollout.getId()))
                        .and(turn.STATE
                                .in(Turn.SILENT.name(), Turn.DARK.name(), Turn.GONE.name())
                                .or(turn.RESTS_UNTIL.isNotNull()))));
    }

    /**
     * Whether somebody's turn is still to come, or somebody is on its way.
     *
     * @param over whether nobody waits any longer for shops that stay closed
     */
    boolean isUnsettled(RolloutRecord rollout, boolean over) {
        return db.fetchExists(
                ROLLOUT_TERMINAL,
                ROLLOUT_TERMINAL
                        .ROLLOUT_ID
                        .eq(rollout.getId())
                        .and(ROLLOUT_TERMINAL
                                .STATE
                                .in(Turn.WAITING.name(), Turn.SENDING.name())
                                .or(over ? DSL.falseCondition() : ROLLOUT_TERMINAL.STATE.eq(Turn.RESTING.name()))));
    }

    /** Terminals of each store that were given something by a rollout that goes on, and did not prove that they live with it. */
    Map<Long, Integer> onTheirWay(Collection<Long> rollouts, Collection<Long> terminals) {
        return db.select(TERMINAL_CONFIGURATION.STORE_ID, DSL.countDistinct(TERMINAL_CONFIGURATION.TERMINAL_ID))
                .from(ROLLOUT_TERMINAL)
                .join(TERMINAL_CONFIGURATION)
                .on(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(ROLLOUT_TERMINAL.TERMINAL_ID))
                .where(ROLLOUT_TERMINAL.TERMINAL_ID.in(terminals))
                .and(ROLLOUT_TERMINAL.ROLLOUT_ID.in(rollouts))
                .and(ROLLOUT_TERMINAL
                        .STATE
                        .in(
                                Turn.SENDING.name(),
                                Turn.SILENT.name(),
                                Turn.RESTING.name(),
                                Turn.DARK.name(),
                                Turn.GONE.name())
                        .or(ROLLOUT_TERMINAL.RESTS_UNTIL.isNotNull()))
                .groupBy(TERMINAL_CONFIGURATION.STORE_ID)
                .fetchMap(TERMINAL_CONFIGURATION.STORE_ID, DSL.countDistinct(TERMINAL_CONFIGURATION.TERMINAL_ID));
    }

    /** Gives them their turn. */
    void give(RolloutRecord rollout, Collection<Long> terminals) {
        db.update(ROLLOUT_TERMINAL)
                .set(ROLLOUT_TERMINAL.STATE, Turn.SENDING.name())
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.getId()))
                .and(ROLLOUT_TERMINAL.TERMINAL_ID.in(terminals))
                .and(ROLLOUT_TERMINAL.STATE.eq(Turn.WAITING.name()))
                .execute();
    }

    /** Unbound terminals have no turn. */
    void leave(RolloutRecord rollout, Collection<Long> terminals) {
        db.deleteFrom(ROLLOUT_TERMINAL)
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.getId()))
                .and(ROLLOUT_TERMINAL.TERMINAL_ID.in(terminals))
                .execute();
    }

    /** What a terminal says of itself, beside what it was given. */
    record Progress(
            long terminal,
            Turn turn,
            Instant progressedAt,
            boolean bound,
            boolean online,
            boolean runs,
            boolean refused,
            @Nullable Integer code,
            @Nullable Instant sentAt,
            StoreId store,
            @Nullable Instant restsUntil,
            @Nullable Instant provedAt) {}

    /** Terminals of the rollout that said something at the moment or later, oldest first. */
    List<Progress> progressed(RolloutRecord rollout, Instant since, long after, int limit) {
        var at = TERMINAL_CONFIGURATION.PROGRESSED_AT;
        var id = TERMINAL_CONFIGURATION.TERMINAL_ID;
        return progress(rollout, at.gt(since).or(at.eq(since).and(id.gt(after))), limit);
    }

    /** Terminals that were sent something before the moment and are still on their way, by id. */
    List<Progress> overdue(RolloutRecord rollout, Instant before, int limit) {
        return progress(
                rollout,
                ROLLOUT_TERMINAL.STATE.eq(Turn.SENDING.name()).and(ROLLOUT_TERMINAL.SENT_AT.le(before)),
                limit);
    }

    /** Terminals whose shop should have opened by the moment. */
    List<Progress> rested(RolloutRecord rollout, Instant now, int limit) {
        return progress(rollout, ROLLOUT_TERMINAL.RESTS_UNTIL.le(now), limit);
    }

    private List<Progress> progress(RolloutRecord rollout, Condition which, int limit) {
        var runs = TERMINAL_CONFIGURATION
                .RUNNING_EPOCH
                .gt(ROLLOUT_TERMINAL.EPOCH)
                .or(TERMINAL_CONFIGURATION
                        .RUNNING_EPOCH
                        .eq(ROLLOUT_TERMINAL.EPOCH)
                        .and(TERMINAL_CONFIGURATION.RUNNING_GEN.ge(ROLLOUT_TERMINAL.GEN)));
        var about = TERMINAL_CONFIGURATION
                .REPORTED_EPOCH
                .gt(ROLLOUT_TERMINAL.EPOCH)
                .or(TERMINAL_CONFIGURATION
                        .REPORTED_EPOCH
                        .eq(ROLLOUT_TERMINAL.EPOCH)
                        .and(TERMINAL_CONFIGURATION.REPORTED_GEN.ge(ROLLOUT_TERMINAL.GEN)));
        var refuses = DSL.coalesce(
                DSL.field(about.and(TERMINAL_CONFIGURATION.REPORTED_STAGE.in("REJECTED", "ROLLED_BACK"))),
                DSL.inline(false));
        return db.select(
                        ROLLOUT_TERMINAL.TERMINAL_ID,
                        ROLLOUT_TERMINAL.STATE,
                        TERMINAL_CONFIGURATION.PROGRESSED_AT,
                        TERMINAL_CONFIGURATION.BOUND,
                        TERMINAL_CONFIGURATION.ONLINE,
                        DSL.coalesce(DSL.field(runs), DSL.inline(false)),
                        refuses,
                        TERMINAL_CONFIGURATION.REPORTED_CODE,
                        ROLLOUT_TERMINAL.SENT_AT,
                        TERMINAL_CONFIGURATION.STORE_ID,
                        ROLLOUT_TERMINAL.RESTS_UNTIL,
                        ROLLOUT_TERMINAL.PROVED_AT)
                .from(TERMINAL_CONFIGURATION)
                .join(ROLLOUT_TERMINAL)
                .on(ROLLOUT_TERMINAL.TERMINAL_ID.eq(TERMINAL_CONFIGURATION.TERMINAL_ID))
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.getId()))
                .and(which)
                .orderBy(TERMINAL_CONFIGURATION.PROGRESSED_AT, TERMINAL_CONFIGURATION.TERMINAL_ID)
                .limit(limit)
                .fetch(row -> new Progress(
                        row.value1(),
                        Turn.valueOf(row.value2()),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        row.value7(),
                        row.value8(),
                        row.value9(),
                        new StoreId(row.value10()),
                        row.value11(),
                        row.value12()));
    }

    /** Unless it moved meanwhile. */
    void move(
            RolloutRecord rollout,
            Progress progress,
            Turn next,
            @Nullable Instant sentAt,
            @Nullable Instant restsUntil,
            Instant now) {
        boolean proves = next == Turn.APPLIED && progress.turn() != Turn.APPLIED;
        db.update(ROLLOUT_TERMINAL)
                .set(ROLLOUT_TERMINAL.STATE, next.name())
                .set(ROLLOUT_TERMINAL.SENT_AT, sentAt)
                .set(ROLLOUT_TERMINAL.RESTS_UNTIL, restsUntil)
                .set(ROLLOUT_TERMINAL.PROVED_AT, proves ? now : progress.provedAt())
                .set(ROLLOUT_TERMINAL.CODE, next == Turn.REFUSED ? progress.code() : null)
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.getId()))
                .and(ROLLOUT_TERMINAL.TERMINAL_ID.eq(progress.terminal()))
                .and(ROLLOUT_TERMINAL.STATE.eq(progress.turn().name()))
                .execute();
    }

    /** Some that were given the word that is taken back. */
    List<Candidate> toReturn(RolloutRecord rollout, int limit) {
        return candidates(rollout, ROLLOUT_TERMINAL.STATE.notIn(Turn.WAITING.name(), Turn.RETURNED.name()), limit);
    }

    void returned(RolloutRecord rollout, Collection<Long> terminals) {
        db.update(ROLLOUT_TERMINAL)
                .set(ROLLOUT_TERMINAL.STATE, Turn.RETURNED.name())
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.getId()))
                .and(ROLLOUT_TERMINAL.TERMINAL_ID.in(terminals))
                .execute();
    }

    /** Forgets some of the rollout's rows; returns how many. */
    int forget(RolloutRecord rollout, int most) {
        var some = db.select(ROLLOUT_TERMINAL.TERMINAL_ID)
                .from(ROLLOUT_TERMINAL)
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.getId()))
                .orderBy(ROLLOUT_TERMINAL.TERMINAL_ID)
                .limit(most)
                .fetch(ROLLOUT_TERMINAL.TERMINAL_ID);
        leave(rollout, some);
        return some.size();
    }

    // --- reading ---

    List<Rollouts.Failure> failures(RolloutId rollout, int most) {
        return db.select(ROLLOUT_TERMINAL.STATE, ROLLOUT_TERMINAL.CODE, DSL.count())
                .from(ROLLOUT_TERMINAL)
                .where(ROLLOUT_TERMINAL.ROLLOUT_ID.eq(rollout.value()))
                .and(ROLLOUT_TERMINAL.STATE.in(Arrays.stream(Turn.values())
                        .filter(Turn::isFailure)
                        .map(Enum::name)
                        .toList()))
                .groupBy(ROLLOUT_TERMINAL.STATE, ROLLOUT_TERMINAL.CODE)
                .orderBy(DSL.count().desc(), ROLLOUT_TERMINAL.STATE, ROLLOUT_TERMINAL.CODE)
                .limit(most)
                .fetch(row -> new Rollouts.Failure(Turn.valueOf(row.value1()), row.value2(), row.value3()));
    }

    List<RolloutTerminalRecord> in(RolloutId rollout, Rollouts.Which which, @Nullable TerminalId after, int limit) {
        var wanted = ROLLOUT_TERMINAL
                .ROLLOUT_ID
                .eq(rollout.value())
                .and(ROLLOUT_TERMINAL.STATE.eq(which.turn().name()));
        var group = which.group();
        if (group != null) {
            wanted = wanted.and(ROLLOUT_TERMINAL.GROUP_NO.eq(group.shortValue()));
        }
        if (which.code() != null) {
            wanted = wanted.and(ROLLOUT_TERMINAL.CODE.eq(which.code()));
        }
        if (after != null) {
            wanted = wanted.and(ROLLOUT_TERMINAL.TERMINAL_ID.gt(after.value()));
        }
        return db.selectFrom(ROLLOUT_TERMINAL)
                .where(wanted)
                .orderBy(ROLLOUT_TERMINAL.TERMINAL_ID)
                .limit(limit)
                .fetch();
    }
}
