package dev.zhanggui.portal.tradinghours.internal;

import static dev.zhanggui.db.Tables.STORE_CLOSURE;
import static dev.zhanggui.db.Tables.TRADING_HOURS_VERSION;

import dev.zhanggui.db.tables.records.TradingHoursVersionRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursDocument.Parsed;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

/** Versions are only added; the primary key (store, version) decides who was first. */
@Repository
class TradingHoursRepository {

    private static final int MOST_CLOSURES = 20;

    private final DSLContext sql;

    TradingHoursRepository(DSLContext sql) {
        this.sql = sql;
    }

    Optional<HoursVersion> latest(StoreId store) {
        return versions(store, 1).stream().findFirst();
    }

    List<HoursVersion> versions(StoreId store, int limit) {
        return sql.selectFrom(TRADING_HOURS_VERSION)
                .where(TRADING_HOURS_VERSION.STORE_ID.eq(store.value()))
                .orderBy(TRADING_HOURS_VERSION.VERSION.desc())
                .limit(limit)
                .fetch(TradingHoursRepository::version);
    }

    Optional<HoursVersion> asOf(StoreId store, Instant at) {
        return sql.selectFrom(TRADING_HOURS_VERSION)
                .where(TRADING_HOURS_VERSION.STORE_ID.eq(store.value()))
                .and(TRADING_HOURS_VERSION.CHANGED_AT.le(at))
                .orderBy(TRADING_HOURS_VERSION.VERSION.desc())
                .limit(1)
                .fetchOptional(TradingHoursRepository::version);
    }

    /** False when that version exists already. */
    boolean add(HoursVersion version, Instant at, Actor actor) {
        try {
            sql.insertInto(TRADING_HOURS_VERSION)
                    .set(TRADING_HOURS_VERSION.STORE_ID, version.store().value())
                    .set(TRADING_HOURS_VERSION.VERSION, version.version())
                    .set(TRADING_HOURS_VERSION.DOCUMENT, version.document().json())
                    .set(TRADING_HOURS_VERSION.CHANGED_AT, at)
                    .set(TRADING_HOURS_VERSION.CHANGED_BY_KIND, actor.kind().name())
                    .set(TRADING_HOURS_VERSION.CHANGED_BY_ID, actor.id())
                    .set(TRADING_HOURS_VERSION.CHANGED_BY_LABEL, actor.label())
                    .set(TRADING_HOURS_VERSION.REASON, version.reason())
                    .execute();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** What holds now: the latest first. One that another instance just started may begin a blink ahead of our clock. */
    List<Closure> closures(StoreId store, Instant now) {
        return closures(STORE_CLOSURE.STORE_ID.eq(store.value()).and(STORE_CLOSURE.ENDED_AT.isNull()), now);
    }

    /** What was known at a past moment to hold then: the latest first. */
    List<Closure> closuresAsOf(StoreId store, Instant then) {
        return closures(
                STORE_CLOSURE
                        .STORE_ID
                        .eq(store.value())
                        .and(STORE_CLOSURE.FROM_AT.le(then))
                        .and(STORE_CLOSURE.ENDED_AT.isNull().or(STORE_CLOSURE.ENDED_AT.gt(then))),
                then);
    }

    private List<Closure> closures(Condition condition, Instant at) {
        return sql.selectFrom(STORE_CLOSURE)
                .where(condition)
                .and(STORE_CLOSURE.UNTIL_AT.isNull().or(STORE_CLOSURE.UNTIL_AT.gt(at)))
                .orderBy(STORE_CLOSURE.FROM_AT.desc(), STORE_CLOSURE.ID.desc())
                .limit(MOST_CLOSURES)
                .fetch(row -> new Closure(
                        Closure.Kind.valueOf(row.getKind()), row.getFromAt(), row.getUntilAt(), row.getReason()));
    }

    void start(StoreId store, Closure closure, Actor actor) {
        sql.insertInto(STORE_CLOSURE)
                .set(STORE_CLOSURE.ID, Ids.next())
                .set(STORE_CLOSURE.STORE_ID, store.value())
                .set(STORE_CLOSURE.KIND, closure.kind().name())
                .set(STORE_CLOSURE.FROM_AT, closure.from())
                .set(STORE_CLOSURE.UNTIL_AT, closure.until())
                .set(STORE_CLOSURE.REASON, closure.reason())
                .set(STORE_CLOSURE.STARTED_BY_KIND, actor.kind().name())
                .set(STORE_CLOSURE.STARTED_BY_ID, actor.id())
                .set(STORE_CLOSURE.STARTED_BY_LABEL, actor.label())
                .set(STORE_CLOSURE.VERSION, 0)
                .execute();
    }

    /** Ends all that hold at the moment; how many there were. */
    int end(StoreId store, Instant at, Actor actor) {
        return sql.update(STORE_CLOSURE)
                .set(STORE_CLOSURE.ENDED_AT, at)
                .set(STORE_CLOSURE.ENDED_BY_KIND, actor.kind().name())
                .set(STORE_CLOSURE.ENDED_BY_ID, actor.id())
                .set(STORE_CLOSURE.ENDED_BY_LABEL, actor.label())
                .set(STORE_CLOSURE.VERSION, STORE_CLOSURE.VERSION.plus(1))
                .where(STORE_CLOSURE.STORE_ID.eq(store.value()))
                .and(STORE_CLOSURE.ENDED_AT.isNull())
                .and(STORE_CLOSURE.UNTIL_AT.isNull().or(STORE_CLOSURE.UNTIL_AT.gt(at)))
                .execute();
    }

    private static HoursVersion version(TradingHoursVersionRecord row) {
        return new HoursVersion(
                new StoreId(row.getStoreId()),
                row.getVersion(),
                document(row),
                row.getChangedAt(),
                row.getChangedByLabel(),
                row.getReason());
    }

    private static HoursDocument document(TradingHoursVersionRecord row) {
        return switch (HoursDocument.parse(row.getDocument())) {
            case Parsed.Valid valid -> valid.document();
            case Parsed.Invalid invalid ->
                throw new IllegalStateException("hours of store:" + row.getStoreId() + " version " + row.getVersion()
                        + " cannot be read: " + invalid.errors());
        };
    }
}
