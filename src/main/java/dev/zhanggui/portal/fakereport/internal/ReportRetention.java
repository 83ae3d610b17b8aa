package dev.zhanggui.portal.fakereport.internal;

import dev.zhanggui.portal.fakereport.FakeReports;
import java.time.Clock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets what strangers sent with reports that were closed long ago: nobody needs it any more, and it may show anybody (Personal
 * Information Protection Law, article 19: as briefly as the purpose allows). What the report was and what it turned out to be stays.
 */
@Component
class ReportRetention {

    static final int BATCH = 200;

    private final FakeReportRows rows;
    private final Clock clock;

    ReportRetention(FakeReportRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** Any number of portals may do it at the same time. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT4M")
    void purge() {
        int forgotten = BATCH;
        while (forgotten == BATCH) {
            forgotten = rows.forget(clock.instant().minus(FakeReports.KEPT_CLOSED), BATCH);
        }
    }
}
