package dev.zhanggui.portal.fakereport.internal;

import static dev.zhanggui.db.Tables.FAKE_REPORT;
import static dev.zhanggui.db.Tables.FAKE_REPORT_PHOTO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.fakereport.FakeReport;
import dev.zhanggui.portal.fakereport.FakeReports;
import dev.zhanggui.portal.fakereport.Finding;
import dev.zhanggui.portal.fakereport.Happening;
import dev.zhanggui.portal.fakereport.NewReport;
import dev.zhanggui.portal.fakereport.ReportOutcome;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio.Shot;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.time.Duration;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ReportRetentionTest extends DatabaseTest {

    private static final String FOREIGN = "https://pay-x.example/a";

    @Autowired
    private FakeReports reports;

    @Autowired
    private ReportRetention retention;

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private DSLContext db;

    private Actor staff;

    @BeforeEach
    void aMemberOfStaff() {
        staff = fixtures.staff(Role.REVIEWER);
    }

    @Test
    void what_a_stranger_sent_is_forgotten_half_a_year_after_the_end_and_the_finding_stays() {
        var report = received();
        close(report);
        clock.advance(FakeReports.KEPT_CLOSED);
        retention.purge();
        var last = reports.detail(staff, report.number());
        assertThat(last.words()).isEqualTo("我姓王");
        assertThat(last.phoneMasked()).isEqualTo("138****5678");
        assertThat(reports.photo(staff, report.id())).isPresent();

        clock.advance(Duration.ofMillis(1));
        retention.purge();
        var after = reports.detail(staff, report.number());
        assertThat(after.words()).isEmpty();
        assertThat(after.phoneMasked()).isNull();
        assertThat(after.report().hasPhoto()).isFalse();
        assertThat(reports.photo(staff, report.id())).isEmpty();
        assertThat(after.report().code()).isEqualTo(FOREIGN);
        assertThat(after.report().closed()).isEqualTo(last.report().closed());
    }

    @Test
    void a_report_that_is_not_closed_keeps_all() {
        var open = received();
        var taken = received();
        reports.take(staff, taken.id(), 0);
        clock.advance(FakeReports.KEPT_CLOSED.multipliedBy(3));
        retention.purge();
        for (var report : List.of(open, taken)) {
            assertThat(reports.detail(staff, report.number()).words()).isEqualTo("我姓王");
            assertThat(reports.photo(staff, report.id())).isPresent();
        }
    }

    @Test
    void more_than_one_helping_is_forgotten_at_once() {
        var report = received();
        close(report);
        db.update(FAKE_REPORT)
                .set(FAKE_REPORT.CLOSED_AT, clock.instant().plus(Duration.ofDays(1)))
                .where(FAKE_REPORT.ID.eq(report.id().value()))
                .execute();
        for (int i = 0; i < ReportRetention.BATCH; i++) {
            var row = db.selectFrom(FAKE_REPORT)
                    .where(FAKE_REPORT.ID.eq(report.id().value()))
                    .fetchSingle();
            var copy = row.copy();
            copy.setId(Ids.next());
            copy.setNumber("K" + Ids.ulid().substring(7));
            copy.setOnceHash(
                    java.util.Arrays.copyOf(copy.getNumber().getBytes(java.nio.charset.StandardCharsets.US_ASCII), 16));
            copy.insert();
        }
        clock.advance(FakeReports.KEPT_CLOSED.plusDays(2));
        retention.purge();
        assertThat(db.fetchCount(FAKE_REPORT, FAKE_REPORT.CLOSED_AT.isNotNull().and(FAKE_REPORT.WORDS.isNotNull())))
                .isZero();
        assertThat(db.fetchCount(
                        FAKE_REPORT_PHOTO,
                        FAKE_REPORT_PHOTO.REPORT_ID.eq(report.id().value())))
                .isZero();
    }

    private FakeReport received() {
        var photo = PhotoStudio.jpeg(400, 400, 4, Shot.CLEAN, List.of(FOREIGN));
        return ((ReportOutcome.Received) reports.report(
                        Actor.system("report"),
                        new NewReport(
                                Happening.STICKER,
                                FOREIGN,
                                "解放路",
                                "我姓王",
                                "138 1234 5678",
                                photo,
                                null,
                                null,
                                Ids.ulid())))
                .report();
    }

    private void close(FakeReport report) {
        reports.take(staff, report.id(), 0);
        reports.close(staff, report.id(), 1, Finding.FAKE, "照片上是贴纸");
    }
}
