package dev.zhanggui.portal.fakereport.internal;

import static dev.zhanggui.db.Tables.FAKE_REPORT;
import static dev.zhanggui.db.Tables.FAKE_REPORT_PHOTO;

import dev.zhanggui.db.tables.records.FakeReportRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.fakereport.FakeReport;
import dev.zhanggui.portal.fakereport.FakeReportId;
import dev.zhanggui.portal.fakereport.FakeReports;
import dev.zhanggui.portal.fakereport.Finding;
import dev.zhanggui.portal.fakereport.Happening;
import dev.zhanggui.portal.fakereport.Judged;
import dev.zhanggui.portal.fakereport.ReportState;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

/** Reports and their photos. */
@Repository
class FakeReportRows {

    private static final String WORDS = "fake_report.words";
    private static final String PHONE = "fake_report.phone";
    private static final String PHOTO = "fake_report_photo.secret";
    private static final int OF_STORE_MOST = 100;

    private final DSLContext db;
    private final PersonalDataCipher cipher;

    FakeReportRows(DSLContext db, PersonalDataCipher cipher) {
        this.db = db;
        this.cipher = cipher;
    }

    /** What a sender wrote freely. */
    record Freely(String words, @Nullable Phone phone, byte @Nullable [] photo) {}

    /** False when this form was received before. */
    boolean insert(FakeReport report, Actor by, byte[] once, Freely freely) {
        var phone = freely.phone();
        try {
            db.insertInto(FAKE_REPORT)
                    .set(FAKE_REPORT.ID, report.id().value())
                    .set(FAKE_REPORT.NUMBER, report.number())
                    .set(FAKE_REPORT.ONCE_HASH, once)
                    .set(FAKE_REPORT.SOURCE, report.fromMerchant() ? "MERCHANT" : "PUBLIC")
                    .set(FAKE_REPORT.HAPPENED, report.happened().name())
                    .set(FAKE_REPORT.PLACE, report.place())
                    .set(FAKE_REPORT.CODE_TEXT, report.code())
                    .set(FAKE_REPORT.JUDGED, report.judged().name())
                    .set(FAKE_REPORT.POINTS_TO, report.pointsTo())
                    .set(
                            FAKE_REPORT.QR_CODE_ID,
                            report.plate() == null ? null : report.plate().value())
                    .set(
                            FAKE_REPORT.STORE_ID,
                            report.store() == null ? null : report.store().value())
                    .set(
                            FAKE_REPORT.MERCHANT_ID,
                            report.merchant() == null ? null : report.merchant().value())
                    .set(FAKE_REPORT.WORDS, freely.words().isEmpty() ? null : cipher.encrypt(WORDS, freely.words()))
                    .set(FAKE_REPORT.PHONE, phone == null ? null : cipher.encrypt(PHONE, phone.e164()))
                    .set(FAKE_REPORT.HAS_PHOTO, report.hasPhoto())
                    .set(FAKE_REPORT.REPORTED_BY, report.reportedBy())
                    .set(FAKE_REPORT.REPORTED_BY_ID, by.id())
                    .set(FAKE_REPORT.STATE, report.state().name())
                    .set(FAKE_REPORT.CREATED_AT, report.createdAt())
                    .set(FAKE_REPORT.VERSION, 0)
                    .execute();
        } catch (DuplicateKeyException e) {
            return false;
        }
        var photo = freely.photo();
        if (photo != null) {
            db.insertInto(FAKE_REPORT_PHOTO)
                    .set(FAKE_REPORT_PHOTO.REPORT_ID, report.id().value())
                    .set(FAKE_REPORT_PHOTO.SECRET, cipher.encryptBytes(PHOTO, photo))
                    .execute();
        }
        return true;
    }

    Optional<FakeReport> byOnce(byte[] once) {
        return one(FAKE_REPORT.ONCE_HASH.eq(once));
    }

    Optional<FakeReport> byNumber(String number) {
        return one(FAKE_REPORT.NUMBER.eq(number));
    }

    Optional<FakeReport> byId(FakeReportId id) {
        return one(FAKE_REPORT.ID.eq(id.value()));
    }

    private Optional<FakeReport> one(Condition condition) {
        return db.selectFrom(FAKE_REPORT).where(condition).fetchOptional().map(FakeReportRows::report);
    }

    List<FakeReport> list(@Nullable ReportState state, String search, @Nullable FakeReportId before) {
        return db.selectFrom(FAKE_REPORT)
                .where(state == null ? DSL.noCondition() : FAKE_REPORT.STATE.eq(state.name()))
                .and(search.isEmpty() ? DSL.noCondition() : found(search))
                .and(before == null ? DSL.noCondition() : FAKE_REPORT.ID.lt(before.value()))
                .orderBy(FAKE_REPORT.ID.desc())
                .limit(FakeReports.PAGE)
                .fetch()
                .map(FakeReportRows::report);
    }

    private static Condition found(String search) {
        return FAKE_REPORT
                .NUMBER
                .startsWith(search)
                .or(FAKE_REPORT.PLACE.startsWith(search))
                .or(FAKE_REPORT.CODE_TEXT.startsWith(search))
                .or(FAKE_REPORT.POINTS_TO.startsWith(search));
    }

    List<FakeReport> ofStore(StoreId store) {
        return db.selectFrom(FAKE_REPORT)
                .where(FAKE_REPORT.STORE_ID.eq(store.value()))
                .orderBy(FAKE_REPORT.ID.desc())
                .limit(OF_STORE_MOST)
                .fetch()
                .map(FakeReportRows::report);
    }

    String words(FakeReportId id) {
        return secret(id, FakeReportRecord::getWords)
                .map(it -> cipher.decrypt(WORDS, it))
                .orElse("");
    }

