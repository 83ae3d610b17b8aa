package dev.zhanggui.portal.onboarding.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.onboarding.Application.Fix;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Drafts;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Numbers;
import dev.zhanggui.portal.onboarding.Pictures;
import dev.zhanggui.portal.onboarding.Question;
import dev.zhanggui.portal.onboarding.ReviewDesk;
import dev.zhanggui.portal.onboarding.Scene;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.uikit.Note;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class UC02ApplyTest extends ViewTest {

    @Autowired
    private Applications applications;

    @Autowired
    private ReviewDesk desk;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Fixtures fixtures;

    private Actor me = Fixtures.SYSTEM;

    @BeforeEach
    void signInAsAnApplicant() {
        AccountId account = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        me = Actor.person(account, "me", Set.of(Role.APPLICANT));
        signIn(account);
    }

    @Test
    void thePhoneOfTheSignInIsFilledInSoTheFirstOpenQuestionIsTheKind() {
        navigate(ApplyView.class);

        assertThat(heading()).isEqualTo("您用什么身份收钱？");
        assertThat($(ListItem.class).withClassName("zg-step").all())
                .extracting(ListItem::getText)
                .containsExactly("手机号", "您是谁", "在哪收钱", "机器和卡");
    }

    @Test
    void everyAnswerIsSavedAtOnceAndFoundAgainInANewVisit() {
        open(Question.NAME);
        type("姓名", "陈小明");

        assertThat($(Span.class).withText("刚刚已保存").exists()).isTrue();
        open(Question.NAME);
        assertThat(field("姓名").getValue()).isEqualTo("陈*");
        assertThat(field("姓名").isReadOnly()).isTrue();
    }

    @Test
    void theEyeShowsTheOwnersNumberAndThePenOpensItForChange() {
        open(Question.NAME);
        type("姓名", "陈小明");
        open(Question.NAME);

        test($(Button.class).withAriaLabel("看完整内容").single()).click();
        assertThat(field("姓名").getValue()).isEqualTo("陈小明");

        test($(Button.class).withAriaLabel("修改").single()).click();
        assertThat(field("姓名").isReadOnly()).isFalse();
        type("姓名", "陈大明");
        assertThat(applications.own(me, applications.start(me).number(), Field.LEGAL_NAME))
                .isEqualTo("陈大明");
    }

    @Test
    void theTicksOfTheIdentityNumberFollowTheTyping() {
        open(Question.RESIDENT_ID);
        type("身份证号码", "4301041992");
        assertThat(done()).isEmpty();
        assertThat(field("身份证号码").isInvalid())
                .as("nobody is blamed while typing")
                .isFalse();

        var right = Numbers.residentId("19920506");
        type("身份证号码", right.substring(0, 17) + (right.endsWith("0") ? "1" : "0"));
        assertThat(done()).containsExactly("位数够了");

        type("身份证号码", Numbers.residentId("20120506"));
        assertThat(done()).containsExactly("位数够了", "没有输错");

        type("身份证号码", right);
        assertThat(done()).containsExactly("位数够了", "没有输错", "年满 18 岁");
    }

    @Test
    void goingOnWithAWrongNumberStaysAndSaysWhatIsWrong() {
        open(Question.RESIDENT_ID);
        type("身份证号码", "430104");
        press("下一题");

        assertThat(heading()).isEqualTo("您的身份证号码");
        assertThat(field("身份证号码").getErrorMessage()).isEqualTo("身份证号码是 18 位，再看一眼");
    }

    @Test
    void aSoleTraderIsAskedForTheLicenceNextAndAPersonIsNot() {
        open(Question.KIND);
        choose("SOLE_TRADER");
        open(Question.RESIDENT_ID);
        type("身份证号码", Numbers.residentId("19920506"));
        press("下一题");
        assertThat(heading()).isEqualTo("营业执照上的名称和代码");

        open(Question.KIND);
        choose("INDIVIDUAL");
        open(Question.RESIDENT_ID);
        press("下一题");
        assertThat(heading()).isEqualTo("您在哪儿收钱？");
    }

    @Test
    void choosingNothingIsToldSo() {
        open(Question.KIND);
        press("下一题");

        assertThat(choices().isInvalid()).isTrue();
        assertThat(choices().getErrorMessage()).isEqualTo("请选一个");
    }

    @Test
    void theRegionIsChosenFromProvinceDownToTheDistrict() {
        open(Question.ADDRESS);
        pick("省", "湖南省");
        pick("市", "长沙市");
        pick("区、县", "岳麓区");

        assertThat(applications.start(me).right(Field.REGION)).contains("430104");
        open(Question.ADDRESS);
        assertThat(select("区、县").getValue()).hasToString("Region[code=430104, name=岳麓区]");
    }

    @Test
    void aMunicipalityNeedsNoChoiceOfItsOnlyCity() {
        open(Question.ADDRESS);
        pick("省", "北京市");
        pick("区、县", "东城区");

        assertThat(applications.start(me).right(Field.REGION)).contains("110101");
    }

    @Test
    void aBrokenPhotoIsRefusedInWordsAndTheNextGoodOneIsKept() {
        applications.save(me, applications.start(me).number(), Field.SCENE, "STALL", 0);
        open(Question.STALL_PHOTO);

        upload("stall.jpg", "not a picture".getBytes(StandardCharsets.UTF_8));
        assertThat(notes()).containsExactly("这个文件不是照片（text/plain）");

        upload("stall.png", Pictures.png(640, 480));
        assertThat(notes()).containsExactly("照片存好了");
        assertThat(applications.start(me).documents()).containsKey(DocumentKind.STALL);
    }

    @Test
    void aValueChangedInAnotherTabIsShownBesideMineUntilIChoose() {
        var number = applications.start(me).number();
        applications.save(me, number, Field.STORE_NAME, "巷口牛肉面", 0);
        open(Question.STORE);
        applications.save(me, number, Field.STORE_NAME, "巷口牛肉粉", 1);

        type("店名", "巷口米粉");

        assertThat(notes()).containsExactly("另一个页面刚刚也改了这一项");
        assertThat(applications.find(me, number).right(Field.STORE_NAME)).contains("巷口牛肉粉");
        press("用我这边的");
        assertThat(applications.find(me, number).right(Field.STORE_NAME)).contains("巷口米粉");
        assertThat(notes()).isEmpty();
    }

    @Test
    void aFullDraftIsLookedOverAndSentOnce() {
        var number = Drafts.fill(applications, me, MerchantKind.INDIVIDUAL, Scene.STALL);
        navigate(ApplyView.class);
        assertThat(heading()).isEqualTo("看一遍，没问题就提交");

        press("提交申请");

        assertThat(getCurrentView()).isInstanceOf(ApplicationView.class);
        assertThat(applications.find(me, number).state()).isEqualTo(ApplicationState.SUBMITTED);
    }

    @Test
    void sendingTooEarlySaysWhatIsMissing() {
        var number = Drafts.fill(applications, me, MerchantKind.INDIVIDUAL, Scene.STALL);
        applications.save(me, number, Field.SCENE, "SHOP", 1);
        navigate(ApplyView.class, Map.of(ApplyView.PARAMETER, ApplyView.REVIEW));

        press("提交申请");

        assertThat(notes()).containsExactly("还差：门头照片");
    }

    @Test
    void aMachineThatNeedsALicenceIsRefusedOnTheLastScreenWithTheReason() {
        var number = Drafts.fill(applications, me, MerchantKind.INDIVIDUAL, Scene.SHOP);
        applications.save(me, number, Field.DEVICE, "KIOSK", 1);
        navigate(ApplyView.class);

        assertThat(notes()).containsExactly("这种机器要有营业执照才能用");
    }

    @Test
    void whatWasSentBackOpensJustItsScreenWithTheSentenceOfStaff() {
        var number = Drafts.fill(applications, me, MerchantKind.INDIVIDUAL, Scene.STALL);
        applications.submit(me, number);
        var service = fixtures.staff(Role.SERVICE);
        desk.claim(service, number);
        desk.askForFix(service, number, List.of(new Fix(DocumentKind.STALL, "看不到招牌，请退后两步再拍。")));

        navigate(ApplyView.class, Map.of(ApplyView.PARAMETER, "stall-photo"));

        assertThat(heading()).isEqualTo("拍一张摊位");
        assertThat($(Div.class).withText("看不到招牌，请退后两步再拍。").exists()).isTrue();
        assertThat($(Button.class).withText("上一题").exists()).isFalse();
        upload("stall.png", Pictures.png(800, 600));
        press("下一题");
        press("改好了，再次提交");
        assertThat(applications.find(me, number).submission()).isEqualTo(2);
    }

    // ---- in the words of the page

    private void open(Question question) {
        // As a new visit would: a page of its own.
        UI.getCurrent().navigate("login");
        navigate(
                ApplyView.class,
                Map.of(
                        ApplyView.PARAMETER,
                        question.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')));
    }

    private String heading() {
        return $(H1.class).withClassName("zg-apply-heading").single().getText();
    }

    private TextField field(String label) {
        return $(TextField.class).withLabel(label).single();
    }

    private void type(String label, String text) {
        test(field(label)).setValue(text);
    }

    @SuppressWarnings("unchecked")
    private RadioButtonGroup<String> choices() {
        return $(RadioButtonGroup.class).single();
    }

    private void choose(String key) {
        choices().setValue(key);
    }

    private Select<?> select(String label) {
        return $(Select.class).withLabel(label).single();
    }

    private void pick(String label, String item) {
        test(select(label)).selectItem(item);
    }

    private void press(String text) {
        test($(Button.class).withText(text).single()).click();
    }

    private void upload(String name, byte[] content) {
        test($(Upload.class).single()).upload(name, name.endsWith("png") ? "image/png" : "image/jpeg", content);
        roundTrip();
    }

    private List<String> done() {
        return $(ListItem.class).withClassName("done").withoutClassName("zg-step").all().stream()
                .map(ListItem::getText)
                .toList();
    }

    /** The bold lines of all notes on the page but the standing one about other devices. */
    private List<String> notes() {
        return $(Note.class).all().stream()
                .map(note -> $(Span.class)
                        .from(note)
                        .withClassName("zg-strong")
                        .first()
                        .getText())
                .toList();
    }
}
