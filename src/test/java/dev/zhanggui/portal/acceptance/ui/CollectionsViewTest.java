package dev.zhanggui.portal.acceptance.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.acceptance.AcquirerResult;
import dev.zhanggui.portal.acceptance.AcquirerResult.Outcome;
import dev.zhanggui.portal.acceptance.AcquirerResults;
import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.CollectionState;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.acceptance.PaymentFlags;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.TestAcquirer;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.uikit.EmptyState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class CollectionsViewTest extends ViewTest {

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private QrCodes codes;

    @Autowired
    private Collections collections;

    @Autowired
    private AcquirerResults results;

    @Autowired
    private PaymentFlags flags;

    @Autowired
    private TradingHours hours;

    private Fixtures.Owner owner;
    private QrCode code;

    @BeforeEach
    void aStoreWithOneCode() {
        owner = fixtures.owner("面馆");
        code = ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), "柜台")).code();
        signIn(owner.account());
    }

    @Test
    void who_has_collected_nothing_is_told_what_will_be_here() {
        reopen();
        assertThat($(EmptyState.class).single().getElement().getTextRecursively())
                .contains("还没有收款");
    }

    @Test
    void what_came_in_and_what_did_not_is_told_and_can_be_narrowed_down() {
        pay(38);
        outside(Outside.DENY);
        refuse(12);
        reopen();
        assertThat(text()).contains("¥38.00", "1 笔 · 非营业时间 0 笔 · 没收成 1 笔", "柜台 · 001");

        chip("没收成的");
        assertThat(rows()).singleElement().asString().contains("¥12.00", "没收成");
        chip("全部");
        test($(TextField.class).single()).setValue("门口");
        assertThat($(EmptyState.class).single().getElement().getTextRecursively())
                .contains("没有这样的收款");
    }

    @Test
    void a_payer_who_waits_is_taken_or_refused_with_one_press() {
        outside(Outside.of(Decision.CONFIRM));
        var first = pay(38);
        assertThat(first.state()).isEqualTo(CollectionState.WAITING);
        reopen();
        assertThat(text()).contains("有客人等您确认", "¥38.00");
        press("收下");
        assertThat(collections.byPublicId(owner.actor(), first.publicId()).state())
                .isEqualTo(CollectionState.SUCCEEDED);

        var second = pay(12);
        reopen();
        press("不收");
        assertThat(collections.byPublicId(owner.actor(), second.publicId()).reason())
                .isEqualTo(Collection.BY_STAFF);
    }

    @Test
    void the_advice_is_taken_with_one_press() {
        outside(Outside.DENY);
        for (long yuan : List.of(10, 20, 30, 40, 45)) {
            refuse(yuan);
        }
        reopen();
        assertThat(text()).contains("近 30 天，打烊后有 5 笔没收成");
        press("改成打烊后 ¥50 以内可收");
        assertThat(hours.evaluator(owner.actor(), owner.store().id()).outside()).isEqualTo(Outside.capped(5_000));
        assertThat(text()).doesNotContain("近 30 天，打烊后有 5 笔没收成");
    }

    @Test
    void money_that_came_late_says_what_to_do_until_staff_have_settled_it() {
        var wish = ((OfferOutcome.Offered)
                        collections.offer(code.code(), Money.yuan(38), new Payer(PayerApp.UNIONPAY, null, null), "u"))
                .collection();
        collections.cancel(wish.token());
        pay(12);
        results.settle(
                Fixtures.SYSTEM,
                TestAcquirer.NAME,
                new AcquirerResult(
                        wish.publicId(), "R-77", Outcome.SUCCEEDED, 3_800, AcquirerResult.CNY, null, clock.instant()));
        reopen();
        assertThat(text())
                .contains("客人说不付了，还是收到 ¥38.00", "不要就退款", "单号 " + wish.publicId() + " · 收单机构单号 R-77", "要核对：客人说不付了");
        assertThat(rows()).hasSize(2);
        press("看这一笔");
        assertThat(rows()).singleElement().asString().contains("¥38.00", "已收", "要核对：");

        var flag = flags.ofStore(owner.actor(), owner.store().id()).getFirst();
        flags.settle(fixtures.staff(Role.SERVICE), flag.publicId(), "已经退给客人");
        reopen();
        assertThat(text()).contains("已核对：已经退给客人（staff SERVICE，").doesNotContain("要核对：", "不要就退款");
    }

    private void reopen() {
        navigate(CollectionsView.class);
    }

    /** A store without a week is never closed: one that is closed on all days, with this for the time outside. */
    private void outside(Outside outside) {
        var current = hours.current(owner.actor(), owner.store().id());
        var closed = ((HoursDocument.Parsed.Valid) HoursDocument.parse("""
                {"zone":"Asia/Shanghai","weekly":{"mon":[],"tue":[],"wed":[],"thu":[],"fri":[],"sat":[],"sun":[]}}
                """)).document();
        hours.change(
                owner.actor(),
                new ChangeHours(owner.store().id(), closed.withOutside(outside), current.version(), null));
    }

    private Collection pay(long yuan) {
        var offer =
                (OfferOutcome.Offered) collections.offer(code.code(), Money.yuan(yuan), Payer.UNKNOWN, "form " + yuan);
        return collections.pay(offer.collection().token(), Payer.UNKNOWN).orElseThrow();
    }

    private void refuse(long yuan) {
        assertThat(collections.offer(code.code(), Money.yuan(yuan), Payer.UNKNOWN, "form " + yuan))
                .isInstanceOf(OfferOutcome.Refused.class);
    }

    private void press(String text) {
        test($(Button.class).withText(text).single()).click();
    }

    private void chip(String text) {
        test($(NativeButton.class).withText(text).single()).click();
    }

    private List<String> rows() {
        return $(Div.class)
                .withClassName("zg-rows")
                .all()
                .getLast()
                .getChildren()
                .map(row -> row.getElement().getTextRecursively())
                .toList();
    }

    private String text() {
        return $(CollectionsView.class).single().getElement().getTextRecursively();
    }
}
