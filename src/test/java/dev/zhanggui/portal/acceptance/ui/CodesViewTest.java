package dev.zhanggui.portal.acceptance.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.zhanggui.portal.acceptance.Acceptance;
import dev.zhanggui.portal.acceptance.CollectionLimits;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeKind;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.uikit.EmptyState;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

class CodesViewTest extends ViewTest {

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @Autowired
    private QrCodes codes;

    @Autowired
    private Acceptance acceptance;

    @Autowired
    private Collections collections;

    @Autowired
    private CollectionLimits limits;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Access access;

    @Test
    void an_owner_without_codes_is_told_what_they_are_for_and_makes_the_first() {
        var owner = open("早点铺");
        assertThat($(EmptyState.class).single().getElement().getTextRecursively())
                .contains("还没有收款码");

        press("做一张新码");
        press("做码");
        assertThat($(TextField.class).from(dialog()).single().getErrorMessage()).isEqualTo("请写放在哪里，例如「柜台」");
        test($(TextField.class).from(dialog()).single()).setValue("柜台");
        press("做码");

        assertThat(codes.list(owner.actor(), owner.store().id()))
                .extracting(QrCode::place)
                .containsExactly("柜台");
        assertThat(cards())
                .singleElement()
                .satisfies(card ->
                        assertThat(card.getElement().getTextRecursively()).contains("柜台", "001", "还没有人扫过", "现在照常收"));
    }

    @Test
    void each_plate_is_printed_after_a_look_at_a_sample() {
        var owner = fixtures.owner("面馆");
        issue(owner, "柜台");
        issue(owner, "门口");
        open(owner);

        assertThat(cards()).hasSize(2);
        var print = $(Button.class).from(cards().getFirst()).withText("打印").single();
        assertThat(print.getElement().getAttribute("aria-label")).isEqualTo("打印「柜台」的码 001");
        test(print).click();
        assertThat(dialog().getHeaderTitle()).isEqualTo("打印「柜台」001");
        assertThat($(Image.class).from(dialog()).single().getAlt().orElseThrow())
                .isEqualTo("样张：立牌 A6");
        assertThat(codes.downloads(
                        owner.actor(),
                        codes.list(owner.actor(), owner.store().id()).getFirst().id()))
                .as("a sample is no download")
                .isEmpty();
    }

    @Test
    void dots_too_fine_for_a_phone_are_refused_with_how_many_it_takes() {
        var owner = fixtures.owner("面馆");
        issue(owner, "柜台");
        open(owner);
        press("打印");
        shape(Printing.Shape.PNG);
        test($(IntegerField.class).from(dialog()).single()).setValue(1);
        assertThat(dialog().getElement().getTextRecursively()).contains("点太少，手机扫不出来", "300 dpi 的打印机，每格至少");
        assertThat($(Button.class).from(dialog()).withText("下载").single().isEnabled())
                .isFalse();
        test($(IntegerField.class).from(dialog()).single()).setValue(10);
        assertThat($(Button.class).from(dialog()).withText("下载").single().isEnabled())
                .isTrue();
    }

    @Test
    @SuppressWarnings("unchecked")
    void a_code_can_belong_to_a_terminal_of_the_store() {
        var owner = fixtures.owner("面馆");
        beans.createBean(StoreWithTerminals.class)
                .activate(owner.merchant(), owner.store().id(), "吧台");
        open(owner);
        press("做一张新码");
        var choice = (Select<Terminal>) $(Select.class).from(dialog()).single();
        choice.setValue(choice.getListDataView().getItem(0));
        assertThat($(TextField.class).from(dialog()).single().getValue()).isEqualTo("吧台");
        press("做码");
        assertThat(codes.list(owner.actor(), owner.store().id()))
                .singleElement()
                .satisfies(code -> assertThat(code.kind()).isEqualTo(QrCodeKind.TERMINAL));
    }

    @SuppressWarnings("unchecked")
    private void shape(Printing.Shape wanted) {
        $(Select.class).from(dialog()).all().stream()
                .filter(it -> "做成什么".equals(it.getLabel()))
                .forEach(it -> ((Select<Printing.Shape>) it).setValue(wanted));
    }

    @Test
    void a_stopped_code_is_folded_away_and_refuses_payers_at_once() {
        var owner = fixtures.owner("烧烤摊");
        var code = issue(owner, "3 号桌");
        open(owner);

        press("停用");
        press("停用「3 号桌」的码");
        assertThat(reason().getErrorMessage()).isEqualTo("请选一个原因");
        assertThat(codes.get(owner.actor(), code.id()).isActive()).isTrue();
        reason().setValue(RevocationReason.TAMPERED);
        press("停用「3 号桌」的码");

        assertThat(acceptance.ask(code.code()).reason()).isEqualTo("CODE_REVOKED");
        assertThat(cards()).isEmpty();
        var folded = $(Details.class).single();
        assertThat(folded.getSummaryText()).isEqualTo("1 张已停用");
        assertThat(folded.getElement().getTextRecursively()).contains("3 号桌 · 001", "被贴过或换过");
    }

    @Test
    void a_cashier_sees_the_plates_and_who_can_help_but_no_buttons() {
        var owner = fixtures.owner("水果店");
        issue(owner, "柜台");
        var cashier = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, cashier, owner.merchant(), Role.CASHIER);
        signIn(cashier);
        var view = navigate(CodesView.class);

