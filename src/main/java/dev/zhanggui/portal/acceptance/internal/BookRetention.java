package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.COLLECTION_ATTEMPT;
import static dev.zhanggui.db.Tables.SCAN;

import dev.zhanggui.portal.shared.Ids;
import java.time.Clock;
import java.time.Duration;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends the books of scans and of attempts somewhere, the oldest first and a little at a time, by the time in their ids. Payments
 * themselves are not touched. A server that cuts these tables into partitions by id drops old ones instead and leaves nothing to do
 * here.
 */
@Component
class BookRetention {

    /** Anomalies look back weeks, and a season later nobody asks when a plate was scanned. */
    static final Duration SCANS = Duration.ofDays(180);

    /** As long as somebody may come with a claim (Civil Code, article 188: three years). */
    static final Duration ATTEMPTS = Duration.ofDays(3 * 366);

    static final int BATCH = 2_000;

    /** At most this many batches of each in a row: the rest waits for the next hour. */
    private static final int BATCHES = 200;

    private final DSLContext db;
    private final Clock clock;

    BookRetention(DSLContext db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Any number of portals may do it at the same time. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT3M")
    void purge() {
        purge(SCAN, SCAN.ID, SCANS);
        purge(COLLECTION_ATTEMPT, COLLECTION_ATTEMPT.ID, ATTEMPTS);
    }

    private <R extends Record> void purge(Table<R> table, TableField<R, Long> id, Duration kept) {
        long first = Ids.firstOf(clock.instant().minus(kept));
        int removed = BATCH;
        for (int i = 0; i < BATCHES && removed == BATCH; i++) {
            removed = db.deleteFrom(table)
                    .where(id.lt(first))
                    .orderBy(id)
                    .limit(BATCH)
                    .execute();
        }
    }
}
