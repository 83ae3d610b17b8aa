package dev.zhanggui.portal.home.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.Counters;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.ReasonCode;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.uikit.BigSign;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The clock stands at Monday 16 March 2026, 10:00 in Shanghai. */
class HomeViewTest extends ViewTest {

    @Autowired
    Fixtures fixtures;

    @Autowired
    TradingHours hours;

    @Autowired
    Accounts accounts;

    @Autowired
    Access access;

    @Autowired
    Counters counters;

    @Test
    void theSignSaysOpenUntilWhenAndWhatHappensAfter() {
        open(storeWithHours());
        assertThat(sign()).contains("营业中", "到 今天 21:00 打烊", "按每周营业时间", "单笔 200 元以内仍可收款");
    }

    @Test
    void closingTakesTwoTapsAndOpeningAgainOne() {
        var owner = storeWithHours();
        open(owner);
        press("现在打烊");
        tap("2 小时");
        assertThat(sign()).contains("已打烊", "今天 12:00 开门", "店里临时打烊");
        assertThat(reason(owner)).isEqualTo(ReasonCode.CLOSED_NOW);
        press("重新开门");
        assertThat(sign()).contains("营业中");
        assertThat(reason(owner)).isEqualTo(ReasonCode.OPEN_BY_WEEK);
    }

    @Test
    void everyChoiceNamesTheMomentItMeans() {
        open(storeWithHours());
        press("现在打烊");
        assertThat($(NativeButton.class).from(dialog()).all())
                .extracting(button -> button.getElement().getTextRecursively())
                .isEqualTo(List.of("30 分钟今天 10:30", "2 小时今天 12:00", "到下次开门明天 09:00", "等我来改您来开门"));
    }

    @Test
    void aStoreOutsideItsHoursCanBeOpenedNow() {
        var owner = storeWithHours();
        clock.advance(Duration.ofHours(13));
        open(owner);
        assertThat(sign()).contains("已打烊", "明天 09:00 开门", "不在营业时间");
        press("现在营业");
        tap("等我来改");
        assertThat(sign()).contains("营业中", "等您来改");
        press("回到平常的时间");
        assertThat(sign()).contains("已打烊");
    }

    @Test
    void whyNamesTheRuleThatDecidesAndTheOneItBeat() {
        var owner = storeWithHours();
        open(owner);
        press("现在打烊");
        tap("30 分钟");
        press("为什么？");
        assertThat(dialog().getElement().getTextRecursively())
                .contains("店里临时打烊", "每周一 09:00–21:00", "店里的临时决定排在前面", "现金", "什么时候都行");
    }

    @Test
    void aNewStoreIsToldWhatWaitsForIt() {
        open(fixtures.owner("新店"));
        assertThat(sign()).contains("还没定时间");
        assertThat($(NeedCard.class).all())
                .extracting(card -> card.getElement().getTextRecursively())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("定一下营业时间"),
                        second -> assertThat(second).startsWith("做一张收款码"));
        press("现在打烊");
        assertThat($(NativeButton.class).from(dialog()).all()).hasSize(3);
    }

    @Test
    void theHoursPageIsToldHowTheCountersStand() {
        var owner = fixtures.owner("新店");
        assertThat(counters.status(owner.actor(), owner.store().id())).isEqualTo(Counters.Status.NONE);
    }

    @Test
    void aCashierMayCloseTheStore() {
        var owner = storeWithHours();
        var cashier = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, cashier, owner.merchant(), Role.CASHIER);
        signIn(cashier);
        navigate(HomeView.class);
        assertThat($(Button.class).withText("改营业时间").exists()).isFalse();
        assertThat($(Button.class).withText("看营业时间").exists()).isTrue();
        press("现在打烊");
        tap("等我来改");
        assertThat(reason(owner)).isEqualTo(ReasonCode.CLOSED_NOW);
    }

    @Test
    void anEmergencyStopAsksOnceMoreAndIsLiftedByAnotherPersonOnly() {
        var owner = storeWithHours();
        open(owner);
        press("现在打烊");
        press("出事了，紧急停止收款");
        assertThat(reason(owner)).isEqualTo(ReasonCode.OPEN_BY_WEEK);
        $(TextField.class).from(dialog()).single().setValue("收款码被人换了");
        $(Checkbox.class).from(dialog()).single().setValue(true);
        press("停止这家店的收款");
        assertThat(sign()).contains("已打烊", "收款码被人换了");
        assertThat(reason(owner)).isEqualTo(ReasonCode.EMERGENCY_STOP);
        press("重新开门");
        assertThat(reason(owner)).isEqualTo(ReasonCode.EMERGENCY_STOP);

        var manager = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, manager, owner.merchant(), Role.MANAGER);
        signIn(manager);
        navigate(HomeView.class);
        press("重新开门");
        assertThat(reason(owner)).isEqualTo(ReasonCode.OPEN_BY_WEEK);
    }

    @Test
    void withoutTheTickWhoeverStoppedMayLiftIt() {
        var owner = storeWithHours();
        open(owner);
        press("现在打烊");
        press("出事了，紧急停止收款");
        press("停止这家店的收款");
        press("重新开门");
        assertThat(reason(owner)).isEqualTo(ReasonCode.OPEN_BY_WEEK);
    }

    private Fixtures.Owner storeWithHours() {
        var owner = fixtures.owner("巷口牛肉面");
        hours.change(
                owner.actor(),
                new ChangeHours(
                        owner.store().id(),
                        HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.of(Period.of(9, 0, 21, 0)))),
                        0,
                        null));
        return owner;
    }

    private void open(Fixtures.Owner owner) {
        signIn(owner.account());
        navigate(HomeView.class);
    }

    private ReasonCode reason(Fixtures.Owner owner) {
        return hours.stateAt(owner.actor(), owner.store().id(), clock.instant()).reason();
    }

    private String sign() {
        return $(BigSign.class).first().getElement().getTextRecursively();
    }

    private Dialog dialog() {
        return $(Dialog.class).last();
    }

    private void press(String text) {
        test($(Button.class).withText(text).first()).click();
    }

    private void tap(String choice) {
        test($(NativeButton.class)
                        .from(dialog())
                        .withCondition(button ->
                                button.getElement().getTextRecursively().startsWith(choice))
                        .single())
                .click();
    }
}
