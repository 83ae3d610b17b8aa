package dev.zhanggui.portal.tradinghours.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.server.VaadinSession;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.Restriction.Kind;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.portal.tradinghours.Restrictions.NamedTarget;
import dev.zhanggui.portal.tradinghours.Restrictions.Plan;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.uikit.MomentField;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The clock stands at Monday 16 March 2026, 10:00 in Shanghai; the store is open from 9 to 18. */
class MaintenanceViewTest extends ViewTest {

    private static final Instant NOON = Instant.parse("2026-03-17T04:00:00Z");

    @Autowired
    Accounts accounts;

    @Autowired
    Restrictions restrictions;

    @Autowired
    TradingHours hours;

    @Autowired
    Fixtures fixtures;

    private Fixtures.Owner owner;
    private String name = "";

    @BeforeEach
    void openAStore() {
        name = "夜里关门 " + Long.toString(Ids.next(), 36);
        owner = fixtures.owner(name);
        var document = HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.of(Period.of(9, 0, 18, 0))));
        assertThat(hours.change(owner.actor(), new ChangeHours(owner.store().id(), document, 0, null)))
                .isInstanceOf(ChangeOutcome.Changed.class);
    }

    @Test
    void maintenanceIsPlannedIntoTheNightThatThePageFinds() {
        open(Role.SERVICE, "maintenance/new");
        press("找时间");
        assertThat($(ComboBox.class).single().isInvalid()).isTrue();
        choose();
        assertThat(page()).contains("关系到 1 家店", "客人会看到");
        press("找时间");
        var offers = $(NativeButton.class).all().stream()
                .filter(it -> it.hasClassName("zg-choice"))
                .toList();
        assertThat(offers).hasSize(3);
        assertThat(offers.getFirst().getElement().getTextRecursively()).contains("明天 周二 00:45–01:45", "1 家店那时都打烊");
        test(offers.getFirst()).click();
        assertThat(offers.getFirst().getElement().getAttribute("aria-pressed")).isEqualTo("true");
        test($(TextArea.class).withCaption("客人看到的原因").single()).setValue("换交换机");
        assertThat($(CustomerPreview.class).single().getElement().getTextRecursively())
                .contains("已打烊", "到 明天 01:45 为止", "换交换机", "until tomorrow 01:45");
        press("安排维护");
        assertThat(getCurrentView()).isInstanceOf(MaintenanceView.class);
        assertThat(page()).contains("维护 · " + name, "明天 周二 00:45–01:45", "换交换机");
        assertThat(restrictions.ofStore(owner.actor(), owner.store().id(), NOON))
                .extracting(Restrictions.OfStore::restriction)
                .containsExactly(new Restriction(
                        Kind.MAINTENANCE,
                        Instant.parse("2026-03-16T16:45:00Z"),
                        Instant.parse("2026-03-16T17:45:00Z"),
                        "换交换机"));
    }

    @Test
    void anOpenPageFollowsWhatOthersPlanAndEnd() {
        open(Role.AUDITOR, "maintenance");
        var plan = new Plan(Kind.FAULT, RestrictionTarget.of(owner.store().id()), null, null, "机房停电", null);
        var planned = (RestrictionOutcome.Done) restrictions.plan(fixtures.staff(Role.SERVICE), plan);
        untilPushed(() -> page().contains(name) && page().contains("机房停电"));
        restrictions.end(fixtures.staff(Role.SERVICE), planned.now().id(), null);
        untilPushed(() -> page().contains("staff SERVICE 结束于"));
    }

    @Test
    void aRegionIsChosenByItsName() {
        open(Role.SERVICE, "maintenance/new");
        test($(Select.class).withCaption("范围").single()).selectItem("一个地区");
        @SuppressWarnings("unchecked")
        ComboBox<NamedTarget> target = $(ComboBox.class).withCaption("地区").single();
        test(target).setFilter("拉萨");
        assertThat(test(target).getSuggestions()).contains("西藏自治区拉萨市");
        test(target).selectItem("西藏自治区拉萨市");
        $(MomentField.class).all().get(2).set(NOON);
        $(MomentField.class).all().get(3).set(NOON.plus(Duration.ofMinutes(90)));
        test($(TextArea.class).withCaption("留底的理由").single()).setValue("割接");
        press("安排维护");
        assertThat(page()).contains("维护 · 地区 西藏自治区拉萨市");
    }

    @Test
    void openTimeIsTakenOnlyWithAReason() {
        open(Role.SERVICE, "maintenance/new");
        choose();
        $(MomentField.class).all().get(2).set(NOON);
        $(MomentField.class).all().get(3).set(NOON.plus(Duration.ofMinutes(90)));
        press("安排维护");
        assertThat(page()).contains("0 家打烊，1 家在营业或快开门", "少收 1 小时 30 分");
        var why = $(TextArea.class).withCaption("留底的理由").single();
        assertThat(why.isInvalid()).isTrue();
        test(why).setValue("厂家只在白天来");
        press("安排维护");
        assertThat(getCurrentView()).isInstanceOf(MaintenanceView.class);
    }

    @Test
    void endingNamesWhatComesBack() {
        var planned = restrictions.plan(
                Fixtures.SYSTEM,
                new Plan(Kind.FAULT, RestrictionTarget.of(owner.store().id()), null, null, null, null));
        assertThat(planned).isInstanceOf(RestrictionOutcome.Done.class);
        open(Role.SERVICE, "maintenance");
        test($(Button.class).withAttribute("aria-label", "现在结束：故障 · " + name).single())
                .click();
        var dialog = $(Dialog.class).single();
        assertThat(dialog.getElement().getTextRecursively()).contains("1 家店马上回到自己的营业时间");
        test($(Button.class).from(dialog).withText("结束，1 家店恢复").single()).click();
        assertThat(hours.stateAt(owner.actor(), owner.store().id(), clock.instant())
                        .open())
                .isTrue();
        assertThat($(Button.class)
                        .withAttribute("aria-label", "现在结束：故障 · " + name)
                        .exists())
                .isFalse();
    }

    @Test
    void whoeverWasSlowerSeesBothAndMaySaveAgain() {
        var soon = clock.instant().plusSeconds(60);
        var planned = ((RestrictionOutcome.Done) restrictions.plan(
                        Fixtures.SYSTEM,
                        new Plan(Kind.FAULT, RestrictionTarget.of(owner.store().id()), soon, null, null, null)))
                .now();
        open(Role.SERVICE, "maintenance");
        test($(Button.class).withAttribute("aria-label", "改：故障 · " + name).single())
                .click();
        restrictions.change(Fixtures.SYSTEM, new Restrictions.Change(planned.id(), 0, soon, null, "主机坏了", null));
        var dialog = $(Dialog.class).single();
        test($(TextArea.class).from(dialog).withCaption("客人看到的原因").single()).setValue("修机器");
        press("保存");
        assertThat(dialog.getElement().getTextRecursively()).contains("有人先改了", "主机坏了");
        press("保存");
        assertThat(restrictions
                        .restriction(Fixtures.SYSTEM, planned.id())
                        .restriction()
                        .reason())
                .isEqualTo("修机器");
    }

    @Test
    void anAuditorReadsAndAReviewerOnlyLocks() {
        restrictions.plan(
                Fixtures.SYSTEM,
                new Plan(Kind.FAULT, RestrictionTarget.of(owner.store().id()), null, null, null, null));
        open(Role.AUDITOR, "maintenance");
        assertThat(page()).contains("故障 · " + name);
        assertThat($(Button.class).withText("安排一次").exists()).isFalse();
        assertThat($(Button.class).withText("现在结束").exists()).isFalse();
        open(Role.REVIEWER, "maintenance/new");
        @SuppressWarnings("unchecked")
        Select<Kind> kinds = $(Select.class).withCaption("什么事").single();
        assertThat(kinds.getListDataView().getItems()).containsExactly(Kind.LEGAL_LOCK, Kind.ACQUIRER_LOCK);
        UI.getCurrent().navigate("maintenance");
        assertThat(page()).contains("故障 · " + name);
        assertThat($(Button.class).withText("安排一次").exists()).isTrue();
        assertThat($(Button.class)
                        .withAttribute("aria-label", "现在结束：故障 · " + name)
                        .exists())
                .isFalse();
    }

    @Test
    void thePageSpeaksEnglish() {
        VaadinSession.getCurrent().setLocale(Locale.ENGLISH);
        UI.getCurrent().setLocale(Locale.ENGLISH);
        open(Role.ADMIN, "maintenance/new");
        assertThat(page())
                .contains("Find closed time", "Customers will see", "The payment system is under maintenance");
    }

    private void choose() {
        @SuppressWarnings("unchecked")
        ComboBox<NamedTarget> target = $(ComboBox.class).single();
        target.setValue(new NamedTarget(RestrictionTarget.of(owner.store().id()), name));
    }

    private void press(String text) {
        test($(Button.class).withText(text).first()).click();
    }

    private String page() {
        return ((Component) getCurrentView()).getElement().getTextRecursively();
    }

    private void open(Role role, String path) {
        signIn(staff(role));
        UI.getCurrent().navigate(path);
    }

    private AccountId staff(Role role) {
        var login = "m" + Long.toString(Ids.next(), 36);
        return ((StaffCreation.Created) accounts.createStaff(
                        Actor.system("test"), login, "维护 " + role, "correct horse battery", Set.of(role)))
                .account();
    }
}
