package dev.zhanggui.portal.tradinghours.internal;

import static dev.zhanggui.db.Tables.TRADING_HOURS_VERSION;

import dev.zhanggui.portal.workcalendar.CalendarDependents;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Counts the stores whose hours have rules for holidays or make-up workdays, by the canonical text of their latest version. */
@Component
class CalendarStores implements CalendarDependents {

    private static final String WITH_RULES = "%\"dayKinds\":{\"%";

    private final DSLContext sql;

    CalendarStores(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public int stores() {
        var latest = DSL.select(
                        TRADING_HOURS_VERSION.STORE_ID,
                        DSL.max(TRADING_HOURS_VERSION.VERSION).as("latest"))
                .from(TRADING_HOURS_VERSION)
                .groupBy(TRADING_HOURS_VERSION.STORE_ID)
                .asTable("newest");
        return sql.selectCount()
                .from(TRADING_HOURS_VERSION)
                .join(latest)
                .on(TRADING_HOURS_VERSION.STORE_ID.eq(latest.field(TRADING_HOURS_VERSION.STORE_ID)))
                .and(TRADING_HOURS_VERSION.VERSION.eq(latest.field("latest", Integer.class)))
                .where(TRADING_HOURS_VERSION.DOCUMENT.like(WITH_RULES))
                .fetchSingle()
                .value1();
    }
}
