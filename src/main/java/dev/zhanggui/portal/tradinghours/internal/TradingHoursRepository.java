package dev.zhanggui.portal.tradinghours.internal;

import static dev.zhanggui.db.Tables.HOURS_VERSION;
import static dev.zhanggui.db.Tables.STORE_CLOSURE;
import static dev.zhanggui.db.Tables.TRADING_RESTRICTION;

import dev.zhanggui.db.tables.records.HoursVersionRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursDocument.Parsed;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.RestrictionScope;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

/** Versions are only added; the primary key (scope, version) decides who was first. */
@Repository
class TradingHoursRepository {

    private static final Logger LOG = LoggerFactory.getLogger(TradingHoursRepository.class);

    private static final int MOST_CLOSURES = 20;
    private static final int MOST_RESTRICTIONS = 200;
    private static final int MOST_CHANGES = 500;

    private final DSLContext sql;

    TradingHoursRepository(DSLContext sql) {
        this.sql = sql;
    }

    Optional<HoursVersion> latest(HoursScope scope) {
        return versions(scope, 1).stream().findFirst();
    }

    List<HoursVersion> versions(HoursScope scope, int limit) {
        return sql.selectFrom(HOURS_VERSION)
                .where(of(scope))
                .orderBy(HOURS_VERSION.VERSION.desc())
                .limit(limit)
                .fetch(TradingHoursRepository::version);
    }

    /** The latest documents of many; one that cannot be read troubles only whoever asks for it. */
    static final class Documents {

        private final Map<Long, HoursDocument> read = new HashMap<>();
        private final Map<Long, String> unreadable = new HashMap<>();

        private Documents() {}

        /** Null for who said nothing; {@link IllegalStateException} where it cannot be read. */
        @Nullable
        HoursDocument get(long id) {
            var why = unreadable.get(id);
            if (why != null) {
                throw new IllegalStateException(why);
            }
            return read.get(id);
        }

        /** False only for who said something that cannot be read. */
        boolean readable(long id) {
            return !unreadable.containsKey(id);
        }
    }

    /** The latest of each of the ids. */
    Documents latest(Level level, Collection<Long> ids) {
        var documents = new Documents();
        newest(level, ids).forEach(row -> {
            switch (HoursDocument.parse(row.getDocument())) {
                case Parsed.Valid valid -> documents.read.put(row.getScopeId(), valid.document());
                case Parsed.Invalid invalid -> {
                    LOG.error("{}", unreadable(row, invalid));
                    documents.unreadable.put(row.getScopeId(), unreadable(row, invalid));
                }
            }
        });
        return documents;
    }

    /** A version as it is kept: whoever asks for many must not fall over one that cannot be read. */
    record Kept(int version, String document) {}

    /** As {@link #latest(Level, Collection)}, unread. */
    Map<Long, Kept> kept(Level level, Collection<Long> ids) {
        var kept = new HashMap<Long, Kept>();
        newest(level, ids).forEach(row -> kept.put(row.getScopeId(), new Kept(row.getVersion(), row.getDocument())));
        return kept;
    }

    private List<HoursVersionRecord> newest(Level level, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var newest = HOURS_VERSION.as("newest");
        return sql.selectFrom(HOURS_VERSION)
                .where(HOURS_VERSION.SCOPE_KIND.eq(level.name()))
                .and(HOURS_VERSION.SCOPE_ID.in(ids))
                .and(HOURS_VERSION.VERSION.eq(DSL.select(DSL.max(newest.VERSION))
                        .from(newest)
                        .where(newest.SCOPE_KIND.eq(HOURS_VERSION.SCOPE_KIND))
                        .and(newest.SCOPE_ID.eq(HOURS_VERSION.SCOPE_ID))))
                .fetch();
    }

    Optional<HoursVersion> asOf(HoursScope scope, Instant at) {
        return sql.selectFrom(HOURS_VERSION)
                .where(of(scope))
                .and(HOURS_VERSION.CHANGED_AT.le(at))
                .orderBy(HOURS_VERSION.VERSION.desc())
                .limit(1)
                .fetchOptional(TradingHoursRepository::version);
    }

