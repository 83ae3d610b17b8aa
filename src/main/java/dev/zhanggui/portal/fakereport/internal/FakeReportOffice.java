package dev.zhanggui.portal.fakereport.internal;

import dev.zhanggui.portal.acceptance.CodeChecks;
import dev.zhanggui.portal.acceptance.CodeVerdict;
import dev.zhanggui.portal.acceptance.CodeVerdict.Standing;
import dev.zhanggui.portal.acceptance.FakeCodeDesk;
import dev.zhanggui.portal.acceptance.PhotoCheck;
import dev.zhanggui.portal.acceptance.PhotoCheck.CheckedCode;
import dev.zhanggui.portal.acceptance.Scans;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.fakereport.CloseOutcome;
import dev.zhanggui.portal.fakereport.FakeReport;
import dev.zhanggui.portal.fakereport.FakeReportId;
import dev.zhanggui.portal.fakereport.FakeReports;
import dev.zhanggui.portal.fakereport.FakeReportsChanged;
import dev.zhanggui.portal.fakereport.Finding;
import dev.zhanggui.portal.fakereport.Happening;
import dev.zhanggui.portal.fakereport.Judged;
import dev.zhanggui.portal.fakereport.NewReport;
import dev.zhanggui.portal.fakereport.ReportDetail;
import dev.zhanggui.portal.fakereport.ReportOutcome;
import dev.zhanggui.portal.fakereport.ReportOutcome.Fault;
import dev.zhanggui.portal.fakereport.ReportState;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.CodePicture;
import dev.zhanggui.portal.qrcode.FoundCode;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shared.StoreId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Judges a report by its code's signature as it comes in, keeps it, and tells whom it concerns. */
@Service
class FakeReportOffice implements FakeReports, FakeCodeDesk {

    private static final Actor SELF = Actor.system("fake-report");
    private static final Role[] STAFF = {Role.SERVICE, Role.REVIEWER, Role.ADMIN};
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd");
    private static final int ONCE_BYTES = 16;

    private final FakeReportRows rows;
    private final CodeChecks checks;
    private final CodePhotos photos;
    private final QrCodes codes;
    private final Scans scans;
    private final Merchants merchants;
    private final Access access;
    private final Notices notices;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transaction;
    private final Clock clock;

