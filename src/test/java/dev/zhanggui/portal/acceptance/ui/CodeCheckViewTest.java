package dev.zhanggui.portal.acceptance.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.fakereport.FakeReports;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.qrcode.internal.HostilePhotos;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio.Shot;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.uikit.Note;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

class CodeCheckViewTest extends ViewTest {

    private static final String FOREIGN = "https://pay-x.example/a";

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private QrCodes codes;

    @Autowired
    private FakeReports reports;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Access access;

    @Test
    void a_sticker_over_a_plate_is_found_out_and_the_plate_replaced() {
        var owner = fixtures.owner("面馆");
        issue(owner, "柜台");
        var table = issue(owner, "3 号桌");
        open(owner);
        photograph(FOREIGN);

        assertThat(words()).contains("这不是您的码", "客人扫它，钱会付给别人", "pay-x.example，不是掌柜", "先把它揭下来，留着别扔");
        assertThat($(com.vaadin.flow.component.html.Anchor.class)
                        .from(view())
                        .withTextContaining("pay-x")
                        .all())
                .isEmpty();
        which().setValue(table);
        assertThat(words()).contains("您的真码最后一次被扫", "还没有人扫过", "另外 1 张");

        press("给3 号桌换新码");
        reasons().setValue(RevocationReason.TAMPERED);
        press("给3 号桌换新码");
        assertThat(codes.get(owner.actor(), table.id()).isActive()).isFalse();
        assertThat(words()).contains("这不是您的码");
        assertThat(which().getValue().numberText()).isEqualTo("003");
    }

    @Test
    void a_fake_is_reported_once_with_its_photo_and_the_plate_it_covers() {
        var owner = fixtures.owner("面馆");
        var plate = issue(owner, "柜台");
        open(owner);
        photograph(FOREIGN);
        press("举报这张假码");

        assertThat(words()).contains("已举报，举报号 JB");
        assertThat($(Button.class).withText("举报这张假码").all()).isEmpty();
        assertThat(reports.ofStore(owner.actor(), owner.store().id()))
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.plate()).isEqualTo(plate.id());
                    assertThat(report.pointsTo()).isEqualTo("pay-x.example");
                    assertThat(report.hasPhoto()).isTrue();
                });
    }

    @Test
    void ones_own_plate_says_where_it_belongs() {
        var owner = fixtures.owner("面馆");
        var plate = issue(owner, "柜台");
        open(owner);
        photograph(plate.url());
        assertThat(words()).contains("是您的码，在用", "它应该放在「柜台」，编号 001").doesNotContain("揭下来");

        codes.revoke(owner.actor(), plate.id(), RevocationReason.LOST, "");
        photograph(plate.url());
        assertThat(words()).contains("您的旧码已停用", "丢了");
    }

    @Test
    void of_several_codes_the_bad_one_comes_first() {
        var owner = fixtures.owner("面馆");
        var plate = issue(owner, "柜台");
        open(owner);
        photograph(plate.url(), FOREIGN);
        var cards = $(VerdictCard.class).all();
        assertThat(cards).hasSize(2);
        assertThat(cards.getFirst().getElement().getTextRecursively()).contains("这不是您的码");
        assertThat($(CodePhotoStage.class).single().getElement().getChildCount())
                .isEqualTo(2);
    }

    @Test
    void another_shops_code_and_a_forged_one_have_to_go() {
        var other = issue(fixtures.owner("隔壁"), "柜台");
        var owner = fixtures.owner("面馆");
        issue(owner, "柜台");
        open(owner);
        type(other.code());
        assertThat(words()).contains("这是别家店的码", "隔壁", "揭下来").doesNotContain("001\n");
        type(other.code().substring(0, 21) + (other.code().endsWith("0") ? "1" : "0"));
        assertThat(words()).contains("这是假码", "签名却对不上");
    }

    @Test
    void nothing_typed_is_asked_for() {
        open(fixtures.owner("面馆"));
        type("  ");
        assertThat($(TextField.class).from(view()).single().getErrorMessage()).isEqualTo("请先输入网址或码下面的字");
    }

    @Test
    void a_cashier_learns_whose_it_is_and_who_can_help() {
        var owner = fixtures.owner("水果店");
        issue(owner, "柜台");
        var cashier = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, cashier, owner.merchant(), Role.CASHIER);
        signIn(cashier);
        navigate(CodeCheckView.class);
        photograph(FOREIGN);
        assertThat(words()).contains("这不是您的码", "要店主或店长来做").doesNotContain("停用「柜台」的码");
    }

    @ParameterizedTest
    @EnumSource(value = Reason.class, mode = EnumSource.Mode.EXCLUDE, names = "TOO_LARGE")
    void hostile_pictures_are_refused_in_words_and_the_photo_before_stays(Reason reason) {
        var owner = fixtures.owner("面馆");
        open(owner);
        photograph(issue(owner, "柜台").url());
        upload(Objects.requireNonNull(HostilePhotos.all().get(reason)));
        assertThat($(Note.class).from(view()).first().getElement().getTextRecursively())
                .contains("这张照片看不了", reason.words(Locale.SIMPLIFIED_CHINESE));
        assertThat(words()).contains("是您的码，在用");
    }

    @Test
    void a_photo_without_a_code_says_how_to_take_a_better_one() {
        open(fixtures.owner("面馆"));
        upload(PhotoStudio.jpeg(600, 500, 1, Shot.CLEAN, List.of()));
        assertThat(words()).contains("照片里没找到码", "走近一点");
        assertThat($(Upload.class).from(view()).all()).hasSize(2);
    }

    private void open(Fixtures.Owner owner) {
        signIn(owner.account());
        navigate(CodeCheckView.class);
    }

    private CodeCheckView view() {
        return (CodeCheckView) getCurrentView();
    }

    private String words() {
        return view().getElement().getTextRecursively();
    }

    private void photograph(String... texts) {
        upload(PhotoStudio.jpeg(900, 700, 2, Shot.CLEAN, List.of(texts)));
    }

    private void upload(byte[] photo) {
        test($(Upload.class).from(view()).first()).upload("photo.jpg", "image/jpeg", photo);
        untilPushed(() -> !UI.getCurrent().isAttached()
                || $(VerdictCard.class).all().size()
                                + $(Note.class).from(view()).all().size()
                        > 0);
        roundTrip();
    }

    private void type(String text) {
        $(TextField.class).from(view()).single().setValue(text);
        press("查一下");
    }

    @SuppressWarnings("unchecked")
    private Select<QrCode> which() {
        return $(Select.class).from(view()).last();
    }

    @SuppressWarnings("unchecked")
    private RadioButtonGroup<RevocationReason> reasons() {
        return $(RadioButtonGroup.class).from($(Dialog.class).last()).single();
    }

    private void press(String text) {
        test($(Button.class).withText(text).last()).click();
    }

    private QrCode issue(Fixtures.Owner owner, String place) {
        return ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), place)).code();
    }
}