    /** When a version came in [from, until). */
    List<Instant> changes(HoursScope scope, Instant from, Instant until) {
        return sql.select(HOURS_VERSION.CHANGED_AT)
                .from(HOURS_VERSION)
                .where(of(scope))
                .and(within(HOURS_VERSION.CHANGED_AT, from, until))
                .orderBy(HOURS_VERSION.VERSION)
                .limit(MOST_CHANGES)
                .fetch(HOURS_VERSION.CHANGED_AT);
    }

    /** When a closure was started or ended by someone in [from, until); those that end by themselves do not count. */
    List<Instant> closureChanges(StoreId store, Instant from, Instant until) {
        return sql
                .select(STORE_CLOSURE.FROM_AT, STORE_CLOSURE.ENDED_AT)
                .from(STORE_CLOSURE)
                .where(STORE_CLOSURE.STORE_ID.eq(store.value()))
                .and(within(STORE_CLOSURE.FROM_AT, from, until).or(within(STORE_CLOSURE.ENDED_AT, from, until)))
                .orderBy(STORE_CLOSURE.FROM_AT, STORE_CLOSURE.ID)
                .limit(MOST_CHANGES)
                .stream()
                .flatMap(row -> Stream.of(row.value1(), row.value2()))
                .filter(at -> at != null && !at.isBefore(from) && at.isBefore(until))
                .toList();
    }

    /** The same for restrictions that may concern somebody. */
    List<Instant> restrictionChanges(Concerned concerned, Instant from, Instant until) {
        return sql
                .select(TRADING_RESTRICTION.MADE_AT, TRADING_RESTRICTION.ENDED_AT)
                .from(TRADING_RESTRICTION)
                .where(within(TRADING_RESTRICTION.MADE_AT, from, until)
                        .or(within(TRADING_RESTRICTION.ENDED_AT, from, until)))
                .and(concerns(concerned))
                .orderBy(TRADING_RESTRICTION.MADE_AT, TRADING_RESTRICTION.ID)
                .limit(MOST_CHANGES)
                .stream()
                .flatMap(row -> Stream.of(row.value1(), row.value2()))
                .filter(at -> at != null && !at.isBefore(from) && at.isBefore(until))
                .toList();
    }

    private static Condition within(Field<Instant> moment, Instant from, Instant until) {
        return moment.ge(from).and(moment.lt(until));
    }

