package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.CONFIG_GENERATION;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;

import dev.zhanggui.db.tables.records.ConfigGenerationRecord;
import dev.zhanggui.db.tables.records.TerminalConfigurationRecord;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.DueWork.HandOut;
import dev.zhanggui.portal.configuration.DueWork.Withdrawal;
import dev.zhanggui.portal.configuration.Generation;
import dev.zhanggui.portal.configuration.GenerationOutcome;
import dev.zhanggui.portal.configuration.Lane;
import dev.zhanggui.portal.configuration.internal.BridgeLives.Carrier;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record3;
import org.jooq.Record4;
import org.jooq.Select;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** One row per terminal with what it should run and what it said, and its history of versions. */
@Repository
class ConfigurationRows {

    /** Versions kept per terminal. */
    static final int HISTORY = 100;

    private static final int QUEUED_AT_ONCE = 500;
    private static final TableField<TerminalConfigurationRecord, Instant> UNBOUND_AT =
            TERMINAL_CONFIGURATION.UNBOUND_AT;

    private static final Comparator<Record4<Short, Long, Instant, Long>> IN_TURN = Comparator.comparing(
                    (Record4<Short, Long, Instant, Long> head) -> head.value1())
            .thenComparing(head -> head.value2())
            .thenComparing(head -> head.value3())
            .thenComparing(head -> head.value4());

    private final DSLContext db;
    private final Clock clock;
    private final Turns turns = new Turns();

    ConfigurationRows(DSLContext db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * A terminal that was bound, for the first time or again; numbering goes on where it was. When it was last unbound stays written: the
     * bridges have to hear of it all the same.
     */
    void bind(TerminalId terminal, String publicId, StoreId store, MerchantId merchant) {
        var now = clock.instant();
        int updated = db.update(TERMINAL_CONFIGURATION)
                .set(TERMINAL_CONFIGURATION.STORE_ID, store.value())
                .set(TERMINAL_CONFIGURATION.MERCHANT_ID, merchant.value())
                .set(TERMINAL_CONFIGURATION.BOUND, true)
                .set(TERMINAL_CONFIGURATION.PROGRESSED_AT, now)
                .set(TERMINAL_CONFIGURATION.VERSION, TERMINAL_CONFIGURATION.VERSION.plus(1))
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(terminal.value()))
                .execute();
        if (updated == 0) {
            db.insertInto(TERMINAL_CONFIGURATION)
                    .set(TERMINAL_CONFIGURATION.TERMINAL_ID, terminal.value())
                    .set(TERMINAL_CONFIGURATION.PUBLIC_ID, publicId)
                    .set(TERMINAL_CONFIGURATION.STORE_ID, store.value())
                    .set(TERMINAL_CONFIGURATION.MERCHANT_ID, merchant.value())
                    .set(TERMINAL_CONFIGURATION.BOUND, true)
                    .set(TERMINAL_CONFIGURATION.DESIRED_EPOCH, ConfigurationVersion.NONE.epoch())
                    .set(TERMINAL_CONFIGURATION.DESIRED_GEN, ConfigurationVersion.NONE.generation())
                    .set(TERMINAL_CONFIGURATION.LANE, lane(Lane.EDIT))
                    .set(TERMINAL_CONFIGURATION.ATTEMPTS, 0)
                    .set(TERMINAL_CONFIGURATION.ONLINE, false)
                    .set(TERMINAL_CONFIGURATION.PROGRESSED_AT, now)
                    .set(TERMINAL_CONFIGURATION.VERSION, 0)
                    .execute();
        }
    }

