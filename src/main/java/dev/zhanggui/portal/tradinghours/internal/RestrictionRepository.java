package dev.zhanggui.portal.tradinghours.internal;

import static dev.zhanggui.db.Tables.TRADING_RESTRICTION;

import dev.zhanggui.db.tables.records.TradingRestrictionRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.tradinghours.PlannedRestriction;
import dev.zhanggui.portal.tradinghours.PlannedRestriction.Band;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.RestrictionId;
import dev.zhanggui.portal.tradinghours.RestrictionScope;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions.After;
import dev.zhanggui.portal.tradinghours.Restrictions.Filter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Restrictions as staff keep them; what holds for a store is read by {@link TradingHoursRepository}. */
@Repository
class RestrictionRepository {

    private final DSLContext sql;

    RestrictionRepository(DSLContext sql) {
        this.sql = sql;
    }

    Optional<PlannedRestriction> find(RestrictionId id) {
        return sql.selectFrom(TRADING_RESTRICTION)
                .where(TRADING_RESTRICTION.ID.eq(id.value()))
                .fetchOptional(RestrictionRepository::planned);
    }

    List<PlannedRestriction> list(Filter filter, Instant now, @Nullable After after, int limit) {
        boolean ascending = filter.band() == Band.PLANNED;
        var kind = filter.kind();
        return sql.selectFrom(TRADING_RESTRICTION)
                .where(in(filter.band(), now))
                .and(kind == null ? DSL.noCondition() : TRADING_RESTRICTION.KIND.eq(kind.name()))
                .and(after == null ? DSL.noCondition() : ascending ? later(after) : earlier(after))
                .orderBy(
                        ascending ? TRADING_RESTRICTION.FROM_AT.asc() : TRADING_RESTRICTION.FROM_AT.desc(),
                        ascending ? TRADING_RESTRICTION.ID.asc() : TRADING_RESTRICTION.ID.desc())
                .limit(limit)
                .fetch(RestrictionRepository::planned);
    }

    private static Condition in(Band band, Instant now) {
        var open = TRADING_RESTRICTION
                .ENDED_AT
                .isNull()
                .and(TRADING_RESTRICTION.UNTIL_AT.isNull().or(TRADING_RESTRICTION.UNTIL_AT.gt(now)));
        return switch (band) {
            case NOW -> open.and(TRADING_RESTRICTION.FROM_AT.le(now));
            case PLANNED -> open.and(TRADING_RESTRICTION.FROM_AT.gt(now));
            case PAST -> TRADING_RESTRICTION.ENDED_AT.isNotNull().or(TRADING_RESTRICTION.UNTIL_AT.le(now));
        };
    }

    private static Condition later(After after) {
        return TRADING_RESTRICTION
                .FROM_AT
                .gt(after.from())
                .or(TRADING_RESTRICTION.FROM_AT.eq(after.from()).and(TRADING_RESTRICTION.ID.gt(after.id())));
    }

    private static Condition earlier(After after) {
        return TRADING_RESTRICTION
                .FROM_AT
                .lt(after.from())
                .or(TRADING_RESTRICTION.FROM_AT.eq(after.from()).and(TRADING_RESTRICTION.ID.lt(after.id())));
    }

    void add(PlannedRestriction planned, Actor actor) {
        var restriction = planned.restriction();
        sql.insertInto(TRADING_RESTRICTION)
                .set(TRADING_RESTRICTION.ID, planned.id().value())
                .set(TRADING_RESTRICTION.KIND, restriction.kind().name())
                .set(TRADING_RESTRICTION.SCOPE_KIND, planned.target().scope().name())
                .set(TRADING_RESTRICTION.SCOPE_VALUE, planned.target().value())
                .set(TRADING_RESTRICTION.SCOPE_LABEL, planned.label())
                .set(TRADING_RESTRICTION.FROM_AT, restriction.from())
                .set(TRADING_RESTRICTION.UNTIL_AT, restriction.until())
                .set(TRADING_RESTRICTION.REASON, restriction.reason())
                .set(TRADING_RESTRICTION.MADE_AT, planned.madeAt())
                .set(TRADING_RESTRICTION.MADE_BY_ID, actor.id())
                .set(TRADING_RESTRICTION.MADE_BY_LABEL, planned.madeBy())
                .set(TRADING_RESTRICTION.VERSION, planned.version())
                .execute();
    }

    /** False when the version is not the current one, or somebody ended it. */
    boolean change(RestrictionId id, int version, Restriction to) {
        return sql.update(TRADING_RESTRICTION)
                        .set(TRADING_RESTRICTION.FROM_AT, to.from())
                        .set(TRADING_RESTRICTION.UNTIL_AT, to.until())
                        .set(TRADING_RESTRICTION.REASON, to.reason())
                        .set(TRADING_RESTRICTION.VERSION, version + 1)
                        .where(TRADING_RESTRICTION.ID.eq(id.value()))
                        .and(TRADING_RESTRICTION.VERSION.eq(version))
                        .and(TRADING_RESTRICTION.ENDED_AT.isNull())
                        .execute()
                == 1;
    }

    /** False when somebody ended it before. */
    boolean end(RestrictionId id, Instant at, Actor actor) {
        return sql.update(TRADING_RESTRICTION)
                        .set(TRADING_RESTRICTION.ENDED_AT, at)
                        .set(TRADING_RESTRICTION.ENDED_BY_ID, actor.id())
                        .set(TRADING_RESTRICTION.ENDED_BY_LABEL, actor.label())
                        .set(TRADING_RESTRICTION.VERSION, TRADING_RESTRICTION.VERSION.plus(1))
                        .where(TRADING_RESTRICTION.ID.eq(id.value()))
                        .and(TRADING_RESTRICTION.ENDED_AT.isNull())
                        .execute()
                == 1;
    }

    private static PlannedRestriction planned(TradingRestrictionRecord row) {
        return new PlannedRestriction(
                new RestrictionId(row.getId()),
                new RestrictionTarget(RestrictionScope.valueOf(row.getScopeKind()), row.getScopeValue()),
                row.getScopeLabel(),
                new Restriction(
                        Restriction.Kind.valueOf(row.getKind()), row.getFromAt(), row.getUntilAt(), row.getReason()),
                row.getMadeAt(),
                row.getMadeByLabel(),
                row.getEndedAt(),
                row.getEndedByLabel(),
                row.getVersion());
    }
}
