package dev.zhanggui.portal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.CodeVerdict.Standing;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.NewOrderCode;
import dev.zhanggui.portal.qrcode.OrderCodeOutcome;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.ReplaceOutcome;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.qrcode.internal.HostilePhotos;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio.Shot;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

class CodeChecksTest extends DatabaseTest {

    private static final Actor ANYBODY = Actor.system("check");

    @Autowired
    private CodeChecks checks;

    @Autowired
    private QrCodes codes;

    @Autowired
    private Merchants merchants;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Access access;

    @Autowired
    private Fixtures fixtures;

    private Fixtures.Owner owner;
    private QrCode plate;

    @BeforeEach
    void aStoreWithOnePlate() {
        owner = fixtures.owner("巷口牛肉面");
        plate = ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), "3 号桌")).code();
    }

    @Test
    void the_merchants_own_plate_is_theirs_for_every_member() {
        var account = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, account, owner.merchant(), Role.CASHIER);
        for (var member : List.of(owner.actor(), Actor.person(account, "cashier", Set.of(Role.CASHIER)))) {
            assertThat(checks.text(member, plate.url())).isEqualTo(new CodeVerdict.Yours(plate, owner.store(), null));
        }
    }

    @Test
    void everybody_else_is_told_what_the_scan_page_tells() {
        var expected = new CodeVerdict.Genuine(owner.store(), Standing.IN_USE, null);
        var stranger = fixtures.owner("别家").actor();
        for (var asker : List.of(stranger, ANYBODY, fixtures.staff(Role.SERVICE))) {
            assertThat(checks.text(asker, plate.code())).isEqualTo(expected);
        }
    }

    @Test
    void a_replaced_plate_names_its_successor_to_its_merchant_only() {
        var replaced =
                (ReplaceOutcome.Replaced) codes.replace(owner.actor(), plate.id(), RevocationReason.TAMPERED, "贴过");
        assertThat(checks.text(owner.actor(), plate.url()))
                .isEqualTo(new CodeVerdict.YoursStopped(replaced.old(), owner.store(), replaced.successor()));
        assertThat(checks.text(ANYBODY, plate.url()))
                .isEqualTo(new CodeVerdict.Genuine(owner.store(), Standing.CODE_REVOKED, clock.instant()));
    }

    @Test
    void a_stopped_plate_has_no_successor() {
        codes.revoke(owner.actor(), plate.id(), RevocationReason.LOST, "");
        assertThat(checks.text(owner.actor(), plate.url()))
                .isInstanceOfSatisfying(
                        CodeVerdict.YoursStopped.class,
                        it -> assertThat(it.successor()).isNull());
    }

    @Test
    void an_orders_code_says_that_its_time_is_over() {
        var wish = new NewOrderCode(Ids.ulid(), Money.yuan(38), OrderFlow.BOOKED_ONLINE, Duration.ofMinutes(15));
        var order = ((OrderCodeOutcome.Issued)
                        codes.issueOrder(owner.actor(), owner.store().id(), wish))
                .code();
        assertThat(checks.text(owner.actor(), order.url())).isInstanceOf(CodeVerdict.Yours.class);
        clock.advance(Duration.ofMinutes(15));
        assertThat(checks.text(owner.actor(), order.url()))
                .isInstanceOfSatisfying(
                        CodeVerdict.YoursEnded.class,
                        it -> assertThat(it.standing()).isEqualTo(Standing.CODE_EXPIRED));
        assertThat(checks.text(ANYBODY, order.url()))
                .isInstanceOfSatisfying(
                        CodeVerdict.Genuine.class,
                        it -> assertThat(it.standing()).isEqualTo(Standing.CODE_EXPIRED));
    }

    @Test
    void a_frozen_merchants_plate_does_not_collect() {
        var staff = fixtures.staff(Role.REVIEWER);
        merchants.freeze(
                staff,
                owner.merchant(),
                merchants.merchant(staff, owner.merchant()).version(),
                "核查");
        assertThat(checks.text(owner.actor(), plate.url()))
                .isEqualTo(new CodeVerdict.YoursEnded(plate, owner.store(), Standing.MERCHANT_FROZEN, null));
        assertThat(checks.text(ANYBODY, plate.url()))
                .isEqualTo(new CodeVerdict.Genuine(owner.store(), Standing.MERCHANT_FROZEN, null));
    }

    @Test
    void a_false_signature_is_a_forgery_and_a_foreign_address_is_not_ours() {
        var last = plate.code().charAt(21) == '0' ? '1' : '0';
        var forged = plate.url().substring(0, plate.url().length() - 1) + last;
        assertThat(checks.text(owner.actor(), forged)).isEqualTo(new CodeVerdict.Forged());
        assertThat(checks.text(ANYBODY, plate.code().substring(0, 21))).isEqualTo(new CodeVerdict.Forged());
        assertThat(checks.text(ANYBODY, "https://pay-x.example/q/" + plate.code()))
                .isEqualTo(new CodeVerdict.NotOurs("pay-x.example"));
        assertThat(Stream.of(forged, "wxp://f2f0").map(text -> checks.text(ANYBODY, text)))
                .allMatch(CodeVerdict::isFake);
    }

    @Test
    void the_sign_on_the_door_is_not_mistaken_for_a_forgery() {
        var base = plate.url().substring(0, plate.url().indexOf("/q/"));
        assertThat(checks.text(ANYBODY, base + "/s/" + owner.store().publicId()))
                .isEqualTo(new CodeVerdict.HoursSign(owner.store()));
        assertThat(checks.text(ANYBODY, base + "/s/01ARZ3NDEKTSV4RRFFQ69G5FAV")).isEqualTo(new CodeVerdict.Forged());
    }

    @Test
    void a_photo_gives_a_verdict_for_each_code_in_its_place() {
        var photo = PhotoStudio.jpeg(1200, 900, 3, Shot.CLEAN, List.of(plate.url(), "https://pay-x.example/a"));
        assertThat(checks.photo(owner.actor(), photo)).isInstanceOfSatisfying(PhotoCheck.Checked.class, it -> {
            assertThat(it.codes())
                    .extracting(PhotoCheck.CheckedCode::verdict)
                    .containsExactlyInAnyOrder(
                            new CodeVerdict.Yours(plate, owner.store(), null),
                            new CodeVerdict.NotOurs("pay-x.example"));
            var left = it.codes().stream()
                    .filter(code -> code.found().x() < 0.5)
                    .findFirst()
                    .orElseThrow();
            assertThat(left.verdict()).isInstanceOf(CodeVerdict.Yours.class);
        });
    }

    @Test
    void a_photo_without_a_code_and_a_polyglot_are_answered_by_what_they_show() {
        assertThat(checks.photo(ANYBODY, PhotoStudio.jpeg(600, 500, 1, Shot.CLEAN, List.of())))
                .isEqualTo(new PhotoCheck.NothingFound());
        assertThat(checks.photo(ANYBODY, HostilePhotos.polyglot(plate.url())))
                .isInstanceOfSatisfying(
                        PhotoCheck.Checked.class,
                        it -> assertThat(it.codes())
                                .extracting(PhotoCheck.CheckedCode::verdict)
                                .containsExactly(new CodeVerdict.Genuine(owner.store(), Standing.IN_USE, null)));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void hostile_pictures_are_refused_by_name(Reason reason) {
        assertThat(checks.photo(
                        ANYBODY, Objects.requireNonNull(HostilePhotos.all().get(reason))))
                .isEqualTo(new PhotoCheck.Refused(reason));
    }
}
