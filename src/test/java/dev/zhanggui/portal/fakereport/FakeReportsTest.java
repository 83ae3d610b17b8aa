package dev.zhanggui.portal.fakereport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.acceptance.CodeVerdict;
import dev.zhanggui.portal.acceptance.FakeCodeDesk;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.notification.Notice;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.internal.HostilePhotos;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio.Shot;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.beans.factory.annotation.Autowired;

class FakeReportsTest extends DatabaseTest {

    private static final Actor ANYBODY = Actor.system("report");
    private static final String FOREIGN = "https://pay-x.example/a";

    @Autowired
    private FakeReports reports;

    @Autowired
    private FakeCodeDesk desk;

    @Autowired
    private QrCodes codes;

    @Autowired
    private Notices notices;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private Fixtures fixtures;

    private Fixtures.Owner owner;
    private QrCode plate;
    private Actor staff;

    @BeforeEach
    void aStoreWithAPlate() {
        owner = fixtures.owner("巷口牛肉面");
        plate = ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), "3 号桌")).code();
        staff = fixtures.staff(Role.REVIEWER);
    }

    @Test
    void a_payers_report_of_our_code_is_kept_and_its_owner_told_once() {
        var once = Ids.ulid();
        var first = received(wish(plate.url(), "", null, once));
        var second = reports.report(ANYBODY, wish(plate.url(), "", null, once));

        assertThat(second).isInstanceOfSatisfying(ReportOutcome.Received.class, it -> {
            assertThat(it.before()).isTrue();
            assertThat(it.report().number()).isEqualTo(first.number());
        });
        assertThat(first.number()).matches("JB260316-[0-9A-Z]{6}");
        assertThat(first.plate()).isEqualTo(plate.id());
        assertThat(first.judged()).isEqualTo(Judged.IN_USE);
        assertThat(notices.mine(owner.actor(), null))
                .extracting(Notice::template, Notice::link)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "fakeReported",
                        "merchant/codes/reports?store=" + owner.store().publicId()));
        assertThat(reports.ofStore(owner.actor(), owner.store().id()))
                .extracting(FakeReport::number)
                .containsExactly(first.number());
    }

    @Test
    void many_presses_at_once_are_one_report() throws Exception {
        var once = Ids.ulid();
        var numbers = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<String> press =
                    () -> received(wish(plate.url(), "", null, once)).number();
            for (Future<String> it : threads.invokeAll(List.of(press, press, press, press))) {
                numbers.add(it.get());
            }
        }
        assertThat(numbers).hasSize(4).containsOnly(numbers.getFirst());
        assertThat(reports.ofStore(owner.actor(), owner.store().id())).hasSize(1);
    }

    @Test
    void what_somebody_writes_and_leaves_is_encrypted_masked_and_read_on_record() {
        var report = received(new NewReport(
                Happening.PAID, FOREIGN, "解放路", "我姓王，付了 300", "138 1234 5678", null, null, null, Ids.ulid()));
        var detail = reports.detail(staff, report.number());
        assertThat(detail.words()).isEqualTo("我姓王，付了 300");
        assertThat(detail.phoneMasked()).isEqualTo("138****5678");
        assertThat(detail.now()).isEqualTo(new CodeVerdict.NotOurs("pay-x.example"));
        assertThat(reports.phone(staff, report.id(), "问付款时间")).isEqualTo("13812345678");
        assertThat(trail.page(
                                fixtures.staff(Role.AUDITOR),
                                new AuditQuery(report.id().toString(), null, null, null, null),
                                null,
                                10)
                        .toString())
                .contains("phone", "问付款时间")
                .doesNotContain("13812345678", "我姓王");
    }

    @Test
    void a_photo_is_drawn_anew_and_its_worst_code_is_what_is_reported() {
        var photo = PhotoStudio.jpeg(1000, 800, 4, Shot.CLEAN, List.of(plate.url(), FOREIGN));
        var both = Arrays.copyOf(photo, photo.length + 8);
        System.arraycopy("<script>".getBytes(StandardCharsets.US_ASCII), 0, both, photo.length, 8);
        var report = received(wish("", "", both, Ids.ulid()));
        assertThat(report.code()).isEqualTo(FOREIGN);
        assertThat(report.judged()).isEqualTo(Judged.NOT_OURS);
        assertThat(report.pointsTo()).isEqualTo("pay-x.example");
        assertThat(new String(reports.photo(staff, report.id()).orElseThrow(), StandardCharsets.ISO_8859_1))
                .doesNotContain("<script>");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void hostile_pictures_are_refused_and_nothing_is_kept(Reason reason) {
        var place = "照片 " + Ids.ulid();
        assertThat(reports.report(ANYBODY, wish("", place, HostilePhotos.all().get(reason), Ids.ulid())))
                .isEqualTo(new ReportOutcome.PhotoRefused(reason));
        assertThat(reports.list(staff, null, place, null)).isEmpty();
    }

    @Test
    void a_report_that_nobody_could_look_for_says_what_is_missing() {
        assertThat(reports.report(ANYBODY, wish(" ", "", null, Ids.ulid())))
                .isEqualTo(new ReportOutcome.Invalid(ReportOutcome.Fault.NOTHING_TO_GO_BY));
        assertThat(reports.report(ANYBODY, new NewReport(null, FOREIGN, "", "", "", null, null, null, Ids.ulid())))
                .isEqualTo(new ReportOutcome.Invalid(ReportOutcome.Fault.HAPPENING_MISSING));
        assertThat(reports.report(
                        ANYBODY,
                        new NewReport(Happening.OTHER, FOREIGN, "", "", "12345", null, null, null, Ids.ulid())))
                .isEqualTo(new ReportOutcome.Invalid(ReportOutcome.Fault.PHONE_UNFIT));
        assertThat(reports.report(
                        ANYBODY,
                        new NewReport(Happening.OTHER, "", "字".repeat(201), "", "", null, null, null, Ids.ulid())))
                .isEqualTo(new ReportOutcome.Invalid(ReportOutcome.Fault.PLACE_TOO_LONG));
    }

    @Test
    void a_member_reports_from_the_own_store_about_the_plate_that_should_hang_there() {
        var number = desk.report(
                owner.actor(), new FakeCodeDesk.FoundFake(owner.store().id(), FOREIGN, plate, null, Ids.ulid()));
        var detail = reports.detail(staff, number);
        assertThat(detail.plate()).isEqualTo(plate);
        assertThat(detail.report().fromMerchant()).isTrue();
        assertThat(notices.mine(owner.actor(), null)).isEmpty();
    }

    @Test
    void nobody_reports_from_anothers_store_or_about_anothers_plate() {
        var other = fixtures.owner("别家");
        var fake = new FakeCodeDesk.FoundFake(owner.store().id(), FOREIGN, null, null, Ids.ulid());
        assertThatThrownBy(() -> desk.report(other.actor(), fake)).isInstanceOf(NotFoundException.class);
        var about = new FakeCodeDesk.FoundFake(other.store().id(), FOREIGN, plate, null, Ids.ulid());
        assertThatThrownBy(() -> desk.report(other.actor(), about)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> reports.ofStore(other.actor(), owner.store().id()))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void anothers_code_on_the_counter_does_not_tell_its_plate_to_who_reports_it() {
        var other = fixtures.owner("别家");
        var number = desk.report(
                other.actor(), new FakeCodeDesk.FoundFake(other.store().id(), plate.url(), null, null, Ids.ulid()));
        var report = reports.detail(staff, number).report();
        assertThat(report.store()).isEqualTo(other.store().id());
        assertThat(report.plate()).isNull();
    }

    @Test
    void one_member_of_staff_has_it_and_closes_it_with_a_reason() {
        var report = received(wish(plate.url(), "", null, Ids.ulid()));
        var taken = moved(reports.take(staff, report.id(), 0));
        var colleague = fixtures.staff(Role.SERVICE);
        assertThat(reports.take(colleague, report.id(), 1)).isEqualTo(new CloseOutcome.NotYours(taken));
        assertThat(reports.close(colleague, report.id(), 1, Finding.FAKE, "看过照片"))
                .isEqualTo(new CloseOutcome.NotYours(taken));
        assertThat(reports.close(staff, report.id(), 1, Finding.FAKE, " ")).isEqualTo(new CloseOutcome.NoteMissing());

        var asked = moved(reports.askToStop(staff, report.id(), 1));
        assertThat(asked.askedAt()).isEqualTo(clock.instant());
        var closed = moved(reports.close(staff, report.id(), 2, Finding.FAKE, "照片上是贴纸"));
        assertThat(closed.state()).isEqualTo(ReportState.CLOSED);
        assertThat(closed.closed()).isEqualTo(new FakeReport.Closed(Finding.FAKE, "照片上是贴纸", clock.instant()));
        assertThat(notices.mine(owner.actor(), null))
                .extracting(Notice::template)
                .containsExactly("fakeReportClosed", "fakeReportStop", "fakeReported");
        assertThat(codes.get(owner.actor(), plate.id()).isActive()).isTrue();
        assertThat(reports.take(staff, report.id(), 3)).isEqualTo(new CloseOutcome.NotYours(closed));
    }

    @Test
    void what_was_given_back_can_be_taken_by_another() {
        var report = received(wish(FOREIGN, "", null, Ids.ulid()));
        reports.take(staff, report.id(), 0);
        assertThat(moved(reports.giveBack(staff, report.id(), 1)).taken()).isNull();
        assertThat(moved(reports.take(fixtures.staff(Role.ADMIN), report.id(), 2))
                        .state())
                .isEqualTo(ReportState.TAKEN);
        assertThatThrownBy(() -> reports.giveBack(staff, report.id(), 1)).isInstanceOf(LostUpdateException.class);
    }

    @Test
    void a_report_without_a_plate_cannot_ask_anybody_to_stop_it() {
        var report = received(wish(FOREIGN, "", null, Ids.ulid()));
        reports.take(staff, report.id(), 0);
        assertThat(reports.askToStop(staff, report.id(), 1)).isInstanceOf(CloseOutcome.NotYours.class);
    }

    @Test
    void the_list_is_filtered_searched_and_paged() {
        var mark = "地点 " + Ids.ulid();
        for (int i = 0; i < FakeReports.PAGE + 2; i++) {
            received(wish("", mark + i, null, Ids.ulid()));
        }
        var first = reports.list(staff, null, mark, null);
        assertThat(first).hasSize(FakeReports.PAGE);
        assertThat(first.getFirst().place()).isEqualTo(mark + (FakeReports.PAGE + 1));
        assertThat(reports.list(staff, null, mark, first.getLast().id())).hasSize(2);
        assertThat(reports.list(staff, ReportState.CLOSED, mark, null)).isEmpty();
        assertThat(reports.list(staff, ReportState.OPEN, first.getFirst().number(), null))
                .containsExactly(first.getFirst());
        assertThat(reports.list(staff, null, "%" + mark, null)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            mode = Mode.EXCLUDE,
            names = {"SERVICE", "REVIEWER", "ADMIN"})
    void nobody_else_follows_reports_up(Role role) {
        var report = received(wish(FOREIGN, "", null, Ids.ulid()));
        var actor = fixtures.staff(role);
        Stream.<Runnable>of(
                        () -> reports.list(actor, null, "", null),
                        () -> reports.detail(actor, report.number()),
                        () -> reports.photo(actor, report.id()),
                        () -> reports.phone(actor, report.id(), "想看看"),
                        () -> reports.take(actor, report.id(), 0),
                        () -> reports.giveBack(actor, report.id(), 0),
                        () -> reports.askToStop(actor, report.id(), 0),
                        () -> reports.close(actor, report.id(), 0, Finding.FAKE, "x"),
                        () -> reports.report(actor, wish(FOREIGN, "", null, Ids.ulid())))
                .forEach(deed -> assertThatThrownBy(deed::run).isInstanceOf(NotAllowedException.class));
    }

    @Test
    void states_move_as_drawn_and_no_other_way() {
        var moves = new ArrayList<String>();
        for (var from : ReportState.values()) {
            for (var to : ReportState.values()) {
                if (from.canMoveTo(to)) {
                    moves.add(from + " " + to);
                }
            }
        }
        assertThat(moves).containsExactly("OPEN TAKEN", "TAKEN OPEN", "TAKEN CLOSED");
    }

    private static NewReport wish(String code, String place, byte @Nullable [] photo, String once) {
        return new NewReport(Happening.STICKER, code, place, "", "", photo, null, null, once);
    }

    private FakeReport received(NewReport wish) {
        return ((ReportOutcome.Received) reports.report(ANYBODY, wish)).report();
    }

    private static FakeReport moved(CloseOutcome outcome) {
        return ((CloseOutcome.Moved) outcome).report();
    }
}
