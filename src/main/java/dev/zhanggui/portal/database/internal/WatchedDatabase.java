package dev.zhanggui.portal.database.internal;

import dev.zhanggui.portal.shared.DatabaseAway;
import dev.zhanggui.portal.shared.DatabasePresence;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks for the database while it is away, and only then. */
@Component
class WatchedDatabase implements DatabasePresence {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedDatabase.class);
    private static final int PATIENCE_SECONDS = 1;

    private final DataSource database;
    private final Clock clock;
    private final AtomicReference<@Nullable Instant> awaySince = new AtomicReference<>();

    WatchedDatabase(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public boolean isMissing(Throwable failure) {
        if (!DatabaseAway.isCauseOf(failure)) {
            return false;
        }
        if (awaySince.compareAndSet(null, clock.instant())) {
            LOG.warn("The database does not answer; work in the background waits for it: {}", failure.getMessage());
        }
        return true;
    }

    @Scheduled(fixedDelay = 1_000)
    void look() {
        var since = awaySince.get();
        if (since != null && answers() && awaySince.compareAndSet(since, null)) {
            LOG.info("The database answers again, after {}", Duration.between(since, clock.instant()));
        }
    }

    private boolean answers() {
        try (var connection = database.getConnection()) {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException stillAway) {
            return false;
        }
    }
}
