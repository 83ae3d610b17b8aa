package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.ANSWER_CHANGE;

import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.DatePart;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The short list of latest changes, by which portals on one database hear of each other. */
@Repository
class AnswerChanges {

    private static final int MICROSECONDS = 6;

    private final DSLContext db;

    AnswerChanges(DSLContext db) {
        this.db = db;
    }

    /** @param store null for all stores */
    record Change(long id, @Nullable StoreId store) {}

    /**
     * Joins the caller's transaction.
     *
     * @param stores all stores when empty
     */
    List<Change> write(Collection<StoreId> stores) {
        var changes = new ArrayList<Change>();
        for (var store : stores) {
            changes.add(new Change(Ids.next(), store));
        }
        if (changes.isEmpty()) {
            changes.add(new Change(Ids.next(), null));
        }
        var insert = db.insertInto(ANSWER_CHANGE, ANSWER_CHANGE.ID, ANSWER_CHANGE.STORE_ID, ANSWER_CHANGE.AT);
        for (var change : changes) {
            var store = change.store();
            insert = insert.values(
                    DSL.val(change.id()),
                    DSL.val(store == null ? null : store.value(), ANSWER_CHANGE.STORE_ID),
                    instant(databaseClock()));
        }
        insert.execute();
        return changes;
    }

    /** Those written in the last moments before now, by the database's clock, newest first. */
    List<Change> latest(Duration back, int most) {
        return db.select(ANSWER_CHANGE.ID, ANSWER_CHANGE.STORE_ID)
                .from(ANSWER_CHANGE)
                .where(ANSWER_CHANGE.AT.gt(ago(back)))
                .orderBy(ANSWER_CHANGE.AT.desc(), ANSWER_CHANGE.ID.desc())
                .limit(most)
                .fetch(row -> new Change(row.value1(), row.value2() == null ? null : new StoreId(row.value2())));
    }

    /** Removes at most so many that are older; says how many. */
    int purge(Duration age, int most) {
        return db.deleteFrom(ANSWER_CHANGE)
                .where(ANSWER_CHANGE.AT.lt(ago(age)))
                .orderBy(ANSWER_CHANGE.AT)
                .limit(most)
                .execute();
    }

    private static Field<Instant> ago(Duration age) {
        return instant(DSL.localDateTimeSub(databaseClock(), age.toSeconds(), DatePart.SECOND));
    }

    private static Field<LocalDateTime> databaseClock() {
        return DSL.currentLocalDateTime(DSL.inline(MICROSECONDS));
    }

    private static Field<Instant> instant(Field<LocalDateTime> field) {
        return field.coerce(ANSWER_CHANGE.AT.getDataType());
    }
}
