package dev.zhanggui.portal.configuration;

import dev.zhanggui.portal.account.Actor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the fleet as a whole, by rules that are data ({@code configuration/alerts.json}). For staff of SERVICE, ADMIN
 * and AUDITOR; others meet {@link dev.zhanggui.portal.shared.NotAllowedException}.
 */
public interface FleetAlerts {

    /** Raised and not over, then those that ended within a day, newest first; at most 50. */
    List<Alert> list(Actor actor);

    /** For SERVICE and ADMIN: says that one sees to it. Whoever came first keeps it; an alert that is over stays as it is. */
    void take(Actor actor, long id);

    enum Severity {
        ATTEND,
        STOP
    }

    /**
     * @param rule names its texts
     * @param value now, or when it ended
     * @param worst since it began
     * @param since the condition holds
     * @param clearedAt null while it holds
     * @param takenBy who sees to it
     */
    record Alert(
            long id,
            String rule,
            Severity severity,
            double value,
            double worst,
            double limit,
            Instant since,
            Instant raisedAt,
            @Nullable Instant clearedAt,
            @Nullable String takenBy) {}
}
