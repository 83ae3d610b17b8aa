package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.COLLECTION_ATTEMPT;
import static dev.zhanggui.db.Tables.SCAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.DatabaseTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class BookRetentionTest extends DatabaseTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Autowired
    private DSLContext db;

    @Autowired
    private BookRetention retention;

    private final long store = Ids.next();

    @Test
    void scans_and_attempts_end_each_at_their_own_age() {
        var oldScan = clock.instant().minus(BookRetention.SCANS).minus(SECOND);
        var keptScan = clock.instant().minus(BookRetention.SCANS);
        var oldAttempt = clock.instant().minus(BookRetention.ATTEMPTS).minus(SECOND);
        var keptAttempt = clock.instant().minus(BookRetention.ATTEMPTS);
        scan(oldScan, 0);
        scan(keptScan, 0);
        attempt(oldAttempt);
        attempt(keptAttempt);

        retention.purge();

        assertThat(scans()).containsExactly(Ids.firstOf(keptScan));
        assertThat(db.select(COLLECTION_ATTEMPT.ID)
                        .from(COLLECTION_ATTEMPT)
                        .where(COLLECTION_ATTEMPT.STORE_ID.eq(store))
                        .fetch(COLLECTION_ATTEMPT.ID))
                .containsExactly(Ids.firstOf(keptAttempt));
    }

    @Test
    void more_than_one_batch_goes_in_one_turn() {
        var old = clock.instant().minus(BookRetention.SCANS).minus(SECOND);
        for (int i = 0; i <= BookRetention.BATCH; i++) {
            scan(old, i);
        }

        retention.purge();

        assertThat(scans()).isEmpty();
    }

    @Test
    void the_first_id_of_a_moment_stands_between_those_before_and_those_after() {
        var before = Ids.next();
        var now = Instant.ofEpochMilli(System.currentTimeMillis()).plusSeconds(1);
        assertThat(Ids.firstOf(now)).isGreaterThan(before);
        assertThat(Ids.firstOf(now.minusSeconds(10))).isLessThan(before);
    }

    private void scan(Instant at, int number) {
        db.insertInto(SCAN)
                .set(SCAN.ID, Ids.firstOf(at) + number)
                .set(SCAN.QR_CODE_ID, 1L)
                .set(SCAN.STORE_ID, store)
                .set(SCAN.SCANNED_AT, at)
                .set(SCAN.VERDICT, "ALLOW")
                .set(SCAN.REASON, "OPEN_BY_WEEK")
                .execute();
    }

    private List<Long> scans() {
        return db.select(SCAN.ID).from(SCAN).where(SCAN.STORE_ID.eq(store)).fetch(SCAN.ID);
    }

    private void attempt(Instant at) {
        db.insertInto(COLLECTION_ATTEMPT)
                .set(COLLECTION_ATTEMPT.ID, Ids.firstOf(at))
                .set(COLLECTION_ATTEMPT.PUBLIC_ID, Ids.ulid())
                .set(COLLECTION_ATTEMPT.QR_CODE_ID, 1L)
                .set(COLLECTION_ATTEMPT.MERCHANT_ID, 1L)
                .set(COLLECTION_ATTEMPT.STORE_ID, store)
                .set(COLLECTION_ATTEMPT.CHANNEL, "SCAN_PAGE")
                .set(COLLECTION_ATTEMPT.AMOUNT_FEN, 100L)
                .set(COLLECTION_ATTEMPT.OUTCOME, "OFFERED")
                .set(COLLECTION_ATTEMPT.REASON, "OPEN_BY_WEEK")
                .set(COLLECTION_ATTEMPT.WAS_OPEN, true)
                .set(COLLECTION_ATTEMPT.AT, at)
                .set(COLLECTION_ATTEMPT.LOCAL_DAY, LocalDate.ofInstant(at, ZoneOffset.UTC))
                .set(COLLECTION_ATTEMPT.LOCAL_HOUR, 10)
                .execute();
    }
}
