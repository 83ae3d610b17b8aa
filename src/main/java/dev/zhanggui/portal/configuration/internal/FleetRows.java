package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.BRIDGE_SEEN;
import static dev.zhanggui.db.Tables.CONFIG_GENERATION;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;

import dev.zhanggui.db.tables.records.TerminalConfigurationRecord;
import dev.zhanggui.portal.configuration.Fleet;
import dev.zhanggui.portal.configuration.Fleet.State;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Reads of all terminals at once. */
@Repository
class FleetRows {

    private static final Condition ABOUT_LATEST = TERMINAL_CONFIGURATION
            .REPORTED_GEN
            .eq(TERMINAL_CONFIGURATION.DESIRED_GEN)
            .and(TERMINAL_CONFIGURATION.REPORTED_EPOCH.eq(TERMINAL_CONFIGURATION.DESIRED_EPOCH));

    /** In the order in which {@link dev.zhanggui.portal.configuration.SyncStatus} is found for one terminal. */
    private static final Field<String> STATE = DSL.when(TERMINAL_CONFIGURATION.ONLINE.isFalse(), name(State.OFFLINE))
            .when(TERMINAL_CONFIGURATION.RUNNING_DIGEST.eq(TERMINAL_CONFIGURATION.DESIRED_DIGEST), name(State.IN_STEP))
            .when(
                    ABOUT_LATEST.and(TERMINAL_CONFIGURATION.REPORTED_STAGE.in("REJECTED", "ROLLED_BACK")),
                    name(State.REJECTED))
            .when(
                    ABOUT_LATEST.and(TERMINAL_CONFIGURATION.REPORTED_STAGE.in("RECEIVED", "VERIFIED")),
                    name(State.DELIVERED))
            .otherwise(name(State.SENDING));

    private final DSLContext db;

    FleetRows(DSLContext db) {
        this.db = db;
    }

    private static Field<String> name(State state) {
        return DSL.inline(state.name());
    }

    Map<State, Integer> byState() {
        var state = STATE.as("state");
        var counted = new EnumMap<State, Integer>(State.class);
        for (var each : State.values()) {
            counted.put(each, 0);
        }
        db.select(state, DSL.count())
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .groupBy(state)
                .forEach(row -> counted.put(State.valueOf(row.value1()), row.value2()));
        return counted;
    }

    int stores() {
        return db.select(DSL.countDistinct(TERMINAL_CONFIGURATION.STORE_ID))
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .fetchSingle()
                .value1();
    }

    List<Fleet.Refusal> refusals(int most) {
        return db.select(TERMINAL_CONFIGURATION.REPORTED_CODE, DSL.count())
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .and(STATE.eq(name(State.REJECTED)))
                .groupBy(TERMINAL_CONFIGURATION.REPORTED_CODE)
                .orderBy(DSL.count().desc(), TERMINAL_CONFIGURATION.REPORTED_CODE)
                .limit(most)
                .fetch(row -> new Fleet.Refusal(row.value1(), row.value2()));
    }

    /** Of terminals that were connected before the edit, and still are. */
    SortedMap<Duration, Integer> delays(Instant since) {
        long step = Fleet.Delay.STEP.toNanos() / 1000;
        long most = Fleet.Delay.MOST.toNanos() / 1000 / step;
        Field<Long> micros = DSL.field(
                "timestampdiff(microsecond, {0}, {1})",
                SQLDataType.BIGINT, CONFIG_GENERATION.EDITED_AT, CONFIG_GENERATION.APPLIED_AT);
        Field<Long> slot = DSL.field(
                        "least(greatest({0}, 0) div {1}, {2})",
                        SQLDataType.BIGINT, micros, DSL.inline(step), DSL.inline(most))
                .as("slot");
        var counted = new TreeMap<Duration, Integer>();
        db.select(slot, DSL.count())
                .from(CONFIG_GENERATION)
                .join(TERMINAL_CONFIGURATION)
                .on(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(CONFIG_GENERATION.TERMINAL_ID))
                .where(CONFIG_GENERATION.APPLIED_AT.ge(since))
                .and(TERMINAL_CONFIGURATION.ONLINE.isTrue())
                .and(TERMINAL_CONFIGURATION.PRESENCE_AT.le(CONFIG_GENERATION.EDITED_AT))
                .groupBy(slot)
                .forEach(row -> counted.put(Fleet.Delay.STEP.multipliedBy(row.value1()), row.value2()));
        return counted;
    }

    List<Fleet.Bridge> bridges(Instant since) {
        return db.select(BRIDGE_SEEN.BRIDGE, BRIDGE_SEEN.LAST_SEEN_AT)
                .from(BRIDGE_SEEN)
                .where(BRIDGE_SEEN.LAST_SEEN_AT.ge(since))
                .orderBy(BRIDGE_SEEN.BRIDGE)
                .limit(50)
                .fetch(row -> new Fleet.Bridge(row.value1(), row.value2()));
    }

    /** @param stores only of these; null for all */
    List<TerminalConfigurationRecord> in(
            Fleet.Which which, @Nullable Collection<StoreId> stores, @Nullable TerminalId after, int limit) {
        var wanted = TERMINAL_CONFIGURATION.BOUND.isTrue().and(STATE.eq(name(which.state())));
        if (which.code() != null) {
            wanted = wanted.and(TERMINAL_CONFIGURATION.REPORTED_CODE.eq(which.code()));
        }
        if (stores != null) {
            wanted = wanted.and(TERMINAL_CONFIGURATION.STORE_ID.in(
                    stores.stream().map(StoreId::value).toList()));
        }
        if (after != null) {
            wanted = wanted.and(TERMINAL_CONFIGURATION.TERMINAL_ID.gt(after.value()));
        }
        return db.selectFrom(TERMINAL_CONFIGURATION)
                .where(wanted)
                .orderBy(TERMINAL_CONFIGURATION.TERMINAL_ID)
                .limit(limit)
                .fetch();
    }

    boolean isIn(TerminalConfigurationRecord row, Fleet.Which which) {
        return db.fetchExists(db.selectOne()
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(row.getTerminalId()))
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .and(STATE.eq(name(which.state())))
                .and(which.code() == null ? DSL.noCondition() : TERMINAL_CONFIGURATION.REPORTED_CODE.eq(which.code())));
    }
}
