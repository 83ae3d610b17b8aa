package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.CONFIG_GENERATION;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;

import dev.zhanggui.db.tables.records.ConfigGenerationRecord;
import dev.zhanggui.db.tables.records.TerminalConfigurationRecord;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.DueWork.HandOut;
import dev.zhanggui.portal.configuration.Generation;
import dev.zhanggui.portal.configuration.GenerationOutcome;
import dev.zhanggui.portal.configuration.Lane;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

/** One row per terminal with what it should run and what it said, and its history of versions. */
@Repository
class ConfigurationRows {

    /** Versions kept per terminal. */
    static final int HISTORY = 100;

    private final DSLContext db;
    private final Clock clock;

    ConfigurationRows(DSLContext db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** A terminal that was bound, for the first time or again; numbering goes on where it was. */
    void bind(TerminalId terminal, String publicId, StoreId store, MerchantId merchant) {
        var now = clock.instant();
        int updated = db.update(TERMINAL_CONFIGURATION)
                .set(TERMINAL_CONFIGURATION.STORE_ID, store.value())
                .set(TERMINAL_CONFIGURATION.MERCHANT_ID, merchant.value())
                .set(TERMINAL_CONFIGURATION.BOUND, true)
                .setNull(TERMINAL_CONFIGURATION.UNBOUND_AT)
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
                .setNull(TERMINAL_CONFIGURATION.CLAIM_TOKEN)
                .setNull(TERMINAL_CONFIGURATION.RENEW_AT)
                .set(TERMINAL_CONFIGURATION.UNBOUND_AT, clock.instant())
                .set(TERMINAL_CONFIGURATION.PROGRESSED_AT, clock.instant())
                .set(TERMINAL_CONFIGURATION.VERSION, TERMINAL_CONFIGURATION.VERSION.plus(1))
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(terminal.value()))
                .execute();
    }

    /** Locked until the transaction ends, always in the same order. */
    List<TerminalConfigurationRecord> lockOfStore(StoreId store) {
        return lock(TERMINAL_CONFIGURATION.STORE_ID.eq(store.value()).and(TERMINAL_CONFIGURATION.BOUND.isTrue()));
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

    /** Adds a version; unsettled older ones are superseded, ancient ones forgotten. */
    void addGeneration(ConfigGenerationRecord generation) {
        db.update(CONFIG_GENERATION)
                .set(CONFIG_GENERATION.OUTCOME, GenerationOutcome.SUPERSEDED.name())
                .where(CONFIG_GENERATION.TERMINAL_ID.eq(generation.getTerminalId()))
                .and(CONFIG_GENERATION.OUTCOME.in(GenerationOutcome.PENDING.name(), GenerationOutcome.DELIVERED.name()))
                .execute();
        db.deleteFrom(CONFIG_GENERATION)
                .where(CONFIG_GENERATION.TERMINAL_ID.eq(generation.getTerminalId()))
                .and(CONFIG_GENERATION.GEN.le(generation.getGen() - HISTORY))
                .execute();
        db.executeInsert(generation);
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

    /**
     * Claims due work of connected terminals, most urgent first. Until the time-out of the claim nobody else gets it; then it is
     * due again by itself, because silence is a failure.
     */
    List<HandOut> claim(String token, int most, Backoff backoff) {
        var now = clock.instant();
        var due = TERMINAL_CONFIGURATION
                .ONLINE
                .isTrue()
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .and(TERMINAL_CONFIGURATION.DUE_AT.le(now));
        var candidates = db.select(TERMINAL_CONFIGURATION.TERMINAL_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(due)
                .orderBy(TERMINAL_CONFIGURATION.LANE, TERMINAL_CONFIGURATION.DUE_AT, TERMINAL_CONFIGURATION.TERMINAL_ID)
                .limit(most)
                .fetch(TERMINAL_CONFIGURATION.TERMINAL_ID);
        return candidates.isEmpty() ? List.of() : claim(token, candidates, due, backoff);
    }

    private List<HandOut> claim(String token, List<Long> candidates, Condition due, Backoff backoff) {
        var now = clock.instant();
        var next = DSL.case_(TERMINAL_CONFIGURATION.ATTEMPTS).when(0, later(now, backoff.after(0)));
        for (int attempts = 1; attempts < Backoff.STEPS; attempts++) {
            next = next.when(attempts, later(now, backoff.after(attempts)));
        }
        db.update(TERMINAL_CONFIGURATION)
                .set(TERMINAL_CONFIGURATION.CLAIM_TOKEN, token)
                .set(TERMINAL_CONFIGURATION.DUE_AT, next.otherwise(later(now, backoff.after(Backoff.STEPS))))
                .set(TERMINAL_CONFIGURATION.ATTEMPTS, TERMINAL_CONFIGURATION.ATTEMPTS.plus(1))
                .set(TERMINAL_CONFIGURATION.VERSION, TERMINAL_CONFIGURATION.VERSION.plus(1))
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.in(candidates))
                .and(due)
                .execute();
        return db
                .selectFrom(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.in(candidates))
                .and(TERMINAL_CONFIGURATION.CLAIM_TOKEN.eq(token))
                .orderBy(TERMINAL_CONFIGURATION.LANE, TERMINAL_CONFIGURATION.TERMINAL_ID)
                .fetch()
                .stream()
                .flatMap(row -> handOut(row).stream())
                .toList();
    }

    /** Bound with the column's type: a plain Instant would be sent with an offset that DATETIME refuses. */
    private static Field<Instant> later(Instant now, Duration by) {
        return DSL.val(now.plus(by), TERMINAL_CONFIGURATION.DUE_AT);
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

    List<String> unboundSince(Instant since, int most) {
        return db.select(TERMINAL_CONFIGURATION.PUBLIC_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.UNBOUND_AT.ge(since))
                .orderBy(TERMINAL_CONFIGURATION.UNBOUND_AT, TERMINAL_CONFIGURATION.TERMINAL_ID)
                .limit(most)
                .fetch(TERMINAL_CONFIGURATION.PUBLIC_ID);
    }

    static ConfigurationVersion desired(TerminalConfigurationRecord row) {
        return new ConfigurationVersion(row.getDesiredEpoch(), row.getDesiredGen());
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
