package dev.zhanggui.portal.qrcode.internal;

import java.util.Arrays;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;

/** Writes new rows by the thousand: the statement is put together once, not once for each row. */
final class ManyRows {

    private ManyRows() {}

    /**
     * Inserts all of them, in order, in as many statements as the database's driver finds best.
     *
     * @param rows of one table, all with the same columns set; none is fine
     */
    static void insert(DSLContext db, List<? extends TableRecord<?>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var first = rows.getFirst();
        var set = Arrays.stream(first.fields()).filter(first::touched).toList();
        var statement = db.insertInto(first.getTable(), set)
                .values(set.stream().map(ManyRows::unbound).toList());
        db.batch(statement)
                .bind(rows.stream().map(row -> values(row, set)).toArray(Object[][]::new))
                .execute();
    }

    private static Field<?> unbound(Field<?> field) {
        return DSL.val((Object) null, field.getDataType());
    }

    private static Object[] values(TableRecord<?> row, List<Field<?>> set) {
        var columns = Arrays.stream(row.fields()).filter(row::touched);
        if (!columns.toList().equals(set)) {
            throw new IllegalArgumentException("a row with other columns than the first");
        }
        return set.stream().map(row::get).toArray();
    }
}
