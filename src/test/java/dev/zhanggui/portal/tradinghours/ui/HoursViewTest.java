package dev.zhanggui.portal.tradinghours.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.timepicker.TimePicker;
import com.vaadin.flow.dom.DomEvent;
import com.vaadin.flow.internal.nodefeature.ElementListenerMap;
import com.vaadin.flow.router.QueryParameters;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.ClosureEnd;
import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.NightSafety;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Part;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.portal.tradinghours.Restrictions.Plan;
import dev.zhanggui.portal.tradinghours.Season;
import dev.zhanggui.portal.tradinghours.StartClosure;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.packs.PackVersions;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.NewPack;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Proposal;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Note;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

    @Autowired
    Restrictions restrictions;

    @Autowired
    PackVersions packs;

    @Autowired
    LiveUpdates live;

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
    void anOpenPageFollowsARestrictionAndWhatOthersSaveUntilSomethingIsChangedOnIt() {
        var owner = openPage("面馆", Weekly.everyDay(NINE_TO_NINE));
        var asked =
                clock.instant().atZone(owner.store().zone()).toLocalDateTime().plusHours(1);
        UI.getCurrent().navigate("merchant/hours", QueryParameters.of("at", asked.toString()));
        var fault = new Plan(
                Restriction.Kind.FAULT, RestrictionTarget.of(owner.store().id()), null, null, "机房停电", null);
        var planned = (RestrictionOutcome.Done) restrictions.plan(fixtures.staff(Role.SERVICE), fault);
        untilPushed(() -> page().contains("机房停电"));
        restrictions.end(fixtures.staff(Role.SERVICE), planned.now().id(), null);
        untilPushed(() -> !page().contains("机房停电"));

        var zone = owner.store().zone();
        var later = HoursDocument.weekly(zone, Weekly.everyDay(DayPlan.of(Period.of(10, 0, 21, 0))));
        hours.change(owner.actor(), new ChangeHours(owner.store().id(), later, 1, null));
        untilPushed(() -> sentence().equals("每天 10 点到 21 点。"));

        press("24 小时");
        var mine = sentence();
        var theirs = HoursDocument.weekly(zone, Weekly.everyDay(DayPlan.of(Period.of(11, 0, 21, 0))));
        var pushes = new AtomicInteger();
        live.subscribe((Component) getCurrentView(), owner.store().id().toString(), pushes::incrementAndGet);
        hours.change(owner.actor(), new ChangeHours(owner.store().id(), theirs, 2, null));
        untilPushed(() -> pushes.get() > 0);
        assertThat(sentence()).isEqualTo(mine).isNotEqualTo("每天 11 点到 21 点。");
    }

    @Test
    void anOpenPageFollowsWhatBecomesUsualInTheIndustry() {
        openPage("面馆");
        var before =
                packs.line(fixtures.staff(Role.ADMIN), "restaurant").current().pack();
        try {
            suggest(before, Weekly.everyDay(DayPlan.of(Period.of(6, 0, 14, 0))));
            untilPushed(() -> page().contains("每天 6 点到 14 点。"));
        } finally {
            suggest(before, Objects.requireNonNull(before.suggestion()));
        }
        untilPushed(() -> page().contains("每天 10 点半开门，14 点到 16 点半午休，21 点半打烊。"));
    }

    private void suggest(IndustryPack pack, Weekly week) {
        var wish = new NewPack(
                pack.industry(),
                pack.rules().json(),
                HoursDocument.weekly(HumanTime.CHINA, week).json(),
                pack.owner().words(),
                pack.reason().words(),
                pack.reviewBy());
        var proposed = (Proposal.Proposed) packs.propose(fixtures.staff(Role.ADMIN), wish);
        packs.publish(fixtures.staff(Role.REVIEWER), proposed.version().id());
    }

    private String page() {
        return ((Component) getCurrentView()).getElement().getTextRecursively();
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

    @Test
    void aDayThatIsDifferentIsAddedChangedAndRemoved() {
        var owner = openPage("糕点店", Weekly.everyDay(NINE_TO_NINE));
        press("加一天");
        press("就用这个");
        var dates = $(DatePicker.class).from(dialog()).all();
        assertThat(dates.getFirst().getErrorMessage()).isEqualTo("请选日期");
        dates.getFirst().setValue(LocalDate.of(2026, 3, 20));
        dates.get(1).setValue(LocalDate.of(2026, 3, 19));
        press("就用这个");
        assertThat(dates.get(1).getErrorMessage()).isEqualTo("结束早于开始");
        dates.get(1).setValue(LocalDate.of(2026, 3, 22));
        $(TextField.class).from(dialog()).single().setValue("店内装修");
        press("就用这个");
        assertThat(special()).contains("3 月 20–22 日", "店内装修", "打烊");
        press("保存");
        assertThat(document(owner).dates())
                .containsExactly(
                        new DatedRule(LocalDate.of(2026, 3, 20), LocalDate.of(2026, 3, 22), DayPlan.CLOSED, "店内装修"));

        test(rule("3 月 20–22 日")).click();
        $(TextField.class).from(dialog()).single().setValue("");
        press("就用这个");
        press("保存");
        assertThat(document(owner).dates().getFirst().reason()).isNull();

        test(rule("3 月 20–22 日")).click();
        press("删除这一条");
        press("保存");
        assertThat(document(owner).dates()).isEmpty();
        assertThat(special()).doesNotContain("3 月 20–22 日");
    }

    @Test
    void whatIsOverIsFoldedAway() {
        var owner = fixtures.owner("花店");
        var past = dated("2026-02-01", "2026-02-03", "过年");
        change(owner, weekly(owner).withEvents(List.of(past)));
        signIn(owner.account());
        navigate(HoursView.class);
        var folded = $(Details.class).single();
        assertThat(folded.getSummaryText()).isEqualTo("已经过去的 1 条");
        assertThat(folded.isOpened()).isFalse();
        assertThat(folded.getElement().getTextRecursively()).contains("过年");
    }

    @Test
    void datesOfAllStoresAreShownAsTheirsAndCanBeSwitchedOff() {
        var owner = fixtures.owner("奶茶店");
        change(owner, weekly(owner));
        var shared = HoursDocument.notSet(owner.store().zone())
                .withDates(List.of(dated("2026-03-25", "2026-03-25", "全体培训")));
        hours.change(owner.actor(), new ChangeHours(new HoursScope.OfMerchant(owner.merchant()), shared, 0, null));
        signIn(owner.account());
        navigate(HoursView.class);
        assertThat(special()).contains("3 月 25 日", "全体培训", "各店共用", "用的是各店共用的");
        press("这家店不用");
        assertThat(special()).contains("各店共用的，这家店不用：1 条");
        press("保存");
        assertThat(document(owner).off()).containsExactly(Part.DATES);
        assertThat(hours.evaluator(owner.actor(), owner.store().id()).planOn(LocalDate.of(2026, 3, 25)))
                .isEqualTo(NINE_TO_NINE);
        press("重新用");
        press("保存");
        assertThat(document(owner).off()).isEmpty();
    }

    @Test
    void aWeekTakenFromAllStoresIsChangedForOneDayAndGivenBack() {
        var owner = fixtures.owner("快餐店");
        hours.change(
                owner.actor(), new ChangeHours(new HoursScope.OfMerchant(owner.merchant()), weekly(owner), 0, null));
        signIn(owner.account());
        navigate(HoursView.class);
        assertThat(sentence()).isEqualTo("每天 9 点到 21 点。");
        assertThat(text(InheritLine.class)).contains("用的是各店共用的：每天 9 点到 21 点。");
        keydown("周日：09:00–21:00", "Delete", false);
        assertThat(sentence()).isEqualTo("周一到周六 9 点到 21 点；周日休息。");
        assertThat(text(InheritLine.class)).contains("这家店自己定的");
        press("保存");
        assertThat(document(owner).weekly().days()).containsOnlyKeys(DayOfWeek.SUNDAY);
        press("改回各店共用的");
        assertThat(sentence()).isEqualTo("每天 9 点到 21 点。");
    }

    @Test
    void aSeasonHasAWeekOfItsOwn() {
        var owner = openPage("冷饮店", Weekly.everyDay(NINE_TO_NINE));
        press("加换季");
        test($(NativeButton.class).withClassName("zg-season-day").first()).click();
        $(TimePicker.class).from(dialog()).all().get(1).setValue(LocalTime.of(23, 0));
        press("就用这个");
        press("就用这个");
        assertThat(special()).contains("每年 6月 1 日 到 8月 31 日", "周一 9 点到 23 点");
        press("保存");
        assertThat(document(owner).seasons()).singleElement().satisfies(season -> {
            assertThat(season.span()).isEqualTo(new Season.Span.Yearly(MonthDay.of(6, 1), MonthDay.of(8, 31)));
            assertThat(season.weekly().on(DayOfWeek.MONDAY)).isEqualTo(DayPlan.of(Period.of(9, 0, 23, 0)));
            assertThat(season.weekly().on(DayOfWeek.TUESDAY)).isEqualTo(NINE_TO_NINE);
        });
    }

    @Test
    void theNightClosureIsSetAndRefusesAnEmptySpan() {
        var owner = openPage("便利店", Weekly.everyDay(DayPlan.ALL_DAY));
        press("夜里不收");
        var times = $(TimePicker.class).from(dialog()).all();
        times.get(1).setValue(LocalTime.of(23, 0));
        press("就用这个");
        assertThat(times.get(1).getErrorMessage()).isEqualTo("开始和结束一样");
        times.get(1).setValue(LocalTime.of(5, 0));
        press("就用这个");
        assertThat(special()).contains("23:00–次日 05:00", "不用扫码收款");
        press("保存");
        assertThat(document(owner).night()).isEqualTo(new NightSafety(Period.of(23, 0, 5, 0), Outside.DENY));
    }

    @Test
    void surprisesAreSaidAboveTheSaveBarAndNeverBlock() {
        var owner = openPage("烧饼铺", Weekly.everyDay(NINE_TO_NINE));
        for (var day : List.of("周一", "周二", "周三", "周四", "周五", "周六", "周日")) {
            keydown(day + "：09:00–21:00", "Delete", false);
        }
        assertThat(bar()).contains("接下来 30 天一次都不开门", "现在正在营业，保存后马上打烊");
        press("保存");
        assertThat(document(owner).weekly()).isEqualTo(Weekly.everyDay(DayPlan.CLOSED));
    }

    @Test
    void oneDaysHoursAreCopiedToOthersByTouchingThem() {
        openPage("书店", Weekly.everyDay(NINE_TO_NINE).with(DayOfWeek.MONDAY, DayPlan.ALL_DAY));
        press("复制到…");
        var apply = $(Button.class).withText("就用这个").last();
        assertThat(apply.isEnabled()).isFalse();
        var chips =
                $(NativeButton.class).withClassName("zg-chip").from(dialog()).all();
        test(chips.get(7 + 1)).click();
        test(chips.get(7 + 2)).click();
        press("就用这个");
        assertThat(sentence()).isEqualTo("周一到周三 24 小时营业；周四到周日 9 点到 21 点。");
    }

    @Test
    void keysMoveTheEndWithShiftTheStartAndSaySo() {
        openPage("鞋铺", Weekly.everyDay(NINE_TO_NINE));
        keydown("周一：09:00–21:00", "ArrowRight", false);
        assertThat(said()).isEqualTo("星期一：09:00–21:15");
        keydown("周一：09:00–21:15", "ArrowLeft", true);
        assertThat(said()).isEqualTo("星期一：08:45–21:15");
        assertThat(bar()).contains("周一多开 30 分钟");
        keydown("周二：09:00–21:00", "Delete", false);
        assertThat(said()).isEqualTo("星期二：休息");
        keydown("周二：休息", "ArrowRight", false);
        assertThat(said()).isEqualTo("星期二不能再挪了");
    }

    @Test
    void anEdgeThatWasDraggedIsTakenWhereItFits() {
        openPage("理发店", Weekly.everyDay(NINE_TO_NINE));
        drag("FRIDAY", "END", 1_560);
        assertThat(sentence()).isEqualTo("周一到周四 9 点到 21 点；周五 9 点到次日 2 点；周六、周日 9 点到 21 点。");
        drag("FRIDAY", "START", 1_560);
        assertThat(sentence()).contains("周五 9 点到次日 2 点");
    }

    @Test
    void anyMinuteSaysWhy() {
        openPage("茶楼", Weekly.everyDay(NINE_TO_NINE));
        var column = $(Span.class).withClassName("column").all().get(2);
        var pointed = JsonNodeFactory.instance.objectNode();
        pointed.put(
                "(event.clientY - element.getBoundingClientRect().top)"
                        + " / Math.max(1, element.getBoundingClientRect().height)",
                0.9);
        pointed.put("window.innerWidth >= 900", true);
        fire(column, "click", pointed);
        // The grid starts at six: nine tenths of 24 hours later it is 03:30 of the next day.
        assertThat(text(WhyPanel.class)).contains("3月18日 周三", "已打烊", "单笔 200 元以内", "每周三", "开门", "现金");
    }

    @Test
    void anAddressAsksAboutAMoment() {
        var owner = fixtures.owner("面包店");
        change(
                owner,
                weekly(owner)
                        .withDates(List.of(dated("2026-03-20", "2026-03-20", "盘点")))
                        .withEvents(List.of(dated("2026-03-19", "2026-03-21", "店庆"))));
        signIn(owner.account());
        UI.getCurrent().navigate(HoursView.class, QueryParameters.of(HoursView.AT, "2026-03-20T10:30"));
        var why = text(WhyPanel.class);
        assertThat(why).contains("3月20日 周五", "已打烊", "盘点", "特别日期排在前面", "每周五 09:00–21:00");
        assertThat($(Span.class).withClassName("zg-beaten").all())
                .extracting(Span::getText)
                .containsExactly("3 月 19–21 日 店庆 休息", "每周五 09:00–21:00");
        UI.getCurrent().navigate(HoursView.class, QueryParameters.of(HoursView.AT, "nonsense"));
        assertThat($(WhyPanel.class).exists()).isFalse();
    }

    @Test
    void aRealWeekIsShownAsItIsDecidedWithWhatTheBeatenRulesWouldHaveGiven() {
        var owner = fixtures.owner("面馆");
        change(
                owner,
                weekly(owner)
                        .withDayKinds(new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, null))
                        .withDates(List.of(dated("2026-04-02", "2026-04-02", "盘点"))));
        signIn(owner.account());
        navigate("merchant/hours", HoursView.class);
        test($(NativeButton.class).withText("3 月 16–22 日").single()).click();
        assertThat(labels()).contains("周三 3 月 18 日：09:00–21:00");
        var later = $(Button.class).withAttribute("aria-label", "后一周").single();
        test(later).click();
        test(later).click();
        assertThat(labels())
                .contains(
                        "周一 3 月 30 日：09:00–21:00",
                        "周四 4 月 2 日：休息。这天不用的：每周四 09:00–21:00（盘点）",
                        "周日 4 月 5 日 清明节：休息。这天不用的：每周日 09:00–21:00（清明节放假）");
        assertThat(text(DatedPicture.class)).contains("被盖住的规则");
        test($(NativeButton.class).withText("每周都这样").single()).click();
        assertThat(labels()).contains("周四：09:00–21:00");
    }

    @Test
    void theRealWeekShowsWhatHeldInThePastAndWhatTheDraftMakesOfTheRest() {
        var owner = fixtures.owner("米粉店");
        change(owner, weekly(owner));
        clock.advance(Duration.ofDays(2));
        hours.change(
                owner.actor(),
                new ChangeHours(
                        owner.store().id(),
                        HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.of(Period.of(8, 0, 20, 0)))),
                        1,
                        null));
        hours.start(
                owner.actor(),
                new StartClosure(
                        owner.store().id(), Closure.Kind.CLOSE_NOW, new ClosureEnd.After(Duration.ofHours(1)), "停电"));
        signIn(owner.account());
        navigate("merchant/hours", HoursView.class);
        press("24 小时");
        test($(NativeButton.class).withText("3 月 16–22 日").single()).click();
        // Monday before ten nobody had said anything; then nine to nine held until Wednesday at ten, when it was closed
        // for an hour.
        assertThat(labels())
                .contains(
                        "周一 3 月 16 日：10:00–21:00",
                        "周二 3 月 17 日：09:00–21:00",
                        "周三 3 月 18 日：09:00–10:00、11:00–24:00。这天不用的：每周三 10:00–11:00（停电）",
                        "周四 3 月 19 日：24 小时营业");
    }

    @Test
    void anyMinuteOfARealWeekIsAskedByKeyAndSaidAloud() {
        openPage("茶摊", Weekly.everyDay(NINE_TO_NINE));
        test($(NativeButton.class).withText("3 月 16–22 日").single()).click();
        ask("周三 3 月 18 日：09:00–21:00", "ArrowUp");
        assertThat(said()).isEqualTo("3月18日 11:45：营业中，按每周营业时间");
        ask("周四 3 月 19 日：09:00–21:00", "ArrowLeft");
        assertThat(text(WhyPanel.class)).contains("3月18日 周三");
    }

    @Test
    void breaksInsideADayAreMadeMovedAndTakenAwayByKey() {
        openPage("粥铺", Weekly.everyDay(NINE_TO_NINE));
        keydown("周一：09:00–21:00", "b", false);
        assertThat(said()).isEqualTo("星期一：09:00–12:00、13:00–21:00");
        keydown("周一：09:00–12:00、13:00–21:00", "PageDown", false);
        keydown("周一：09:00–12:00、13:00–21:00", "PageDown", false);
        assertThat(said()).isEqualTo("星期一：第 1 段到 12:00 结束，方向键来挪");
        keydown("周一：09:00–12:00、13:00–21:00", "ArrowDown", false);
        keydown("周一：09:00–12:15、13:00–21:00", "PageDown", false);
        keydown("周一：09:00–12:15、13:00–21:00", "ArrowUp", false);
        assertThat(said()).isEqualTo("星期一：09:00–12:15、12:45–21:00");
        keydown("周一：09:00–12:15、12:45–21:00", "Delete", false);
        assertThat(said()).isEqualTo("星期一：09:00–21:00");
        assertThat(sentence()).isEqualTo("每天 9 点到 21 点。");
        keydown("周一：09:00–21:00", "PageUp", false);
        assertThat(said()).isEqualTo("星期一：第 1 段到 21:00 结束，方向键来挪");
        keydown("周一：09:00–21:00", "PageDown", false);
        assertThat(said()).isEqualTo("星期一：方向键挪打烊");
    }

    @Test
    void stepsAreTakenBackAndTakenAgainByKeys() {
        openPage("菜店", Weekly.everyDay(NINE_TO_NINE));
        press("24 小时");
        step(false);
        assertThat(sentence()).isEqualTo("每天 9 点到 21 点。");
        step(true);
        assertThat(sentence()).isEqualTo("每天 24 小时营业。");
        step(false);
        step(true);
        assertThat(sentence()).isEqualTo("每天 24 小时营业。");
        press("放弃改动");
        assertThat(sentence()).isEqualTo("每天 9 点到 21 点。");
    }

    @Test
    void anEarlierVersionIsTakenUpAsANewOneWithItsReason() {
        var owner = openPage("药店", Weekly.everyDay(NINE_TO_NINE));
        press("24 小时");
        press("写一句为什么");
        $(TextField.class).single().setValue("旺季");
        press("保存");
        assertThat(hours.current(owner.actor(), owner.store().id()).reason()).isEqualTo("旺季");
        press("第 2 版");
        assertThat(dialog().getElement().getTextRecursively()).contains("原因：旺季", "换回这一版：每周少开 84 小时", "现在用的");
        press("改成这一版");
        assertThat(sentence()).isEqualTo("每天 9 点到 21 点。");
        press("保存");
        var now = hours.current(owner.actor(), owner.store().id());
        assertThat(now.version()).isEqualTo(3);
        assertThat(now.reason()).isEqualTo("恢复第 1 版");
    }

    @Test
    void aDraftComesBackAfterThePageWentAway() {
        var owner = openPage("豆腐坊", Weekly.everyDay(NINE_TO_NINE));
        var kept =
                new DraftKeeper.Kept(1, HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.ALL_DAY)));
        view().resume(kept.text());
        assertThat(sentence()).isEqualTo("每天 24 小时营业。");
        assertThat(notes()).anyMatch(note -> note.startsWith("接着上次没保存的改动"));
        press("保存");
        assertThat(document(owner).weekly()).isEqualTo(Weekly.everyDay(DayPlan.ALL_DAY));
        assertThat(notes()).noneMatch(note -> note.startsWith("接着上次没保存的改动"));
    }

    @Test
    void aDraftThatComesBackLateMeetsTheConflict() {
        var owner = openPage("修车铺", Weekly.everyDay(NINE_TO_NINE));
        var theirs = HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.CLOSED));
        hours.change(owner.actor(), new ChangeHours(owner.store().id(), theirs, 1, null));
        navigate("merchant/hours", HoursView.class);
        var kept =
                new DraftKeeper.Kept(1, HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.ALL_DAY)));
        view().resume(kept.text());
        press("保存");
        assertThat(dialog().getHeaderTitle()).isEqualTo("刚才有人也改了");
        assertThat(document(owner)).isEqualTo(theirs);
    }

    @Test
    void whatCannotBeADraftIsLeftAlone() {
        openPage("五金店", Weekly.everyDay(NINE_TO_NINE));
        for (var text : new String[] {null, "", "1", "x\n{}", "1\n{\"zone\":1}", "99999999999\n{}"}) {
            view().resume(text);
            assertThat(sentence()).isEqualTo("每天 9 点到 21 点。");
        }
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

    private void change(Fixtures.Owner owner, HoursDocument document) {
        hours.change(owner.actor(), new ChangeHours(owner.store().id(), document, 0, null));
    }

    private static HoursDocument weekly(Fixtures.Owner owner) {
        return HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(NINE_TO_NINE));
    }

    private static DatedRule dated(String from, String to, String reason) {
        return new DatedRule(LocalDate.parse(from), LocalDate.parse(to), DayPlan.CLOSED, reason);
    }

    private HoursDocument document(Fixtures.Owner owner) {
        return hours.current(owner.actor(), owner.store().id()).document();
    }

    private List<String> notes() {
        return $(Note.class).all().stream()
                .map(note -> note.getElement().getTextRecursively())
                .toList();
    }

    private HoursView view() {
        return (HoursView) getCurrentView();
    }

    private NativeButton rule(String words) {
        return $(NativeButton.class).withClassName("zg-hours-rule").all().stream()
                .filter(row -> row.getElement().getTextRecursively().contains(words))
                .findFirst()
                .orElseThrow();
    }

    private String special() {
        return text(SpecialTimes.class);
    }

    private String text(Class<? extends Component> type) {
        return $(type).first().getElement().getTextRecursively();
    }

    private List<String> labels() {
        return $(NativeButton.class).withClassName("zg-week-bar").all().stream()
                .map(row -> row.getElement().getAttribute("aria-label"))
                .toList();
    }

    /** A key on the head of a column. */
    private void ask(String label, String key) {
        var data = JsonNodeFactory.instance.objectNode();
        data.put("event.key", key);
        data.put("event.shiftKey", false);
        data.put(DatedPicture.KEYS, true);
        fire($(NativeButton.class).withAttribute("aria-label", label).last(), "keydown", data);
    }

    private String said() {
        return $(Span.class).withClassName("zg-sr").first().getText();
    }

    private void keydown(String label, String key, boolean shift) {
        var data = JsonNodeFactory.instance.objectNode();
        data.put("event.key", key);
        data.put("event.shiftKey", shift);
        data.put(WeekPicture.KEYS, true);
        fire(day(label), "keydown", data);
    }

    private void step(boolean again) {
        var data = JsonNodeFactory.instance.objectNode();
        data.put("event.detail.again", again);
        fire(view(), "zg-step", data);
    }

    private void drag(String day, String edge, int minute) {
        var data = JsonNodeFactory.instance.objectNode();
        data.put("event.detail.day", day);
        data.put("event.detail.shift", 0);
        data.put("event.detail.edge", edge);
        data.put("event.detail.minute", minute);
        fire($(Div.class).withClassName("zg-week-grid").single(), "zg-drag", data);
    }

    /** What the browser sends for the event. */
    private static void fire(Component component, String event, ObjectNode data) {
        component
                .getElement()
                .getNode()
                .getFeature(ElementListenerMap.class)
                .fireEvent(new DomEvent(component.getElement(), event, data));
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
