package dev.zhanggui.portal.workcalendar.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Html;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.server.VaadinSession;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.workcalendar.CalendarNotices;
import dev.zhanggui.portal.workcalendar.CalendarNotices.NewNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotices.Proposal;
import dev.zhanggui.portal.workcalendar.MadeUp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The notice of 2027 here is made up. */
class CalendarViewTest extends ViewTest {

    @Autowired
    Accounts accounts;

    @Autowired
    CalendarNotices notices;

    @Autowired
    Fixtures fixtures;

    @Autowired
    LiveUpdates live;

    @AfterEach
    void takeBack() {
        var reviewer = fixtures.staff(Role.REVIEWER);
        notices.waiting(reviewer).forEach(it -> notices.reject(reviewer, it.id(), "test ends"));
        var wish = new NewNotice(2027, null, "", "test ends");
        if (notices.propose(fixtures.staff(Role.ADMIN), wish) instanceof Proposal.Proposed(var it, var warnings)) {
            notices.approve(reviewer, it.id());
        }
    }

    @Test
    void anAuditorSeesThePublishedYearInWordsAndInThePicture() {
        open(Role.AUDITOR, 2026);
        assertThat(page()).contains("2026 年放假安排", "已公布", "春节", "2月15日–23日", "9 天", "补班：1月4日 周日");
        assertThat($(Html.class).all()).hasSize(12);
        var february = $(Html.class).all().get(1).getInnerHtml();
        assertThat(february)
                .contains("<caption>2月</caption>", "title=\"法定假日（春节）\"", "title=\"补班（春节）\"", "<i>休</i>", "<i>班</i>");
        assertThat($(Html.class).all().get(2).getInnerHtml()).doesNotContain("<i>");
        assertThat($(EmptyState.class).single().getElement().getTextRecursively())
                .contains("还没有导入过");
        assertThat($(Button.class).withText("先看看").exists()).isFalse();
    }

    @Test
    void theYearAheadIsShownInItsTimeAndIsProvisional() {
        signIn(staff(Role.REVIEWER));
        clock.set(Instant.parse("2026-11-25T02:00:00Z"));
        UI.getCurrent().navigate("calendar");
        assertThat(page()).contains("2027 年放假安排", "还没公布", "2月5日–8日", "没有补班");
        assertThat($(Button.class).withText("先看看").exists()).isFalse();
    }

    @Test
    void errorsAreNamedByTheirPlaceAndNothingCanBeProposed() {
        open(Role.ADMIN, 2027);
        look("{\n\"year\":2027,\n\"days\":[}");
        assertThat(items()).anyMatch(item -> item.startsWith("第 3 行不是完整的 JSON"));
        look(MadeUp.json2027().replace("2027-02-12", "2027-02-30"));
        assertThat(items()).anyMatch(item -> item.equals("days[13].date没有这个日子：2027-02-30"));
        assertThat($(Button.class).withText("提交复核").exists()).isFalse();
    }

    @Test
    void oneProposesWithThePreviewBeforeTheirEyesAndAnotherApproves() {
        open(Role.ADMIN, 2027);
        look(MadeUp.ics2027());
        assertThat(items())
                .anyMatch(item -> item.equals("12月31日 周四工作日→调休放假（元旦）"))
                .anyMatch(item -> item.equals("2月9日–12日工作日→调休放假（春节）"))
                .anyMatch(item -> item.endsWith("没标「休」或「班」，没有算：元宵节"));
        assertThat($(Html.class).all().get(1).getInnerHtml()).contains("changed");
        press("提交复核");
        assertThat($(TextField.class).withCaption("依据").single().isInvalid()).isTrue();
        test($(TextField.class).withCaption("依据").single()).setValue("https://example.org/made-up");
        press("提交复核");
        assertThat(page()).contains("等人复核", "您提交的，要由另一位同事批准");
        assertThat($(Button.class).withText("批准，公布 2027 年安排").exists()).isFalse();

        open(Role.AUDITOR, 2026);
        assertThat(page()).contains("2027 年的安排在等人复核");
        open(Role.AUDITOR, 2027);
        assertThat(page()).contains("等管理员或审核员批准");

        open(Role.REVIEWER, 2027);
        assertThat(page()).contains("批准后 ", "12月31日 周四", "https://example.org/made-up");
        press("批准，公布 2027 年安排");
        assertThat($(StatusPill.class).all()).extracting(StatusPill::getText).contains("已公布", "现行");
        assertThat(page()).contains("12月31日–1月3日", "补班：12月26日 周六");
    }

