package dev.zhanggui.portal.onboarding.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.ReviewDesk;
import dev.zhanggui.portal.onboarding.SubmitOutcome;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.terminal.Recommendation.Ranked;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DeskViewTest extends ViewTest {

    @Autowired
    Fixtures fixtures;

    @Autowired
    Accounts accounts;

    @Autowired
    Applications applications;

    @Autowired
    ReviewDesk desk;

    private Actor clerk = Fixtures.SYSTEM;
    private Actor applicant = Fixtures.SYSTEM;
    private ApplicationNumber number = new ApplicationNumber("ZG0000-0000");

    @BeforeEach
    void anApplicationWaits() throws IOException {
        number = submitted();
        clerk = signInAs("小算盘", Role.SERVICE);
    }

    @Test
    void theQueueShowsWhatWaitsAndClaimingShowsTheCallsCode() {
        navigate(DeskView.class);
        assertThat(page()).contains("夜市烤冷面", "没人领");

        open();
        assertThat(page()).contains("领了再看照片").doesNotContain("先报这四个数");
        press("领这一件");

        var code = desk.dossier(clerk, number).calls().getFirst().code();
        assertThat(page()).contains("我在办", "先报这四个数，客户页面上也有", code, "我是掌柜的test");
        assertThat($(Image.class).exists()).isTrue();
        assertThat(main().isEnabled()).isFalse();
    }

    @Test
    void personalDataStandMasked() {
        claimed();

        assertThat(page()).contains("周*", "440***********").doesNotContain("周小满", "4401061990");
    }

    @Test
    void aPartIsSentBackWithTheSentenceTheCustomerReads() {
        claimed();
        view().key("k", false);
        view().key("j", false);
        view().key("r", false);
        assertThat(main().getText()).isEqualTo("退回，请客户改 1 处");
        var sentence = $(TextField.class)
                .withAriaLabel("给客户看的话：" + part(Field.RESIDENT_ID))
                .single();
        test(sentence).setValue("身份证号少了一位，请对着身份证再填一次。");

        view().key("Enter", true);

        var application = desk.dossier(clerk, number).application();
        assertThat(application.state()).isEqualTo(ApplicationState.NEEDS_FIX);
        assertThat(application.fixes()).containsExactly(new Application.Fix(Field.RESIDENT_ID, "身份证号少了一位，请对着身份证再填一次。"));
        assertThat(main().isEnabled()).isFalse();
        assertThat(main().getText()).isEqualTo("现在轮到客户");
    }

    @Test
    void passingAPartTakesItsFixBack() {
        claimed();
        view().key("r", false);
        assertThat(main().getText()).isEqualTo("退回，请客户改 1 处");

        view().key("a", false);

        assertThat(main().getText()).isEqualTo("先打电话核实");
    }

    @Test
    void aVerifiedCallLeadsToARecommendationWithItsReasons() {
        claimed();
        test($(IntegerField.class).withAriaLabel("一天大概收多少笔").single()).setValue(20);
        var cards = $(Checkbox.class).withLabel("要刷卡").single();
        if (!cards.getValue()) {
            test(cards).click();
        }

        view().key("F1", false);

        var dossier = desk.dossier(clerk, number);
        assertThat(dossier.application().state()).isEqualTo(ApplicationState.VERIFYING);
        assertThat(dossier.calls().getFirst().notes()).contains("20", "要刷卡");
        assertThat(page()).contains("为什么是它", "扫码刷卡一台收完", "为什么不用更便宜的", "不能扫码", "不是客户想要的");
        assertThat(main().getText()).isEqualTo("推荐盛付通电签 POS，出价格单");

        view().key("Enter", true);

        var offer =
                Objects.requireNonNull(desk.dossier(clerk, number).timeline().offer());
        assertThat(offer.quote().model().value()).isEqualTo("shengpay-esign");
        assertThat(offer.reasons()).contains("扫码刷卡一台收完");
    }

    @Test
    void whatWasSaidInTheCallIsThereAfterAReload() {
        claimed();
        test($(TextField.class).withAriaLabel("店开在哪条路").single()).setValue("太平街");
        test($(IntegerField.class).withAriaLabel("一天大概收多少笔").single()).setValue(20);
        test($(Checkbox.class).withLabel("要打小票").single()).click();
        view().key("F1", false);
        var advised = main().getText();
        navigate(DeskView.class);

        open();

        assertThat($(TextField.class).withAriaLabel("店开在哪条路").single().getValue())
                .isEqualTo("太平街");
        assertThat($(IntegerField.class).withAriaLabel("一天大概收多少笔").single().getValue())
                .isEqualTo(20);
        assertThat($(Checkbox.class).withLabel("要打小票").single().getValue()).isTrue();
        assertThat(main().getText()).isEqualTo(advised);
    }

    @Test
    void whoRecommendedReadsWhyAnotherPersonMustApprove() {
        desk.claim(signInAs("陶罐", Role.REVIEWER), number);
        open();
        view().key("F1", false);
        view().key("Enter", true);
        var offer =
                Objects.requireNonNull(desk.dossier(clerk, number).timeline().offer());
        applications.accept(applicant, number, offer.quoteSha256(), offer.agreementSha256());
        open();
        press("领这一件");

        assertThat(page()).contains("机器是您推荐的，要请另一位审核员来通过");
        assertThat(main().isEnabled()).isFalse();
    }

    @Test
    void anAppealIsHeardByAnotherReviewer() {
        var refuser = signInAs("陶罐", Role.REVIEWER);
        desk.claim(refuser, number);
        desk.reject(refuser, number, null, "本人说没有申请过。");
        applications.appeal(applicant, number, "我申请过，当时没听清");
        open();
        assertThat(page()).contains("是您没通过的，要请另一位审核员来看", "我申请过，当时没听清");
        assertThat(main().isEnabled()).isFalse();

        signInAs("小算盘", Role.SERVICE);
        open();
        assertThat(page()).contains("申诉由审核员来看");

        signInAs("算筹", Role.REVIEWER);
        open();
        press("领这一件");
        assertThat(page()).contains("维持不通过…");
        press("申诉有理，接着办");

        assertThat(desk.dossier(clerk, number).application().state()).isEqualTo(ApplicationState.VERIFYING);
    }

    @Test
    void anotherModelNeedsAReason() {
        claimed();
        view().key("F1", false);
        @SuppressWarnings("unchecked")
        Select<Ranked> choice =
                (Select<Ranked>) $(Select.class).withLabel("换别的").single();
        choice.setValue(choice.getListDataView().getItems().toList().getLast());
        assertThat(main().isEnabled()).isFalse();

        test($(TextField.class).withLabel("为什么换（客户会看到）").single()).setValue("客户只要这一款");

        assertThat(main().isEnabled()).isTrue();
    }

    @Test
    void aMissedCallGetsAnotherCode() {
        claimed();
        view().key("F2", false);

        assertThat(desk.dossier(clerk, number).calls()).hasSize(2);
        assertThat(page()).contains("没接");
        assertThat(main().getText()).isEqualTo("先打电话核实");
    }

    @Test
    void aRefusalWithoutAReasonChangesNothing() {
        claimed();
        press("不通过…");
        press("不通过这份申请");
        assertThat(desk.dossier(clerk, number).application().state()).isEqualTo(ApplicationState.CALL_SCHEDULED);

        press("不通过…");
        test($(TextField.class).withLabel("为什么不通过（客户会看到）").single()).setValue("本人说没有申请过。");
        press("不通过这份申请");
        assertThat(desk.dossier(clerk, number).application().state()).isEqualTo(ApplicationState.REJECTED);
        assertThat(page()).contains("本人说没有申请过。");
    }

    @Test
    void whatAColleagueHoldsIsReadOnly() {
        claimed();
        signInAs("麦穗", Role.REVIEWER);
        open();

        assertThat(page()).contains("小算盘在办");
        assertThat(main().isEnabled()).isFalse();
    }

    @Test
    void onlyAReviewerApproves() {
        claimed();
        view().key("F1", false);
        view().key("Enter", true);
        var offer =
                Objects.requireNonNull(desk.dossier(clerk, number).timeline().offer());
        applications.accept(applicant, number, offer.quoteSha256(), offer.agreementSha256());
        open();
        press("领这一件");
        assertThat(page()).contains("要审核员来通过");
        assertThat(main().isEnabled()).isFalse();
        press("放回队列");

        signInAs("麦穗", Role.REVIEWER);
        open();
        press("领这一件");
        press("通过，下单寄机器");

        var approved = desk.dossier(clerk, number).application();
        assertThat(approved.state()).isEqualTo(ApplicationState.APPROVED);
        assertThat(approved.orderNumber()).startsWith("ZO");
    }

    @Test
    void thePageSpeaksEnglishToo() {
        claimed();
        UI.getCurrent().setLocale(Locale.ENGLISH);
        open();

        assertThat(page()).contains("Say these digits first").doesNotContain("desk.");
    }

    private void claimed() {
        desk.claim(clerk, number);
        open();
    }

    private void open() {
        navigate(DeskView.class, Map.of(DeskView.NUMBER, number.value()));
    }

    private DeskView view() {
        return (DeskView) getCurrentView();
    }

    private Button main() {
        return $(Button.class).withClassName("desk-main").single();
    }

    private void press(String text) {
        test($(Button.class).withText(text).single()).click();
    }

    private String page() {
        return getCurrentView().getElement().getTextRecursively();
    }

    private String part(Field field) {
        return Labels.part(view(), field);
    }

    private Actor signInAs(String nickname, Role role) {
        var created = (StaffCreation.Created) accounts.createStaff(
                Fixtures.SYSTEM, "d" + Ids.next(), nickname, "a long enough password", Set.of(role));
        signIn(created.account());
        return Actor.person(created.account(), nickname, Set.of(role));
    }

    private ApplicationNumber submitted() throws IOException {
        var phone = fixtures.phone();
        AccountId account = accounts.ensurePerson(Fixtures.SYSTEM, phone);
        applicant = Actor.person(account, "applicant", Set.of(Role.APPLICANT));
        var started = applications.start(applicant).number();
        var fields = new LinkedHashMap<Field, String>();
        fields.put(Field.CONTACT_PHONE, phone.national());
        fields.put(Field.KIND, "INDIVIDUAL");
        fields.put(Field.LEGAL_NAME, "周小满");
        fields.put(Field.SCENE, "STALL");
        fields.put(Field.STORE_NAME, "夜市烤冷面");
        fields.put(Field.INDUSTRY, "nightMarket");
        fields.put(Field.REGION, "430102");
        fields.put(Field.ADDRESS, "太平街夜市 14 号摊");
        fields.put(Field.DEVICE, DeviceClass.ESIGN_POS.name());
        fields.put(Field.BANK_CARD, "6217000000000000004");
        fields.put(Field.RESIDENT_ID, withCheck("44010619900307781"));
        fields.forEach((field, text) -> {
            var before = applications.find(applicant, started).fields().get(field);
            applications.save(applicant, started, field, text, before == null ? 0 : before.version());
        });
        applications.upload(applicant, started, DocumentKind.STALL, picture());
        assertThat(applications.submit(applicant, started)).isInstanceOf(SubmitOutcome.Submitted.class);
        return started;
    }

    private static String withCheck(String seventeen) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (seventeen.charAt(i) - '0') * ((1 << (17 - i)) % 11);
        }
        return seventeen + "10X98765432".charAt(sum % 11);
    }

    private static byte[] picture() throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(800, 600, BufferedImage.TYPE_INT_RGB), "jpg", out);
        return out.toByteArray();
    }
}