    /** False when that version exists already. */
    boolean add(HoursVersion version, Instant at, Actor actor) {
        try {
            sql.insertInto(HOURS_VERSION)
                    .set(HOURS_VERSION.SCOPE_KIND, version.scope().level().name())
                    .set(HOURS_VERSION.SCOPE_ID, version.scope().id())
                    .set(HOURS_VERSION.VERSION, version.version())
                    .set(HOURS_VERSION.DOCUMENT, version.document().json())
                    .set(HOURS_VERSION.CHANGED_AT, at)
                    .set(HOURS_VERSION.CHANGED_BY_KIND, actor.kind().name())
                    .set(HOURS_VERSION.CHANGED_BY_ID, actor.id())
                    .set(HOURS_VERSION.CHANGED_BY_LABEL, actor.label())
                    .set(HOURS_VERSION.REASON, version.reason())
                    .execute();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** What holds now: the latest first. One that another instance just started may begin a blink ahead of our clock. */
    List<Closure> closures(StoreId store, Instant now) {
        return closures(List.of(store.value()), now).getOrDefault(store.value(), List.of());
    }

    Map<Long, List<Closure>> closures(Collection<Long> stores, Instant now) {
        return closures(STORE_CLOSURE.STORE_ID.in(stores).and(STORE_CLOSURE.ENDED_AT.isNull()), now, stores.size());
    }

    /** What was known at a past moment to hold then: the latest first. */
    List<Closure> closuresAsOf(StoreId store, Instant then) {
        return closures(
                        STORE_CLOSURE
                                .STORE_ID
                                .eq(store.value())
                                .and(STORE_CLOSURE.FROM_AT.le(then))
                                .and(STORE_CLOSURE.ENDED_AT.isNull().or(STORE_CLOSURE.ENDED_AT.gt(then))),
                        then,
                        1)
                .getOrDefault(store.value(), List.of());
    }

    private Map<Long, List<Closure>> closures(Condition condition, Instant at, int stores) {
        return sql.selectFrom(STORE_CLOSURE)
                .where(condition)
                .and(STORE_CLOSURE.UNTIL_AT.isNull().or(STORE_CLOSURE.UNTIL_AT.gt(at)))
                .orderBy(STORE_CLOSURE.FROM_AT.desc(), STORE_CLOSURE.ID.desc())
                .limit(MOST_CLOSURES * stores)
                .fetchGroups(
                        STORE_CLOSURE.STORE_ID,
                        row -> new Closure(
                                Closure.Kind.valueOf(row.get(STORE_CLOSURE.KIND)),
                                row.get(STORE_CLOSURE.FROM_AT),
                                row.get(STORE_CLOSURE.UNTIL_AT),
                                row.get(STORE_CLOSURE.REASON)));
    }

    /** Who made the emergency stop that only somebody else may lift; empty when there is none. */
    Optional<Stopped> lockedBySecondPerson(StoreId store, Instant now) {
        return sql.selectFrom(STORE_CLOSURE)
                .where(STORE_CLOSURE.STORE_ID.eq(store.value()))
                .and(STORE_CLOSURE.ENDED_AT.isNull())
                .and(STORE_CLOSURE.SECOND_PERSON.isTrue())
                .and(STORE_CLOSURE.UNTIL_AT.isNull().or(STORE_CLOSURE.UNTIL_AT.gt(now)))
                .orderBy(STORE_CLOSURE.FROM_AT.desc(), STORE_CLOSURE.ID.desc())
                .limit(1)
                .fetchOptional(
                        row -> new Stopped(row.getStartedByKind(), row.getStartedById(), row.getStartedByLabel()));
    }

    record Stopped(String kind, long id, String label) {
        boolean by(Actor actor) {
            return actor.kind().name().equals(kind) && actor.id() == id;
        }
    }

    void start(StoreId store, Closure closure, boolean secondPerson, Actor actor) {
        sql.insertInto(STORE_CLOSURE)
                .set(STORE_CLOSURE.ID, Ids.next())
                .set(STORE_CLOSURE.STORE_ID, store.value())
                .set(STORE_CLOSURE.KIND, closure.kind().name())
                .set(STORE_CLOSURE.FROM_AT, closure.from())
                .set(STORE_CLOSURE.UNTIL_AT, closure.until())
                .set(STORE_CLOSURE.REASON, closure.reason())
                .set(STORE_CLOSURE.SECOND_PERSON, secondPerson)
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

    /** A restriction and whom it concerns. */
    record Scoped(RestrictionScope scope, String value, Restriction restriction) {

        boolean concerns(Store store) {
            return switch (scope) {
                case ALL -> true;
                case REGION -> store.regionCode().startsWith(value);
                case MERCHANT -> value.equals(Long.toString(store.merchantId().value()));
                case STORE -> value.equals(Long.toString(store.id().value()));
                case MODEL, TERMINAL -> false;
            };
        }

        boolean concerns(TerminalId terminal, String model) {
            return switch (scope) {
                case MODEL -> value.equals(model);
                case TERMINAL -> value.equals(Long.toString(terminal.value()));
                case ALL, REGION, MERCHANT, STORE -> false;
            };
        }
    }

    /** Those that may concern stores or terminals of the merchant, now or later. */
    List<Scoped> restrictions(Concerned concerned, Instant now) {
        return restrictions(concerned, TRADING_RESTRICTION.ENDED_AT.isNull(), now);
    }

    /** Those that were known at a past moment to hold then. */
    List<Scoped> restrictionsAsOf(Concerned concerned, Instant then) {
        return restrictions(
                concerned,
                TRADING_RESTRICTION
                        .MADE_AT
                        .le(then)
                        .and(TRADING_RESTRICTION.ENDED_AT.isNull().or(TRADING_RESTRICTION.ENDED_AT.gt(then))),
                then);
    }

    private List<Scoped> restrictions(Concerned concerned, Condition known, Instant at) {
        return sql.selectFrom(TRADING_RESTRICTION)
                .where(known)
                .and(TRADING_RESTRICTION.UNTIL_AT.isNull().or(TRADING_RESTRICTION.UNTIL_AT.gt(at)))
                .and(concerns(concerned))
                .orderBy(TRADING_RESTRICTION.FROM_AT, TRADING_RESTRICTION.ID)
                .limit(MOST_RESTRICTIONS)
                .fetch(row -> new Scoped(
                        RestrictionScope.valueOf(row.getScopeKind()),
                        row.getScopeValue(),
                        new Restriction(
                                Restriction.Kind.valueOf(row.getKind()),
                                row.getFromAt(),
                                row.getUntilAt(),
                                row.getReason())));
    }

    private static Condition concerns(Concerned concerned) {
        return DSL.or(
                TRADING_RESTRICTION.SCOPE_KIND.eq(RestrictionScope.ALL.name()),
                scope(RestrictionScope.REGION, concerned.regions()),
                scope(RestrictionScope.MERCHANT, concerned.merchants()),
                scope(RestrictionScope.STORE, concerned.stores()),
                scope(RestrictionScope.MODEL, concerned.models()),
                scope(RestrictionScope.TERMINAL, concerned.terminals()));
    }

    private static Condition scope(RestrictionScope kind, Set<String> values) {
        return TRADING_RESTRICTION.SCOPE_KIND.eq(kind.name()).and(TRADING_RESTRICTION.SCOPE_VALUE.in(values));
    }

    /** The values of restrictions that may concern somebody, per scope. */
    record Concerned(
            Set<String> merchants, Set<String> stores, Set<String> regions, Set<String> terminals, Set<String> models) {

        static Concerned of(MerchantId merchant) {
            return new Concerned(Set.of(Long.toString(merchant.value())), Set.of(), Set.of(), Set.of(), Set.of());
        }

        static Concerned of(Collection<Store> stores) {
            return of(stores, List.of());
        }

        static Concerned of(Collection<Store> stores, Collection<Terminal> terminals) {
            var merchants = new HashSet<String>();
            var ids = new HashSet<String>();
            var regions = new HashSet<String>();
            for (var store : stores) {
                merchants.add(Long.toString(store.merchantId().value()));
                ids.add(Long.toString(store.id().value()));
                for (int digits = 2; digits <= store.regionCode().length(); digits += 2) {
                    regions.add(store.regionCode().substring(0, digits));
                }
            }
            return new Concerned(
                    merchants,
                    ids,
                    regions,
                    terminals.stream().map(it -> Long.toString(it.id().value())).collect(Collectors.toSet()),
                    terminals.stream().map(it -> it.model().value()).collect(Collectors.toSet()));
        }
    }

    private static Condition of(HoursScope scope) {
        return HOURS_VERSION.SCOPE_KIND.eq(scope.level().name()).and(HOURS_VERSION.SCOPE_ID.eq(scope.id()));
    }

    private static HoursVersion version(HoursVersionRecord row) {
        return new HoursVersion(
                scope(row),
                row.getVersion(),
                document(row),
                row.getChangedAt(),
                row.getChangedByLabel(),
                row.getReason());
    }

    private static HoursScope scope(HoursVersionRecord row) {
        return switch (Level.valueOf(row.getScopeKind())) {
            case TERMINAL -> new HoursScope.OfTerminal(new TerminalId(row.getScopeId()));
            case STORE -> new HoursScope.OfStore(new StoreId(row.getScopeId()));
            case MERCHANT -> new HoursScope.OfMerchant(new MerchantId(row.getScopeId()));
        };
    }

    private static HoursDocument document(HoursVersionRecord row) {
        return switch (HoursDocument.parse(row.getDocument())) {
            case Parsed.Valid valid -> valid.document();
            case Parsed.Invalid invalid -> throw new IllegalStateException(unreadable(row, invalid));
        };
    }

    private static String unreadable(HoursVersionRecord row, Parsed.Invalid invalid) {
        return "hours of " + scope(row) + " version " + row.getVersion() + " cannot be read: " + invalid.errors();
    }
}