    Optional<Phone> phone(FakeReportId id) {
        return secret(id, FakeReportRecord::getPhone).map(it -> new Phone(cipher.decrypt(PHONE, it)));
    }

    private Optional<byte[]> secret(FakeReportId id, java.util.function.Function<FakeReportRecord, byte[]> column) {
        return db.selectFrom(FAKE_REPORT)
                .where(FAKE_REPORT.ID.eq(id.value()))
                .fetchOptional()
                .map(column);
    }

    Optional<byte[]> photo(FakeReportId id) {
        return db.select(FAKE_REPORT_PHOTO.SECRET)
                .from(FAKE_REPORT_PHOTO)
                .where(FAKE_REPORT_PHOTO.REPORT_ID.eq(id.value()))
                .fetchOptional()
                .map(row -> cipher.decryptBytes(PHOTO, row.value1()));
    }

    /** Empties reports that were closed before; returns how many had anything to forget. */
    int forget(Instant closedBefore, int most) {
        var ids = db.select(FAKE_REPORT.ID)
                .from(FAKE_REPORT)
                .where(FAKE_REPORT.CLOSED_AT.lt(closedBefore))
                .and(FAKE_REPORT
                        .HAS_PHOTO
                        .isTrue()
                        .or(FAKE_REPORT.WORDS.isNotNull())
                        .or(FAKE_REPORT.PHONE.isNotNull()))
                .orderBy(FAKE_REPORT.ID)
                .limit(most)
                .fetch(FAKE_REPORT.ID);
        db.deleteFrom(FAKE_REPORT_PHOTO)
                .where(FAKE_REPORT_PHOTO.REPORT_ID.in(ids))
                .execute();
        // The photo first: who is killed in between finds the report again.
        db.update(FAKE_REPORT)
                .set(FAKE_REPORT.HAS_PHOTO, false)
                .setNull(FAKE_REPORT.WORDS)
                .setNull(FAKE_REPORT.PHONE)
                .where(FAKE_REPORT.ID.in(ids))
                .execute();
        return ids.size();
    }

    /** False when somebody was quicker. */
    boolean take(FakeReport report, Actor by, Instant at) {
        return db.update(FAKE_REPORT)
                        .set(FAKE_REPORT.STATE, ReportState.TAKEN.name())
                        .set(FAKE_REPORT.TAKEN_BY_ID, by.id())
                        .set(FAKE_REPORT.TAKEN_BY, by.label())
                        .set(FAKE_REPORT.TAKEN_AT, at)
                        .set(FAKE_REPORT.VERSION, report.version() + 1)
                        .where(isStill(report))
                        .execute()
                == 1;
    }

    boolean giveBack(FakeReport report) {
        return db.update(FAKE_REPORT)
                        .set(FAKE_REPORT.STATE, ReportState.OPEN.name())
                        .setNull(FAKE_REPORT.TAKEN_BY_ID)
                        .setNull(FAKE_REPORT.TAKEN_BY)
                        .setNull(FAKE_REPORT.TAKEN_AT)
                        .set(FAKE_REPORT.VERSION, report.version() + 1)
                        .where(isStill(report))
                        .execute()
                == 1;
    }

    boolean asked(FakeReport report, Instant at) {
        return db.update(FAKE_REPORT)
                        .set(FAKE_REPORT.ASKED_AT, at)
                        .set(FAKE_REPORT.VERSION, report.version() + 1)
                        .where(isStill(report))
                        .execute()
                == 1;
    }

    boolean close(FakeReport report, Finding finding, String note, Instant at) {
        return db.update(FAKE_REPORT)
                        .set(FAKE_REPORT.STATE, ReportState.CLOSED.name())
                        .set(FAKE_REPORT.FINDING, finding.name())
                        .set(FAKE_REPORT.CLOSING, note)
                        .set(FAKE_REPORT.CLOSED_AT, at)
                        .set(FAKE_REPORT.VERSION, report.version() + 1)
                        .where(isStill(report))
                        .execute()
                == 1;
    }

    private static Condition isStill(FakeReport report) {
        return FAKE_REPORT
                .ID
                .eq(report.id().value())
                .and(FAKE_REPORT.VERSION.eq(report.version()))
                .and(FAKE_REPORT.STATE.eq(report.state().name()));
    }

    private static FakeReport report(FakeReportRecord row) {
        var takenBy = row.getTakenById();
        var finding = row.getFinding();
        return new FakeReport(
                new FakeReportId(row.getId()),
                row.getNumber(),
                row.getSource().equals("MERCHANT"),
                Happening.valueOf(row.getHappened()),
                row.getPlace(),
                row.getCodeText(),
                Judged.valueOf(row.getJudged()),
                row.getPointsTo(),
                row.getQrCodeId() == null ? null : new QrCodeId(row.getQrCodeId()),
                row.getStoreId() == null ? null : new StoreId(row.getStoreId()),
                row.getMerchantId() == null ? null : new MerchantId(row.getMerchantId()),
                row.getHasPhoto(),
                row.getPhone() != null,
                row.getReportedBy(),
                ReportState.valueOf(row.getState()),
                takenBy == null
                        ? null
                        : new FakeReport.Taken(
                                takenBy,
                                Objects.requireNonNull(row.getTakenBy()),
                                Objects.requireNonNull(row.getTakenAt())),
                row.getAskedAt(),
                finding == null
                        ? null
                        : new FakeReport.Closed(
                                Finding.valueOf(finding),
                                Objects.requireNonNull(row.getClosing()),
                                Objects.requireNonNull(row.getClosedAt())),
                row.getCreatedAt(),
                row.getVersion());
    }
}