        assertThat(cards()).hasSize(1);
        assertThat($(Anchor.class).from(cards().getFirst()).all()).isEmpty();
        assertThat($(Button.class).from(view).all())
                .extracting(Button::getText)
                .containsExactly("这是我的码吗？拍一下", "出订单码", "活动");
        assertThat(view.getElement().getTextRecursively()).contains("要店主或店长来做");
    }

    @Test
    void another_merchants_store_is_not_found() {
        var other = fixtures.owner("别家");
        signIn(fixtures.owner("我家").account());
        UI.getCurrent()
                .navigate(
                        "merchant/codes",
                        QueryParameters.of("store", other.store().publicId()));
        assertThat(getCurrentView()).isNotInstanceOf(CodesView.class);
        assertThat(UI.getCurrent().getElement().getTextRecursively()).doesNotContain("别家");
    }

    private Fixtures.Owner open(String name) {
        var owner = fixtures.owner(name);
        open(owner);
        return owner;
    }

    @Test
    void a_plate_is_replaced_by_another_in_the_same_place() {
        var owner = fixtures.owner("面馆");
        var old = issue(owner, "柜台");
        open(owner);
        press("换新码");
        press("给柜台换新码");
        assertThat(reasons().isInvalid()).isTrue();
        reasons().setValue(RevocationReason.TAMPERED);
        press("给柜台换新码");

        assertThat(codes.get(owner.actor(), old.id()).isActive()).isFalse();
        assertThat(cards())
                .singleElement()
                .satisfies(card ->
                        assertThat(card.getElement().getTextRecursively()).contains("柜台", "002"));
    }

    @Test
    void where_a_plate_hangs_and_who_keeps_it_is_noted() {
        var owner = fixtures.owner("面馆");
        var plate = issue(owner, "柜台");
        open(owner);
        press("位置和保管");
        fields().getFirst().setValue("门口");
        fields().getLast().setValue("王姐");
        press("保存");
        assertThat(codes.get(owner.actor(), plate.id()))
                .satisfies(it -> assertThat(it.place()).isEqualTo("门口"))
                .satisfies(it -> assertThat(it.holder()).isEqualTo("王姐"));
        assertThat(cards().getFirst().getElement().getTextRecursively()).contains("门口", "王姐 保管");
    }

    @Test
    void an_order_code_is_shown_to_the_payer_until_it_was_paid() {
        var owner = open("奶茶店");
        press("出订单码");
        fields().getFirst().setValue("A-1");
        fields().getLast().setValue("18.5");
        press("出码");
        var order = codes.orders(owner.actor(), owner.store().id(), 10).getFirst();
        assertThat(dialog().getElement().getTextRecursively())
                .contains("¥18.50")
                .doesNotContain("已付");

        var offer = (OfferOutcome.Offered) collections.offer(order.code(), Money.yuan(1), Payer.UNKNOWN, "form");
        collections.pay(offer.collection().token(), Payer.UNKNOWN);
        roundTrip();
        assertThat(codes.get(owner.actor(), order.id()).terms())
                .isInstanceOfSatisfying(
                        CodeTerms.OfOrder.class, it -> assertThat(it.usedAt()).isNotNull());
    }

    @Test
    void an_order_number_nobody_could_look_up_is_refused_and_kept() {
        open("奶茶店");
        press("出订单码");
        fields().getFirst().setValue("第 1 单");
        fields().getLast().setValue("18.5");
        press("出码");
        assertThat(fields().getFirst().isInvalid()).isTrue();
        assertThat(fields().getFirst().getValue()).isEqualTo("第 1 单");
    }

    @Test
    void an_owner_chooses_how_much_a_store_may_collect() {
        var owner = open("奶茶店");
        press("收款上限");
        var most = limits.get(owner.actor(), owner.store().id()).perPayment();
        fields().getFirst().setValue(Long.toString(most.fen() / 100 + 1));
        press("保存");
        assertThat(fields().getFirst().getErrorMessage()).isEqualTo("您的商户类型最多 " + most.shortText() + "。");
        fields().getFirst().setValue("300");
        fields().getLast().setValue("200");
        press("保存");
        assertThat(fields().getLast().isInvalid()).isTrue();
        fields().getLast().setValue("2000");
        press("保存");
        assertThat(limits.get(owner.actor(), owner.store().id()))
                .isEqualTo(new CollectionLimits.Limits(Money.yuan(300), Money.yuan(2_000), 1));
    }

    private List<TextField> fields() {
        return $(TextField.class).from(dialog()).all();
    }

    @SuppressWarnings("unchecked")
    private RadioButtonGroup<RevocationReason> reasons() {
        return $(RadioButtonGroup.class).from(dialog()).single();
    }

    private void open(Fixtures.Owner owner) {
        signIn(owner.account());
        navigate(CodesView.class);
    }

    private QrCode issue(Fixtures.Owner owner, String place) {
        return ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), place)).code();
    }

    private List<PlateCard> cards() {
        return $(PlateCard.class).all();
    }

    private Dialog dialog() {
        return $(Dialog.class).last();
    }

    @SuppressWarnings("unchecked")
    private RadioButtonGroup<RevocationReason> reason() {
        return Objects.requireNonNull($(RadioButtonGroup.class).from(dialog()).single());
    }

    private void press(String text) {
        test($(Button.class).withText(text).last()).click();
    }
}
