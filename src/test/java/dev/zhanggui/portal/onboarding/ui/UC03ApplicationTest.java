package dev.zhanggui.portal.onboarding.ui;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.onboarding.Application.Fix;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.onboarding.Drafts;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.ReviewDesk;
import dev.zhanggui.portal.onboarding.ReviewDesk.CallResult;
import dev.zhanggui.portal.onboarding.Scene;
import dev.zhanggui.portal.ordering.Carrier;
import dev.zhanggui.portal.ordering.OrderState;
import dev.zhanggui.portal.ordering.Orders;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.Activations.Announcement;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.uikit.Note;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class UC03ApplicationTest extends ViewTest {

    private static final ModelId PLATE = new ModelId("lakala-yimatong");
    private static final AtomicInteger SERIALS = new AtomicInteger(100);

    @Autowired
    private Applications applications;

    @Autowired
    private ReviewDesk desk;

    @Autowired
    private Orders orders;

    @Autowired
    private Inventory inventory;

    @Autowired
    private Activations activations;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Fixtures fixtures;

    private Actor me = Fixtures.SYSTEM;
    private Actor service = Fixtures.SYSTEM;
    private String tracking = "";
    private ApplicationNumber number = new ApplicationNumber("ZG0000-0000");

    @BeforeEach
    void submit() {
        var account = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        me = Actor.person(account, "me", Set.of(Role.APPLICANT));
        service = fixtures.staff(Role.SERVICE);
        signIn(account);
        number = Drafts.fill(applications, me, MerchantKind.INDIVIDUAL, Scene.STALL);
        applications.submit(me, number);
    }

    @Test
    void theFirstThingSaidIsWhoseTurnItIsAndByWhen() {
        open();

        assertThat(turn()).containsExactly("现在轮到", "我们给您打电话", "明天 18:00 前", "您先忙。打之前，这里会先出现四位核对码。");
        assertThat(moments())
                .containsExactly("您开始填申请", "您提交了申请", "电话核实", "推荐机器，给您价格单", "看价格，签字", "审核", "寄出机器", "收到机器", "激活收款");
    }

    @Test
    void aRefusalCanBeAppealedInOnesOwnWords() {
        desk.claim(service, number);
        desk.reject(service, number, null, "身份证和照片不是同一个人。");
        open();

        test($(Button.class).withText("申请复核").single()).click();
        var reason = $(com.vaadin.flow.component.textfield.TextArea.class)
                .withLabel("哪里不对")
                .single();
        assertThat(reason.isInvalid()).isTrue();
        test(reason).setValue("照片就是我本人");
        test($(Button.class).withText("申请复核").single()).click();

        assertThat(turn()).contains("我们换人复核");
        assertThat(moments()).contains("您申请复核");
        assertThat(applications.find(me, number).state()).isEqualTo(ApplicationState.APPEALED);
        assertThat($(Button.class).withText("申请复核").exists()).isFalse();
    }

    @Test
    void beforeTheCallThePageShowsTheCodeThatTheCallerSays() {
        desk.claim(service, number);
        open();

        var code = requireNonNull(applications.timeline(me, number).call()).code();
        var digits = $(Div.class).withClassName("zg-digits").single();
        assertThat(digits.getElement().getAttribute("aria-label")).isEqualTo("核对码 " + code);
        assertThat($(Span.class).withText("我们从不要验证码，也不让您转账。").exists()).isTrue();
    }

    @Test
    void aFixStandsOnThePageInTheWordsOfStaffAndLeadsToItsScreen() {
        desk.claim(service, number);
        desk.askForFix(service, number, List.of(new Fix(Field.ADDRESS, "请写上门牌号。")));
        open();

        assertThat(turn()).contains("您改 1 处");
        assertThat($(Div.class).withText("请写上门牌号。").exists()).isTrue();
        press("去改街道和门牌");
        assertThat(getCurrentView()).isInstanceOf(ApplyView.class);
    }

    @Test
    void theOfferIsSignedOnlyAfterTheTickAndThenItIsOurTurn() {
        recommend();
        open();

        assertThat(turn()).contains("您看价格，签字");
        assertThat($(Span.class).withText("¥60.00").exists())
                .as("first year's total")
                .isTrue();
        var sign = $(Button.class).withText("同意这个价格，签字").single();
        assertThat(sign.isEnabled()).isFalse();
        test($(Checkbox.class).single()).click();
        test(sign).click();

        assertThat(applications.find(me, number).state()).isEqualTo(ApplicationState.OFFER_ACCEPTED);
        assertThat(turn()).contains("我们审核");
    }

    @Test
    void anOfferThatReplacesAnotherHasToBeTickedAnew() {
        recommend();
        open();
        test($(Checkbox.class).single()).click();
        desk.claim(service, number);
        desk.takeBack(service, number, "换一台能刷卡的");
        desk.recommend(service, number, new ModelId("lakala-mpos"), List.of("能刷卡"));

        open();

        assertThat($(Div.class).withText("能刷卡").exists()).isTrue();
        assertThat($(Checkbox.class).single().getValue()).isFalse();
        assertThat($(Button.class).withText("同意这个价格，签字").single().isEnabled()).isFalse();
    }

    @Test
    void aRefusalSaysWhyAndLetsThePersonApplyAgain() {
        desk.claim(service, number);
        desk.reject(service, number, null, "身份证和照片不是同一个人。");
        open();

        assertThat(turn()).containsExactly("结果", "没有通过", "身份证和照片不是同一个人。");
        press("再申请一次");
        assertThat(getCurrentView()).isInstanceOf(ApplyView.class);
        assertThat(applications.start(me).number()).isNotEqualTo(number);
    }

    @Test
    void theParcelIsFollowedConfirmedAndItsMachineActivated() {
        var serial = ship();
        open();
        assertThat(turn()).contains("您等快递，收到后确认");
        assertThat(shownText()).contains(tracking);

        press("我收到机器了");
        assertThat(turn()).contains("您激活机器");

        type("机器屏幕上的码", "AAAA-AAAA");
        press("激活");
        assertThat(notes()).containsExactly("没有机器显示这个码，请对着机器屏幕再输一次");

        var shown = activations.announce(Fixtures.SYSTEM, serial, DeviceClass.QR_PLATE, "key-of-" + serial);
        var code = ((Announcement.ShowCode) shown).code();
        type("机器屏幕上的码", code.toLowerCase(java.util.Locale.ROOT));
        press("激活");

        assertThat(turn()).containsExactly("结果", "您可以收款了", "机器已经在您店里工作。");
        assertThat(notes()).containsExactly("机器激活好了，您已经是商户");
        assertThat(orders.byReference(me, number.value()))
                .hasValueSatisfying(order -> assertThat(order.state()).isEqualTo(OrderState.RECEIVED));
    }

    @Test
    void somebodyElsesApplicationIsNotFound() {
        var stranger = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        signIn(stranger);

        navigateAnywhere();
        assertThat($(ApplicationView.class).exists()).isFalse();
        assertThatThrownBy(() -> applications.find(Actor.person(stranger, "stranger", Set.of(Role.APPLICANT)), number))
                .isInstanceOf(dev.zhanggui.portal.shared.NotFoundException.class);
    }

    // ---- how it gets there

    private void recommend() {
        desk.claim(service, number);
        desk.recordCall(service, number, CallResult.VERIFIED, "");
        desk.recommend(service, number, PLATE, List.of("只收扫码，最便宜"));
    }

    /** All the way to the courier; answers the serial number. */
    private String ship() {
        recommend();
        var offer = requireNonNull(applications.timeline(me, number).offer());
        applications.accept(me, number, offer.quoteSha256(), offer.agreementSha256());
        var reviewer = fixtures.staff(Role.REVIEWER);
        desk.release(service, number);
        desk.claim(reviewer, number);
        desk.approve(reviewer, number);
        var warehouse = fixtures.staff(Role.WAREHOUSE);
        var serial = "ZGTEST" + SERIALS.incrementAndGet() + "X" + number.value().substring(7);
        inventory.stockIn(warehouse, PLATE, List.of(serial), false);
        var order = orders.byReference(me, number.value()).orElseThrow().id();
        orders.allocate(warehouse, order, serial);
        orders.pack(warehouse, order, serial);
        tracking = "SF1234567890%03d".formatted(SERIALS.incrementAndGet() % 1000);
        orders.ship(warehouse, order, Carrier.SF, tracking);
        return serial;
    }

    // ---- in the words of the page

    private void open() {
        navigate(ApplicationView.class, Map.of("number", number.value()));
    }

    private void navigateAnywhere() {
        com.vaadin.flow.component.UI.getCurrent().navigate("application/" + number);
    }

    private List<String> turn() {
        return $(Div.class)
                .withClassName("zg-turn")
                .single()
                .getChildren()
                .map(line -> line.getElement().getText())
                .toList();
    }

    private List<String> moments() {
        return $(ListItem.class).withClassName("zg-moment").all().stream()
                .map(item -> item.getChildren()
                        .findFirst()
                        .orElseThrow()
                        .getElement()
                        .getText())
                .toList();
    }

    private List<String> notes() {
        return $(Note.class).all().stream()
                .map(note -> $(Span.class)
                        .from(note)
                        .withClassName("zg-strong")
                        .first()
                        .getText())
                .toList();
    }

    private String shownText() {
        return $(ApplicationView.class).single().getElement().getTextRecursively();
    }

    private void type(String label, String text) {
        test($(TextField.class).withLabel(label).single()).setValue(text);
    }

    private void press(String text) {
        test($(Button.class).withText(text).single()).click();
    }
}
