package dev.zhanggui.portal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class DatabaseAwayTest {

    @Test
    void aPoolWithoutAConnectionABrokenLineAndAClosedOneAreTheDatabasesAbsence() {
        assertThat(DatabaseAway.isCauseOf(wrapped(new SQLTransientConnectionException("no connection in time"))))
                .isTrue();
        assertThat(DatabaseAway.isCauseOf(wrapped(new SQLRecoverableException("link failure", "08S01"))))
                .isTrue();
        assertThat(DatabaseAway.isCauseOf(wrapped(new SQLException("closed", "08003"))))
                .isTrue();
    }

    @Test
    void aRefusedStatementAndABugAreNot() {
        assertThat(DatabaseAway.isCauseOf(wrapped(new SQLIntegrityConstraintViolationException("twice", "23000"))))
                .isFalse();
        assertThat(DatabaseAway.isCauseOf(wrapped(new SQLException("no state"))))
                .isFalse();
        assertThat(DatabaseAway.isCauseOf(new IllegalStateException("a bug"))).isFalse();
    }

    private static RuntimeException wrapped(SQLException e) {
        return new IllegalStateException(new IllegalStateException(e));
    }
}