    FakeReportOffice(
            FakeReportRows rows,
            CodeChecks checks,
            CodePhotos photos,
            QrCodes codes,
            Scans scans,
            Merchants merchants,
            Access access,
            Notices notices,
            AuditLog audit,
            ApplicationEventPublisher events,
            TransactionOperations transaction,
            Clock clock) {
        this.rows = rows;
        this.checks = checks;
        this.photos = photos;
        this.codes = codes;
        this.scans = scans;
        this.merchants = merchants;
        this.access = access;
        this.notices = notices;
        this.audit = audit;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What is known of the code that a report is about. */
    private record Subject(
            String code,
            Judged judged,
            String pointsTo,
            @Nullable QrCode plate,
            @Nullable Store store) {}

    @Override
    public ReportOutcome report(Actor actor, NewReport wish) {
        var from = wish.store() == null ? null : merchants.store(actor, wish.store());
        if (from != null) {
            access.requireMember(actor, from.merchantId(), Role.CASHIER);
        } else {
            access.requireStaff(actor, STAFF);
        }
        var phone = wish.phone().isBlank() ? null : Phone.check(wish.phone());
        var fault = fault(wish, phone == null || phone.isValid());
        if (fault != null) {
            return new ReportOutcome.Invalid(fault);
        }
        var photo = wish.photo();
        var check = photo == null ? null : checks.photo(SELF, photo);
        if (check instanceof PhotoCheck.Refused(var reason)) {
            return new ReportOutcome.PhotoRefused(reason);
        }
        var found = check instanceof PhotoCheck.Checked(var seen) ? seen : List.<CheckedCode>of();
        var picture = photo == null
                ? Optional.<CodePicture>empty()
                : photos.redraw(photo, found.stream().map(CheckedCode::found).toList());
        var expected = wish.expected() == null ? null : codes.get(actor, wish.expected());
        var subject = subject(wish.code().strip(), found, from, expected);
        var freely = new FakeReportRows.Freely(
                wish.words().strip(),
                phone == null ? null : phone.orThrow(),
                picture.map(CodePicture::jpeg).orElse(null));
        return Objects.requireNonNull(transaction.execute(
                it -> keep(actor, wish, Objects.requireNonNull(wish.happened()), subject, from, freely)));
    }

    private static @Nullable Fault fault(NewReport wish, boolean phoneFits) {
        if (wish.happened() == null) {
            return Fault.HAPPENING_MISSING;
        }
        if (wish.code().isBlank() && wish.place().isBlank() && wish.photo() == null) {
            return Fault.NOTHING_TO_GO_BY;
        }
        if (wish.code().length() > NewReport.CODE_MOST) {
            return Fault.CODE_TOO_LONG;
        }
        if (wish.place().length() > NewReport.PLACE_MOST) {
            return Fault.PLACE_TOO_LONG;
        }
        if (wish.words().length() > NewReport.WORDS_MOST) {
            return Fault.WORDS_TOO_LONG;
        }
        return phoneFits ? null : Fault.PHONE_UNFIT;
    }

    @Override
    public String report(Actor actor, FoundFake fake) {
        var expected = fake.expected();
        var wish = new NewReport(
                Happening.STICKER,
                fake.code(),
                expected == null ? "" : expected.place(),
                "",
                "",
                fake.photo(),
                fake.store(),
                expected == null ? null : expected.id(),
                fake.once());
        return switch (report(actor, wish)) {
            case ReportOutcome.Received(var report, var before) -> report.number();
            case ReportOutcome.Invalid(var fault) -> throw new IllegalArgumentException(fault.name());
            case ReportOutcome.PhotoRefused(var reason) -> throw new IllegalArgumentException(reason.name());
        };
    }

    /** What was typed, else the worst of what the photo shows. A member's report is about the member's own store alone. */
    private Subject subject(String typed, List<CheckedCode> found, @Nullable Store from, @Nullable QrCode expected) {
        var text = typed.isEmpty() ? worst(found) : typed;
        if (text.isEmpty()) {
            return new Subject("", Judged.NONE, "", expected, from);
        }
        var named = checks.named(SELF, text).orElse(null);
        var about = from != null ? from : named == null ? null : merchants.store(SELF, named.storeId());
        var plate = named != null && about != null && named.storeId().equals(about.id()) ? named : expected;
        return switch (checks.text(SELF, text)) {
            case CodeVerdict.Genuine it ->
                new Subject(text, it.standing() == Standing.IN_USE ? Judged.IN_USE : Judged.IDLE, "", plate, about);
            case CodeVerdict.HoursSign(var store) ->
                new Subject(text, Judged.SIGN, "", expected, from == null ? store : from);
            case CodeVerdict.Forged() -> new Subject(text, Judged.FORGED, "", expected, from);
            case CodeVerdict.NotOurs(var to) -> new Subject(text, Judged.NOT_OURS, to, expected, from);
            // The system is a member of nothing.
            case CodeVerdict.Yours it -> new Subject(text, Judged.IN_USE, "", plate, about);
            case CodeVerdict.YoursStopped it -> new Subject(text, Judged.IDLE, "", plate, about);
            case CodeVerdict.YoursEnded it -> new Subject(text, Judged.IDLE, "", plate, about);
        };
    }

    private static String worst(List<CheckedCode> found) {
        return found.stream()
                .filter(it -> it.verdict().isFake())
                .findFirst()
                .or(() -> found.stream().findFirst())
                .map(CheckedCode::found)
                .map(FoundCode::text)
                .map(it -> it.substring(0, Math.min(it.length(), NewReport.CODE_MOST)))
                .orElse("");
    }

    private ReportOutcome keep(
            Actor actor,
            NewReport wish,
            Happening happened,
            Subject subject,
            @Nullable Store from,
            FakeReportRows.Freely freely) {
        var once = once(wish.once());
        var about = subject.store();
        var report = new FakeReport(
                new FakeReportId(Ids.next()),
                number(),
                from != null,
                happened,
                wish.place().strip(),
                subject.code(),
                subject.judged(),
                subject.pointsTo(),
                subject.plate() == null ? null : subject.plate().id(),
                about == null ? null : about.id(),
                about == null ? null : about.merchantId(),
                freely.photo() != null,
                freely.phone() != null,
                actor.label(),
                ReportState.OPEN,
                null,
                null,
                null,
                now(),
                0);
        if (!rows.insert(report, actor, once, freely)) {
            return new ReportOutcome.Received(rows.byOnce(once).orElseThrow(), true);
        }
        audit.record(
                actor, "fake-report.received", report.id().toString(), report.merchant(), null, json(report), null);
        tell(report, "fakeReported", actor);
        changed(report);
        return new ReportOutcome.Received(report, false);
    }

    @Override
    public List<FakeReport> list(
            Actor actor, @Nullable ReportState state, String search, @Nullable FakeReportId before) {
        access.requireStaff(actor, STAFF);
        return rows.list(state, search.strip(), before);
    }

    @Override
    public ReportDetail detail(Actor actor, String number) {
        access.requireStaff(actor, STAFF);
        var report = rows.byNumber(number).orElseThrow(() -> new NotFoundException("fake-report"));
        var store = report.store() == null ? null : merchants.store(SELF, report.store());
        var plate = report.plate() == null ? null : codes.get(SELF, report.plate());
        return new ReportDetail(
                report,
                rows.words(report.id()),
                rows.phone(report.id()).map(Phone::masked).orElse(null),
                report.code().isEmpty() ? null : checks.text(SELF, report.code()),
                plate,
                store,
                plate == null ? null : scans.last(SELF, plate.storeId()).get(plate.id()));
    }

    @Override
    public Optional<byte[]> photo(Actor actor, FakeReportId id) {
        access.requireStaff(actor, STAFF);
        return rows.photo(id);
    }

    @Override
    public String phone(Actor actor, FakeReportId id, String reason) {
        access.requireStaff(actor, STAFF);
        var phone = rows.phone(id).orElseThrow(() -> new NotFoundException(id.toString()));
        transaction.executeWithoutResult(it -> audit.personalDataRead(actor, id.toString(), "phone", reason));
        return phone.national();
    }

    /** Moves a report on if it stands as it was seen. */
    private interface Move {
        boolean of(FakeReport report);
    }

    @Override
    public CloseOutcome take(Actor actor, FakeReportId id, int version) {
        return move(actor, id, version, "fake-report.taken", null, report -> {
            if (!report.state().canMoveTo(ReportState.TAKEN)) {
                return false;
            }
            return rows.take(report, actor, now());
        });
    }

    @Override
    public CloseOutcome giveBack(Actor actor, FakeReportId id, int version) {
        return move(
                actor,
                id,
                version,
                "fake-report.given-back",
                null,
                report -> isMine(actor, report) && rows.giveBack(report));
    }

    @Override
    public CloseOutcome askToStop(Actor actor, FakeReportId id, int version) {
        return move(actor, id, version, "fake-report.stop-asked", null, report -> {
            if (!isMine(actor, report) || report.plate() == null || !rows.asked(report, now())) {
                return false;
            }
            tell(report, "fakeReportStop", actor);
            return true;
        });
    }

    @Override
    public CloseOutcome close(Actor actor, FakeReportId id, int version, Finding finding, String note) {
        var words = note.strip();
        access.requireStaff(actor, STAFF);
        if (words.isEmpty()) {
            return new CloseOutcome.NoteMissing();
        }
        if (words.length() > NOTE_MOST) {
            throw new IllegalArgumentException("a note has at most " + NOTE_MOST + " characters");
        }
        return move(actor, id, version, "fake-report.closed", finding + ": " + words, report -> {
            if (!isMine(actor, report) || !rows.close(report, finding, words, now())) {
                return false;
            }
            tell(report, "fakeReportClosed", actor);
            return true;
        });
    }

    private CloseOutcome move(
            Actor actor, FakeReportId id, int version, String action, @Nullable String reason, Move move) {
        access.requireStaff(actor, STAFF);
        return Objects.requireNonNull(transaction.execute(it -> {
            var before = rows.byId(id).orElseThrow(() -> new NotFoundException(id.toString()));
            if (before.version() != version) {
                throw new LostUpdateException(id.toString());
            }
            if (!move.of(before)) {
                return new CloseOutcome.NotYours(rows.byId(id).orElseThrow());
            }
            var after = rows.byId(id).orElseThrow();
            audit.record(actor, action, id.toString(), after.merchant(), json(before), json(after), reason);
            changed(after);
            return new CloseOutcome.Moved(after);
        }));
    }

    private static boolean isMine(Actor actor, FakeReport report) {
        var taken = report.taken();
        return report.state() == ReportState.TAKEN && taken != null && taken.byId() == actor.id();
    }

    @Override
    public List<FakeReport> ofStore(Actor actor, StoreId id) {
        var store = merchants.store(actor, id);
        access.requireMember(actor, store.merchantId(), Role.CASHIER);
        return rows.ofStore(id);
    }

    /** Those who answer for the store, save for who knows already. */
    private void tell(FakeReport report, String template, Actor by) {
        if (report.store() == null) {
            return;
        }
        var store = merchants.store(SELF, report.store());
        var where = report.plate() == null ? store.name() : place(codes.get(SELF, report.plate()));
        for (var owner : access.owners(store.merchantId())) {
            if (by.kind() == Actor.Kind.PERSON && by.accountId().equals(owner)) {
                continue;
            }
            notices.post(
                    SELF,
                    owner,
                    template,
                    List.of(store.name(), where),
                    "merchant/codes/reports?store=" + store.publicId());
        }
    }

    private static String place(QrCode code) {
        return code.number() == 0 ? "" : code.place() + " " + code.numberText();
    }

    private void changed(FakeReport report) {
        events.publishEvent(new FakeReportsChanged(report.id(), report.store()));
    }

    /** The day, and six signs that nobody guesses. */
    private String number() {
        return "JB" + DAY.format(LocalDate.ofInstant(clock.instant(), CHINA)) + "-"
                + Ids.ulid().substring(20);
    }

    private static byte[] once(String once) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var form = once.isBlank() ? Ids.ulid() : once;
            return Arrays.copyOf(digest.digest(form.getBytes(StandardCharsets.UTF_8)), ONCE_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Without anything that its sender wrote. */
    private static String json(FakeReport report) {
        return "{\"number\":\"" + report.number() + "\",\"state\":\"" + report.state() + "\",\"judged\":\""
                + report.judged() + "\"}";
    }
}
