package dev.zhanggui.portal.database.internal;

import dev.zhanggui.portal.database.EmbeddedMariaDb;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says in one sentence why there is no database at the start, and what to do, instead of a stack trace. */
class DatabaseFailureAnalyzer implements FailureAnalyzer {

    private static final int ACCESS_DENIED = 1045;
    private static final int UNKNOWN_DATABASE = 1049;

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case EmbeddedMariaDb.InUseException e -> {
                    return new FailureAnalysis(e.getMessage(), "Stop the other copy, or choose another folder.", e);
                }
                case EmbeddedMariaDb.NoBinariesException e -> {
                    return new FailureAnalysis(e.getMessage(), "Name a MySQL server, or use bin/run for a demo.", e);
                }
                case SQLException e
                when connectionProblem(e) != null -> {
                    return new FailureAnalysis(
                            String.valueOf(connectionProblem(e)),
                            "Check ZHANGGUI_DB_URL, ZHANGGUI_DB_USER and ZHANGGUI_DB_PASSWORD, and that the server runs and lets this"
                                    + " machine in. Nothing was changed; start again when it answers.",
                            e);
                }
                default -> {}
            }
        }
        return null;
    }

    private static @Nullable String connectionProblem(SQLException e) {
        if (e.getErrorCode() == ACCESS_DENIED) {
            return "The database refuses this user name or password.";
        }
        if (e.getErrorCode() == UNKNOWN_DATABASE) {
            return "The database server answers, but has no database of this name.";
        }
        var state = e.getSQLState();
        return state != null && state.startsWith("08") ? "The database does not answer." : null;
    }
}
