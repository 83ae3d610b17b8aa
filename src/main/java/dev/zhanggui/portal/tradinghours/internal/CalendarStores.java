package dev.zhanggui.portal.tradinghours.internal;

import static dev.zhanggui.db.Tables.HOURS_VERSION;

import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.workcalendar.CalendarDependents;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Counts the stores whose hours have rules for holidays or make-up workdays, by the canonical text of their latest version. */
@Component
class CalendarStores implements CalendarDependents {

    private static final String WITH_RULES = "%\"dayKinds\":{\"%";

    private static final Condition OF_STORES = HOURS_VERSION.SCOPE_KIND.eq(Level.STORE.name());

    private final DSLContext sql;

    CalendarStores(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public int stores() {
        var latest = DSL.select(
                        HOURS_VERSION.SCOPE_ID, DSL.max(HOURS_VERSION.VERSION).as("latest"))
                .from(HOURS_VERSION)
                .where(OF_STORES)
                .groupBy(HOURS_VERSION.SCOPE_ID)
                .asTable("newest");
        return sql.selectCount()
                .from(HOURS_VERSION)
                .join(latest)
                .on(HOURS_VERSION.SCOPE_ID.eq(latest.field(HOURS_VERSION.SCOPE_ID)))
                .and(HOURS_VERSION.VERSION.eq(latest.field("latest", Integer.class)))
                .where(OF_STORES)
                .and(HOURS_VERSION.DOCUMENT.like(WITH_RULES))
                .fetchSingle()
                .value1();
    }
}
