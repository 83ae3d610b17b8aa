package dev.zhanggui.portal.shared;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells a database that does not answer, which passes by itself, from a mistake of ours. */
public final class DatabaseAway {

    /** Of SQLSTATE (ISO/IEC 9075-2): connection exceptions. */
    private static final String CONNECTION_CLASS = "08";

    private DatabaseAway() {}

    /** True also when the connection broke at the commit: whether that change is in is then unknown. */
    public static boolean isCauseOf(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && isConnection(e)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isConnection(SQLException e) {
        var state = e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException
                || (state != null && state.startsWith(CONNECTION_CLASS));
    }
}
