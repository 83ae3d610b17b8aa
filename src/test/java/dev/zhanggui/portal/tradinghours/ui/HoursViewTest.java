package dev.zhanggui.portal.tradinghours.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.timepicker.TimePicker;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class HoursViewTest extends ViewTest {

    private static final DayPlan NINE_TO_NINE = DayPlan.of(Period.of(9, 0, 21, 0));

    @Autowired
    Fixtures fixtures;

    @Autowired
    TradingHours hours;

    @Autowired
    Accounts accounts;

    @Autowired
    Access access;

    @Test
    void aNewMerchantSetsUsualHoursAndSeesThemAsASentence() {
        var owner = openPage("早点铺");
        assertThat(sentence()).isEqualTo("还没有定营业时间。");
        press("每天 9–21 点");
        assertThat(sentence()).isEqualTo("每天 9 点到 21 点。");
        press("保存");
        var current = hours.current(owner.actor(), owner.store().id());
        assertThat(current.version()).isEqualTo(1);
        assertThat(current.document().weekly()).isEqualTo(Weekly.everyDay(NINE_TO_NINE));
        assertThat($(SyncLine.class).single().getElement().getTextRecursively()).startsWith("已保存");
    }

    @Test
    void whatIsUsualInTheIndustryIsABeginningAtOneTouchAndNoRule() {
        var owner = openPage("面馆");
        var usual = $(PackSuggestion.class).single();
        assertThat(usual.getElement().getTextRecursively())
                .contains("餐馆常用的时间", "每天 10 点半开门，14 点到 16 点半午休，21 点半打烊。", "存了才算")
                .doesNotContain("规定");
        press("从这个开始");
        assertThat(sentence()).isEqualTo("每天 10 点半开门，14 点到 16 点半午休，21 点半打烊。");
        assertThat($(PackSuggestion.class).exists()).isFalse();
        assertThat(hours.current(owner.actor(), owner.store().id()).version()).isZero();
        press("撤销");
        assertThat($(PackSuggestion.class).exists()).isTrue();
        press("从这个开始");
        press("保存");
        assertThat(hours.current(owner.actor(), owner.store().id()).version()).isEqualTo(1);
    }

    @Test
    void whoHasHoursIsNotToldWhatIsUsual() {
        openPage("面馆", Weekly.everyDay(NINE_TO_NINE));
        assertThat($(PackSuggestion.class).exists()).isFalse();
    }

    @Test
    void fridayIsLengthenedIntoTheNightAndCopiedToSaturday() {
        var owner = openPage("烧烤摊", Weekly.everyDay(NINE_TO_NINE));
        test(day("周五：09:00–21:00")).click();
        $(TimePicker.class).from(dialog()).all().get(1).setValue(LocalTime.of(2, 0));
        assertThat(dialog().getElement().getTextRecursively()).contains("到次日");
        $(CheckboxGroup.class).from(dialog()).single().setValue(Set.of(DayOfWeek.SATURDAY));
        press("就用这个");
        assertThat(sentence()).isEqualTo("周一到周四 9 点到 21 点；周五、周六 9 点到次日 2 点；周日 9 点到 21 点。");
        assertThat(bar()).contains("每周多开 10 小时");
        press("撤销");
        assertThat(sentence()).isEqualTo("每天 9 点到 21 点。");
        assertThat(hours.current(owner.actor(), owner.store().id()).version()).isEqualTo(1);
    }

    @Test
    void overlappingAndEmptyShiftsAreRefusedAtTheField() {
        openPage("面馆", Weekly.everyDay(NINE_TO_NINE));
        test(day("周一：09:00–21:00")).click();
        press("再加一段");
        var pickers = $(TimePicker.class).from(dialog()).all();
        pickers.get(2).setValue(LocalTime.of(20, 0));
        press("就用这个");
        assertThat(pickers.get(3).getErrorMessage()).isEqualTo("请填时间");
        pickers.get(3).setValue(LocalTime.of(20, 0));
        press("就用这个");
        assertThat(pickers.get(3).getErrorMessage()).contains("24 小时");
        pickers.get(3).setValue(LocalTime.of(22, 0));
        press("就用这个");
        assertThat(pickers.get(2).getErrorMessage()).isEqualTo("和另一段重叠了");
        assertThat(dialog().isOpened()).isTrue();
        assertThat(sentence()).isEqualTo("每天 9 点到 21 点。");
    }

    @Test
    void aPolicyForPaymentsWhileClosedIsChosenAndSaved() {
        var owner = openPage("杂货店", Weekly.everyDay(NINE_TO_NINE));
        $(RadioButtonGroup.class).single().setValue(Decision.DENY);
        press("保存");
        assertThat(hours.current(owner.actor(), owner.store().id()).document().outside())
                .isEqualTo(Outside.DENY);
    }

    @Test
    void aConflictShowsBothAndKeepsMineUntilIChoose() {
        var owner = openPage("茶馆", Weekly.everyDay(NINE_TO_NINE));
        press("24 小时");
        var theirs = HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.of(Period.of(8, 0, 20, 0))));
        hours.change(owner.actor(), new ChangeHours(owner.store().id(), theirs, 1, null));
        press("保存");
        assertThat(dialog().getElement().getTextRecursively()).contains("每天 8 点到 20 点", "每天 24 小时营业");
        press("先不动");
        assertThat(sentence()).isEqualTo("每天 24 小时营业。");
        assertThat(hours.current(owner.actor(), owner.store().id()).document()).isEqualTo(theirs);
        press("保存");
        press("用我的");
        var now = hours.current(owner.actor(), owner.store().id());
        assertThat(now.version()).isEqualTo(3);
        assertThat(now.document().weekly()).isEqualTo(Weekly.everyDay(DayPlan.ALL_DAY));
        assertThat(hours.history(owner.actor(), owner.store().id(), 5).get(1).document())
                .isEqualTo(theirs);
    }

    @Test
    void aCashierSeesTheHoursButCannotChangeThem() {
        var owner = fixtures.owner("水果店");
        set(owner, Weekly.everyDay(NINE_TO_NINE));
        var cashier = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, cashier, owner.merchant(), Role.CASHIER);
        signIn(cashier);
        navigate(HoursView.class);
        assertThat(sentence()).isEqualTo("每天 9 点到 21 点。");
        assertThat($(NativeButton.class)
                        .withAttribute("aria-label", "周一：09:00–21:00")
                        .all())
                .allMatch(button -> !button.isEnabled());
        assertThat($(Button.class).withText("24 小时").exists()).isFalse();
    }

    private Fixtures.Owner openPage(String name) {
        var owner = fixtures.owner(name);
        signIn(owner.account());
        navigate(HoursView.class);
        return owner;
    }

    private Fixtures.Owner openPage(String name, Weekly weekly) {
        var owner = fixtures.owner(name);
        set(owner, weekly);
        signIn(owner.account());
        navigate("merchant/hours", HoursView.class);
        return owner;
    }

    private void set(Fixtures.Owner owner, Weekly weekly) {
        hours.change(
                owner.actor(),
                new ChangeHours(
                        owner.store().id(), HoursDocument.weekly(owner.store().zone(), weekly), 0, null));
    }

    private NativeButton day(String label) {
        return $(NativeButton.class).withAttribute("aria-label", label).first();
    }

    private Dialog dialog() {
        return $(Dialog.class).last();
    }

    private void press(String text) {
        test($(Button.class).withText(text).last()).click();
    }

    private String sentence() {
        return $(Paragraph.class)
                .withClassName("zg-hours-sentence")
                .single()
                .getElement()
                .getTextRecursively();
    }

    private String bar() {
        return $(Div.class).withClassName("zg-save-bar").single().getElement().getTextRecursively();
    }
}
