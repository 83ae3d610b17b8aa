package dev.zhanggui.portal.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.db.DefaultSchema;
import dev.zhanggui.portal.support.DatabaseTest;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Named;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SchemaTest extends DatabaseTest {

    @Autowired
    DSLContext sql;

    @Test
    void generatedTablesAndColumnsAreThoseOfTheLiveDatabase() {
        var live = sql.resultQuery("select lower(concat(table_name, '.', column_name)) from information_schema.columns"
                        + " where table_schema = database() and lower(table_name) <> 'flyway_schema_history'")
                .fetchSet(0, String.class);
        var generated = DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .flatMap(table -> table.fieldStream().map(Named::getName).map(field -> table.getName() + "." + field))
                .map(String::toLowerCase)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(generated).isNotEmpty();
        assertThat(new TreeSet<>(live)).isEqualTo(generated);
    }
}