    /** Nothing is handed out to it from now on; what it ran and its history stay. */
    void unbind(TerminalId terminal) {
        db.update(TERMINAL_CONFIGURATION)
                .set(TERMINAL_CONFIGURATION.BOUND, false)
                .setNull(TERMINAL_CONFIGURATION.DUE_AT)
                .setNull(TERMINAL_CONFIGURATION.DUE_RANK)
                .setNull(TERMINAL_CONFIGURATION.CLAIM_TOKEN)
                .setNull(TERMINAL_CONFIGURATION.RENEW_AT)
                .set(UNBOUND_AT, clock.instant())
                .set(TERMINAL_CONFIGURATION.PROGRESSED_AT, clock.instant())
                .set(TERMINAL_CONFIGURATION.VERSION, TERMINAL_CONFIGURATION.VERSION.plus(1))
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(terminal.value()))
                .execute();
    }

    /** The next stores with terminals, by id. */
    List<Long> stores(long after, int most) {
        return db.selectDistinct(TERMINAL_CONFIGURATION.STORE_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.STORE_ID.gt(after))
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .orderBy(TERMINAL_CONFIGURATION.STORE_ID)
                .limit(most)
                .fetch(TERMINAL_CONFIGURATION.STORE_ID);
    }

    /** The next terminals of a store, by id. */
    List<Long> idsOfStore(StoreId store, long after, int most) {
        return db.select(TERMINAL_CONFIGURATION.TERMINAL_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.STORE_ID.eq(store.value()))
                .and(TERMINAL_CONFIGURATION.TERMINAL_ID.gt(after))
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .orderBy(TERMINAL_CONFIGURATION.TERMINAL_ID)
                .limit(most)
                .fetch(TERMINAL_CONFIGURATION.TERMINAL_ID);
    }

    /** Locked until the transaction ends, always in the same order. */
    List<TerminalConfigurationRecord> lockOfStore(StoreId store, Collection<Long> terminals) {
        return terminals.isEmpty()
                ? List.of()
                : lock(TERMINAL_CONFIGURATION
                        .TERMINAL_ID
                        .in(terminals)
                        .and(TERMINAL_CONFIGURATION.STORE_ID.eq(store.value()))
                        .and(TERMINAL_CONFIGURATION.BOUND.isTrue()));
    }

    List<TerminalConfigurationRecord> lockByPublicIds(Collection<String> publicIds) {
        return lock(TERMINAL_CONFIGURATION.PUBLIC_ID.in(publicIds).and(TERMINAL_CONFIGURATION.BOUND.isTrue()));
    }

    Optional<TerminalConfigurationRecord> lock(TerminalId terminal) {
        return lock(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(terminal.value()).and(TERMINAL_CONFIGURATION.BOUND.isTrue()))
                .stream()
                .findFirst();
    }

    private List<TerminalConfigurationRecord> lock(Condition which) {
        return db.selectFrom(TERMINAL_CONFIGURATION)
                .where(which)
                .orderBy(TERMINAL_CONFIGURATION.TERMINAL_ID)
                .forUpdate()
                .fetch();
    }

    List<TerminalConfigurationRecord> ofStore(StoreId store, int most) {
        return db.selectFrom(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.STORE_ID.eq(store.value()))
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .orderBy(TERMINAL_CONFIGURATION.TERMINAL_ID)
                .limit(most)
                .fetch();
    }

    Optional<TerminalConfigurationRecord> find(TerminalId terminal) {
        return db.selectFrom(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(terminal.value()))
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .fetchOptional();
    }

    Optional<TerminalConfigurationRecord> find(String publicId) {
        return db.selectFrom(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.PUBLIC_ID.eq(publicId))
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .fetchOptional();
    }

    /** Writes what was changed on locked rows. */
    void save(Collection<TerminalConfigurationRecord> locked) {
        var changed =
                locked.stream().filter(TerminalConfigurationRecord::modified).toList();
        changed.forEach(row -> row.setVersion(row.getVersion() + 1));
        db.batchUpdate(changed).execute();
    }

    /** Adds a version to each of some terminals; unsettled older ones are superseded, ancient ones forgotten. */
    void addGenerations(Collection<ConfigGenerationRecord> generations) {
        if (generations.isEmpty()) {
            return;
        }
        db.update(CONFIG_GENERATION)
                .set(CONFIG_GENERATION.OUTCOME, GenerationOutcome.SUPERSEDED.name())
                .where(CONFIG_GENERATION.TERMINAL_ID.in(generations.stream()
                        .map(ConfigGenerationRecord::getTerminalId)
                        .toList()))
                .and(CONFIG_GENERATION.OUTCOME.in(GenerationOutcome.PENDING.name(), GenerationOutcome.DELIVERED.name()))
                .execute();
        generations.stream()
                .filter(generation -> generation.getGen() > HISTORY)
                .map(generation -> CONFIG_GENERATION
                        .TERMINAL_ID
                        .eq(generation.getTerminalId())
                        .and(CONFIG_GENERATION.GEN.le(generation.getGen() - HISTORY)))
                .reduce(Condition::or)
                .ifPresent(ancient ->
                        db.deleteFrom(CONFIG_GENERATION).where(ancient).execute());
        db.batchInsert(generations).execute();
    }

    List<ConfigGenerationRecord> generations(Collection<Long> terminals, Collection<Long> generations) {
        return db.selectFrom(CONFIG_GENERATION)
                .where(CONFIG_GENERATION.TERMINAL_ID.in(terminals))
                .and(CONFIG_GENERATION.GEN.in(generations))
                .fetch();
    }

    Optional<ConfigGenerationRecord> generation(TerminalId terminal, ConfigurationVersion version) {
        return db.selectFrom(CONFIG_GENERATION)
                .where(CONFIG_GENERATION.TERMINAL_ID.eq(terminal.value()))
                .and(CONFIG_GENERATION.EPOCH.eq(version.epoch()))
                .and(CONFIG_GENERATION.GEN.eq(version.generation()))
                .fetchOptional();
    }

    /** How often it was given a version after its own number. */
    int healedSince(long terminal, Instant since) {
        return db.fetchCount(
                CONFIG_GENERATION,
                CONFIG_GENERATION
                        .TERMINAL_ID
                        .eq(terminal)
                        .and(CONFIG_GENERATION.CAUSE.eq(ChangeCause.HEALED.name()))
                        .and(CONFIG_GENERATION.COMPILED_AT.gt(since)));
    }

    void saveGenerations(Collection<ConfigGenerationRecord> generations) {
        db.batchUpdate(generations.stream()
                        .filter(ConfigGenerationRecord::modified)
                        .toList())
                .execute();
    }

    List<Generation> history(TerminalId terminal, int limit) {
        return db.selectFrom(CONFIG_GENERATION)
                .where(CONFIG_GENERATION.TERMINAL_ID.eq(terminal.value()))
                .orderBy(CONFIG_GENERATION.EPOCH.desc(), CONFIG_GENERATION.GEN.desc())
                .limit(limit)
                .fetch(row -> new Generation(
                        new ConfigurationVersion(row.getEpoch(), row.getGen()),
                        ChangeCause.valueOf(row.getCause()),
                        row.getWho(),
                        row.getEditedAt(),
                        row.getDeliveredAt(),
                        row.getAppliedAt(),
                        GenerationOutcome.valueOf(row.getOutcome()),
                        row.getCode()));
    }

    /** As {@link #makeDue(TerminalConfigurationRecord, Lane, Instant, Heads)}, for one alone. */
    void makeDue(TerminalConfigurationRecord row, Lane lane, Instant now) {
        makeDue(row, lane, now, heads());
    }

    Heads heads() {
        return new Heads();
    }

    /** The lowest number of each queue, asked once by whoever adds many at the same moment. */
    final class Heads {

        private record Queue(long life, short lane) {}

        private final Map<Queue, Optional<Long>> lowest = new HashMap<>();

        private Optional<Long> of(long life, short lane) {
            return lowest.computeIfAbsent(new Queue(life, lane), queue -> lowest(queue.life(), queue.lane()));
        }
    }

    /**
     * Makes a locked row wait for a bridge from now on. One that waits already keeps its place, and the urgency of what it waits
     * with.
     */
    void makeDue(TerminalConfigurationRecord row, Lane lane, Instant now, Heads heads) {
        boolean waits = row.getDueAt() != null;
        short urgency = waits ? (short) Math.min(row.getLane(), lane(lane)) : lane(lane);
        boolean keepsPlace = waits && row.getDueRank() != null && row.getLane() == urgency;
        row.setLane(urgency);
        row.setClaimToken(null);
        row.setAttempts(0);
        row.setDueAt(now);
        if (!keepsPlace) {
            // Those that are away take their place when they are back.
            var life = row.getLife();
            row.setDueRank(
                    row.getOnline() && life != null
                            ? turns.next(urgency, row.getMerchantId(), heads.of(life, urgency), now)
                            : null);
        }
    }

    private Optional<Long> lowest(long life, short lane) {
        return db.select(TERMINAL_CONFIGURATION.DUE_RANK)
                .from(TERMINAL_CONFIGURATION)
                .where(inLane(life, lane))
                .and(TERMINAL_CONFIGURATION.DUE_RANK.isNotNull())
                .orderBy(TERMINAL_CONFIGURATION.DUE_RANK)
                .limit(1)
                .fetchOptional(TERMINAL_CONFIGURATION.DUE_RANK);
    }

    private static Condition inLane(long life, short lane) {
        return TERMINAL_CONFIGURATION
                .ONLINE
                .eq(true)
                .and(TERMINAL_CONFIGURATION.LIFE.eq(life))
                .and(TERMINAL_CONFIGURATION.LANE.eq(lane));
    }

    /**
     * Claims due work of the terminals that the bridge reaches, most urgent first, merchants in turns ({@link Turns}). Until the time-out of the claim
     * nobody else gets it; then it is due again by itself, because silence is a failure.
     */
    List<HandOut> claim(Carrier carrier, String token, int most, Backoff backoff) {
        var now = clock.instant();
        queue(carrier, now);
        var candidates = heads(carrier, most).fetch().stream()
                .sorted(IN_TURN)
                .limit(most)
                .map(Record4::value4)
                .toList();
        return candidates.isEmpty() ? List.of() : claim(carrier, token, candidates, now, backoff);
    }

    /** One index range a lane, read from its lowest number on, in the order of the index to its last column. */
    Select<Record4<Short, Long, Instant, Long>> heads(Carrier carrier, int most) {
        return eachLane(lane -> db.select(
                        TERMINAL_CONFIGURATION.LANE,
                        TERMINAL_CONFIGURATION.DUE_RANK,
                        TERMINAL_CONFIGURATION.DUE_AT,
                        TERMINAL_CONFIGURATION.TERMINAL_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(inLane(carrier.life(), lane))
                .and(carrier.mine())
                .and(TERMINAL_CONFIGURATION.DUE_RANK.isNotNull())
                .orderBy(
                        TERMINAL_CONFIGURATION.DUE_RANK,
                        TERMINAL_CONFIGURATION.DUE_AT,
                        TERMINAL_CONFIGURATION.SHARD,
                        TERMINAL_CONFIGURATION.TERMINAL_ID)
                .limit(most));
    }

    /** Gives a place to what became due without one: answers that did not come, and terminals that are back. */
    private void queue(Carrier carrier, Instant now) {
        var late = unranked(carrier, now).fetch();
        if (late.isEmpty()) {
            return;
        }
        var lowest = new HashMap<Short, Optional<Long>>();
        db.batch(late.stream()
                        .map(row -> {
                            short lane = row.value1();
                            long turn = turns.next(
                                    lane,
                                    row.value2(),
                                    lowest.computeIfAbsent(lane, each -> lowest(carrier.life(), each)),
                                    now);
                            return db.update(TERMINAL_CONFIGURATION)
                                    .set(TERMINAL_CONFIGURATION.DUE_RANK, turn)
                                    .set(TERMINAL_CONFIGURATION.VERSION, TERMINAL_CONFIGURATION.VERSION.plus(1))
                                    .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(row.value3()))
                                    .and(TERMINAL_CONFIGURATION.DUE_RANK.isNull())
                                    .and(TERMINAL_CONFIGURATION.DUE_AT.le(now));
                        })
                        .toList())
                .execute();
    }

    /** As {@link #heads}. */
    Select<Record3<Short, Long, Long>> unranked(Carrier carrier, Instant now) {
        return eachLane(lane -> db.select(
                        TERMINAL_CONFIGURATION.LANE,
                        TERMINAL_CONFIGURATION.MERCHANT_ID,
                        TERMINAL_CONFIGURATION.TERMINAL_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(inLane(carrier.life(), lane))
                .and(carrier.mine())
                .and(TERMINAL_CONFIGURATION.DUE_RANK.isNull())
                .and(TERMINAL_CONFIGURATION.DUE_AT.le(now))
                .orderBy(
                        TERMINAL_CONFIGURATION.DUE_AT, TERMINAL_CONFIGURATION.SHARD, TERMINAL_CONFIGURATION.TERMINAL_ID)
                .limit(QUEUED_AT_ONCE));
    }

    private static <R extends Record> Select<R> eachLane(Function<Short, Select<R>> select) {
        return Arrays.stream(Lane.values())
                .map(lane -> select.apply(lane(lane)))
                .reduce(Select::unionAll)
                .orElseThrow();
    }

    private List<HandOut> claim(Carrier carrier, String token, List<Long> candidates, Instant now, Backoff backoff) {
        db.update(TERMINAL_CONFIGURATION)
                .set(TERMINAL_CONFIGURATION.CLAIM_TOKEN, token)
                .setNull(TERMINAL_CONFIGURATION.DUE_RANK)
                .set(TERMINAL_CONFIGURATION.DUE_AT, backoff.after(TERMINAL_CONFIGURATION.ATTEMPTS, now))
                .set(TERMINAL_CONFIGURATION.ATTEMPTS, TERMINAL_CONFIGURATION.ATTEMPTS.plus(1))
                .set(TERMINAL_CONFIGURATION.VERSION, TERMINAL_CONFIGURATION.VERSION.plus(1))
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.in(candidates))
                .and(TERMINAL_CONFIGURATION.ONLINE.isTrue())
                .and(TERMINAL_CONFIGURATION.LIFE.eq(carrier.life()))
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .and(TERMINAL_CONFIGURATION.DUE_RANK.isNotNull())
                .execute();
        var claimed = db.selectFrom(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.in(candidates))
                .and(TERMINAL_CONFIGURATION.CLAIM_TOKEN.eq(token))
                .fetchMap(TERMINAL_CONFIGURATION.TERMINAL_ID);
        return candidates.stream()
                .map(claimed::get)
                .filter(Objects::nonNull)
                .flatMap(row -> handOut(row).stream())
                .toList();
    }

    /** Empty when nothing was compiled for it yet. */
    static Optional<HandOut> handOut(TerminalConfigurationRecord row) {
        var digest = row.getDesiredDigest();
        var manifest = row.getManifest();
        var token = row.getClaimToken();
        return digest == null || manifest == null || token == null
                ? Optional.empty()
                : Optional.of(
                        new HandOut(row.getPublicId(), desired(row), lane(row.getLane()), digest, manifest, token));
    }

    /** Terminals whose lease or hours are to be renewed; one mark each. */
    List<Record3<Long, Long, Instant>> renewals(int most) {
        return db.select(
                        TERMINAL_CONFIGURATION.TERMINAL_ID,
                        TERMINAL_CONFIGURATION.STORE_ID,
                        TERMINAL_CONFIGURATION.RENEW_AT)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.RENEW_AT.le(clock.instant()))
                .orderBy(TERMINAL_CONFIGURATION.RENEW_AT, TERMINAL_CONFIGURATION.TERMINAL_ID)
                .limit(most)
                .fetch();
    }

    /** True for the one who asked first: several portals sweep. */
    boolean takeRenewal(long terminal, Instant renewAt, Instant next) {
        return db.update(TERMINAL_CONFIGURATION)
                        .set(TERMINAL_CONFIGURATION.RENEW_AT, next)
                        .set(TERMINAL_CONFIGURATION.VERSION, TERMINAL_CONFIGURATION.VERSION.plus(1))
                        .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(terminal))
                        .and(TERMINAL_CONFIGURATION.RENEW_AT.eq(renewAt))
                        .execute()
                == 1;
    }

    /** All of them, read in pages. */
    List<Withdrawal> withdrawnSince(Instant since, int page) {
        var all = new ArrayList<Withdrawal>();
        var after = UNBOUND_AT.ge(since);
        while (true) {
            var rows = db.select(UNBOUND_AT, TERMINAL_CONFIGURATION.TERMINAL_ID, TERMINAL_CONFIGURATION.PUBLIC_ID)
                    .from(TERMINAL_CONFIGURATION)
                    .where(after)
                    .orderBy(UNBOUND_AT, TERMINAL_CONFIGURATION.TERMINAL_ID)
                    .limit(page)
                    .fetch();
            rows.forEach(row -> all.add(new Withdrawal(row.value3(), row.value1())));
            if (rows.size() < page) {
                return all;
            }
            var last = rows.getLast();
            after = UNBOUND_AT
                    .gt(last.value1())
                    .or(UNBOUND_AT.eq(last.value1()).and(TERMINAL_CONFIGURATION.TERMINAL_ID.gt(last.value2())));
        }
    }

    static ConfigurationVersion desired(TerminalConfigurationRecord row) {
        return new ConfigurationVersion(row.getDesiredEpoch(), row.getDesiredGen());
    }

    static @Nullable ConfigurationVersion running(TerminalConfigurationRecord row) {
        return row.getRunningGen() == null
                ? null
                : new ConfigurationVersion(row.getRunningEpoch(), row.getRunningGen());
    }

    static short lane(Lane lane) {
        return (short) lane.ordinal();
    }

    static Lane lane(short lane) {
        return Lane.values()[lane];
    }

    /** Rows that changed at the moment or later, oldest first. */
    List<OtherPortals.Progress> progressedSince(Instant since, int most) {
        return db.select(
                        TERMINAL_CONFIGURATION.TERMINAL_ID,
                        TERMINAL_CONFIGURATION.STORE_ID,
                        TERMINAL_CONFIGURATION.PROGRESSED_AT)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.PROGRESSED_AT.ge(since))
                .orderBy(TERMINAL_CONFIGURATION.PROGRESSED_AT, TERMINAL_CONFIGURATION.TERMINAL_ID)
                .limit(most)
                .fetch(row -> new OtherPortals.Progress(
                        new TerminalId(row.value1()), new StoreId(row.value2()), row.value3()));
    }
}
