package dev.zhanggui.portal.acceptance.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.acceptance.AcquirerResult;
import dev.zhanggui.portal.acceptance.AcquirerResult.Failure;
import dev.zhanggui.portal.acceptance.AcquirerResult.Outcome;
import dev.zhanggui.portal.acceptance.AcquirerResults;
import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.MerchantCashiers;
import dev.zhanggui.portal.acceptance.MerchantCashiers.Choice;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.acceptance.PaymentFlags;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.TestAcquirer;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.uikit.EmptyState;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/** The staff's two pages about acquirers. */
class PaymentFlagsViewTest extends ViewTest {

    @Autowired
    private Collections collections;

    @Autowired
    private AcquirerResults results;

    @Autowired
    private PaymentFlags flags;

    @Autowired
    private MerchantCashiers cashiers;

    @Autowired
    private QrCodes codes;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Fixtures fixtures;

    private String name;
    private Fixtures.Owner owner;
    private QrCode code;

    @BeforeEach
    void aStoreWithOneCode() {
        name = "面馆" + Ids.ulid();
        owner = fixtures.owner(name);
        code = ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), "柜台")).code();
        var staff = (StaffCreation.Created) accounts.createStaff(
                Fixtures.SYSTEM,
                "s" + Long.toString(Ids.next(), 36),
                "小满",
                "correct horse battery",
                Set.of(Role.SERVICE));
        signIn(staff.account(), FactorGrantedAuthority.PASSWORD_AUTHORITY, FactorGrantedAuthority.OTT_AUTHORITY);
    }

    @Test
    void what_is_odd_is_found_by_either_number_and_settled_with_a_note() {
        var wish = offer();
        say(wish, "R-" + wish.publicId(), Outcome.SUCCEEDED, 3_799, null);
        UI.getCurrent().navigate("staff/payments");
        search("R-" + wish.publicId());
        assertThat(words())
                .contains(
                        "金额对不上：我们是 ¥38.00，收单机构说 ¥37.99",
                        name,
                        "¥38.00 · " + wish.publicId() + " · 还没有结果",
                        "lakala 说的",
                        "¥37.99 · R-" + wish.publicId() + " · 已收",
                        "要核对");
        press("核对完了");
        inDialog("核对完了");
        var note = $(TextArea.class).from($(Dialog.class).single()).single();
        assertThat(note.getErrorMessage()).isEqualTo("请写一句查到什么、怎么处理的");
        note.setValue("机构填错了，已更正");
        inDialog("核对完了");
        assertThat($(Dialog.class).all()).isEmpty();
        assertThat(words()).contains("没有找到").doesNotContain("¥37.99");

        test($(NativeButton.class).from(view()).withText("核对完的").single()).click();
        assertThat(words()).contains("机构填错了，已更正", "已核对", "¥37.99");
    }

    @Test
    void a_colleague_who_was_quicker_is_named_and_nothing_is_overwritten() {
        var wish = offer();
        say(wish, "R1", Outcome.SUCCEEDED, 3_800, null);
        say(wish, "R1", Outcome.FAILED, 3_800, Failure.RISK_REFUSED);
        UI.getCurrent().navigate("staff/payments");
        search(wish.publicId());
        assertThat(words()).contains("收单机构改口说这笔 ¥38.00 没收成", "付款 App 或银行认为有风险");
        press("核对完了");
        var flag = flags.ofStore(owner.actor(), owner.store().id()).getFirst();
        flags.settle(fixtures.staff(Role.REVIEWER), flag.publicId(), "查过了");
        $(TextArea.class).from($(Dialog.class).single()).single().setValue("我也查了");
        inDialog("核对完了");
        assertThat(flags.ofStore(owner.actor(), owner.store().id()).getFirst().settled())
                .isNotNull()
                .satisfies(it -> assertThat(it.note()).isEqualTo("查过了"));
        assertThat(words()).contains("没有找到");
    }

    @Test
    void a_search_without_a_find_says_so() {
        UI.getCurrent().navigate("staff/payments");
        search("nothing-like-this");
        assertThat($(EmptyState.class).from(view()).single().getElement().getTextRecursively())
                .contains("没有找到");
    }

    @Test
    void an_acquirer_is_chosen_for_a_merchant_and_given_back() {
        UI.getCurrent().navigate("staff/acquirers");
        assertThat(words()).contains("lakala", "shengpay", "收这些 App 的付款：云闪付", "能告诉我们结果");
        search(name);
        assertThat(choice().getValue()).isEmpty();
        choice().setValue(TestAcquirer.OTHER);
        assertThat(chosen()).isEqualTo(new Choice(owner.merchant(), TestAcquirer.OTHER, 1));
        choice().setValue("");
        assertThat(chosen()).isEqualTo(new Choice(owner.merchant(), null, 2));
    }

    @Test
    void somebody_chose_meanwhile_and_the_page_shows_it() {
        UI.getCurrent().navigate("staff/acquirers");
        search(name);
        cashiers.choose(Fixtures.SYSTEM, owner.merchant(), TestAcquirer.OTHER, 0);
        choice().setValue(TestAcquirer.NAME);
        assertThat(choice().getValue()).isEqualTo(TestAcquirer.OTHER);
        assertThat(chosen()).isEqualTo(new Choice(owner.merchant(), TestAcquirer.OTHER, 1));
    }

    private Choice chosen() {
        return cashiers.of(Fixtures.SYSTEM, List.of(owner.merchant())).getFirst();
    }

    @SuppressWarnings("unchecked")
    private Select<String> choice() {
        return $(Select.class).from(view()).single();
    }

    private void search(String text) {
        $(TextField.class).from(view()).single().setValue(text);
        press($(Button.class).from(view()).withText("查找").single());
    }

    private Collection offer() {
        return ((OfferOutcome.Offered)
                        collections.offer(code.code(), Money.yuan(38), new Payer(PayerApp.UNIONPAY, null, null), "a"))
                .collection();
    }

    private void say(Collection wish, String reference, Outcome outcome, long fen, @Nullable Failure why) {
        results.settle(
                Fixtures.SYSTEM,
                TestAcquirer.NAME,
                new AcquirerResult(wish.publicId(), reference, outcome, fen, "CNY", why, clock.instant()));
    }

    private void press(String text) {
        press($(Button.class).from(view()).withText(text).single());
    }

    private void press(Button button) {
        test(button).click();
    }

    private void inDialog(String text) {
        press($(Button.class).from($(Dialog.class).single()).withText(text).single());
    }

    private Component view() {
        return (Component) getCurrentView();
    }

    private String words() {
        return view().getElement().getTextRecursively();
    }
}