    @Test
    void anOpenPageFollowsWhatOthersProposeAndApprove() {
        open(Role.AUDITOR, 2027);
        var proposed = (Proposal.Proposed) notices.propose(
                fixtures.staff(Role.ADMIN), new NewNotice(2027, MadeUp.json2027(), "https://example.org/x", null));
        untilPushed(() -> page().contains("等管理员或审核员批准"));

        notices.approve(fixtures.staff(Role.REVIEWER), proposed.notice().id());
        untilPushed(() -> page().contains("补班：12月26日 周六"));
        assertThat($(StatusPill.class).all()).extracting(StatusPill::getText).contains("已公布", "现行");
    }

    @Test
    void whatIsBeingImportedIsNotLostToAPush() {
        open(Role.ADMIN, 2027);
        test($(TextField.class).withCaption("依据").single()).setValue("正在找原文");
        var pushes = new AtomicInteger();
        live.subscribe((Component) getCurrentView(), CalendarLive.CALENDAR, pushes::incrementAndGet);
        var wish = new NewNotice(2028, MadeUp.byLaw(2028), "https://example.org/x", null);
        var proposed = (Proposal.Proposed) notices.propose(fixtures.staff(Role.ADMIN), wish);
        untilPushed(() -> pushes.get() == 1);
        notices.reject(fixtures.staff(Role.REVIEWER), proposed.notice().id(), "test ends");
        untilPushed(() -> pushes.get() == 2);

        assertThat($(TextField.class).withCaption("依据").single().getValue()).isEqualTo("正在找原文");
        assertThat(page()).doesNotContain("2028 年的安排");
    }

    @Test
    void sendingBackNeedsAReason() {
        open(Role.ADMIN, 2027);
        look(MadeUp.json2027());
        press("提交复核");
        open(Role.REVIEWER, 2027);
        press("退回");
        press("退回", $(Dialog.class).single());
        assertThat($(TextArea.class).from($(Dialog.class).single()).single().isInvalid())
                .isTrue();
        test($(TextArea.class).from($(Dialog.class).single()).single()).setValue("少一天");
        press("退回", $(Dialog.class).single());
        assertThat(page()).contains("已退回", "退回原因：少一天", "还没公布");
    }

    @Test
    void aYearThatNoCalendarHasIsMissing() {
        open(Role.ADMIN, 1999);
        assertThat(getCurrentView()).isNotInstanceOf(CalendarView.class);
    }

    @Test
    void thePageSpeaksEnglish() {
        VaadinSession.getCurrent().setLocale(Locale.ENGLISH);
        UI.getCurrent().setLocale(Locale.ENGLISH);
        open(Role.AUDITOR, 2026);
        assertThat(page()).contains("Days off in 2026", "Published", "Spring Festival", "15–23 Feb", "Sun 4 Jan");
    }

    private void look(String text) {
        test($(TextArea.class).withCaption("或把文件内容贴在这里").single()).setValue(text);
        press("先看看");
    }

    private List<String> items() {
        return $(ListItem.class).all().stream()
                .map(item -> item.getElement().getTextRecursively())
                .toList();
    }

    private void press(String text) {
        test($(Button.class).withText(text).first()).click();
    }

    private void press(String text, Dialog dialog) {
        test($(Button.class).from(dialog).withText(text).single()).click();
    }

    private String page() {
        return ((Component) getCurrentView()).getElement().getTextRecursively();
    }

    private void open(Role role, int year) {
        signIn(staff(role));
        UI.getCurrent().navigate("calendar/" + year);
    }

    private AccountId staff(Role role) {
        var login = "c" + Long.toString(Ids.next(), 36);
        return ((StaffCreation.Created) accounts.createStaff(
                        Actor.system("test"), login, "日历 " + role, "correct horse battery", Set.of(role)))
                .account();
    }
}
