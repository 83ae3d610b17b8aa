package dev.zhanggui.portal.fakereport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.fakereport.FakeReport;
import dev.zhanggui.portal.fakereport.FakeReports;
import dev.zhanggui.portal.fakereport.Finding;
import dev.zhanggui.portal.fakereport.Happening;
import dev.zhanggui.portal.fakereport.NewReport;
import dev.zhanggui.portal.fakereport.ReportOutcome;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio.Shot;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.uikit.EmptyState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.authority.FactorGrantedAuthority;

class FakeReportsViewTest extends ViewTest {

    @Autowired
    private FakeReports reports;

    @Autowired
    private QrCodes codes;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Fixtures fixtures;

    private Fixtures.Owner owner;
    private QrCode plate;

    @BeforeEach
    void aStoreWithAPlate() {
        owner = fixtures.owner("面馆");
        plate = ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), "柜台")).code();
    }

    @Test
    void a_report_is_found_taken_and_closed_and_its_merchant_reads_why() {
        var report = report(plate.url(), "解放路", "13812345678");
        staff();
        UI.getCurrent().navigate("fake-reports");
        $(TextField.class).from(view()).single().setValue(report.number());
        press("找");
        assertThat(words()).contains("解放路", "真码，在用", "待接", report.number());

        UI.getCurrent().navigate("fake-reports/" + report.number());
        assertThat(words()).contains("柜台 · 001", "138****5678", "面馆").doesNotContain("13812345678");
        assertThat($(Image.class).from(view()).all()).hasSize(1);
        press("我来查");
        press("结案");
        assertThat(findings().isInvalid()).isTrue();
        findings().setValue(Finding.GENUINE);
        press("结案");
        assertThat($(TextArea.class).from(view()).single().getErrorMessage()).isEqualTo("请写一句凭什么");
        press("请店家停用「柜台」的码");
        assertThat(words()).contains("已请店家停用");
        findings().setValue(Finding.GENUINE);
        $(TextArea.class).from(view()).single().setValue("照片上就是店里的码");
        press("结案");
        assertThat(words()).contains("是真码", "照片上就是店里的码");

        signIn(owner.account());
        UI.getCurrent().navigate("merchant/codes/reports");
        assertThat(words()).contains("柜台 · 001", "客人说：", "是真码", "结论：照片上就是店里的码").doesNotContain("138");
    }

    @Test
    void a_colleagues_report_is_not_touched() {
        var report = report("https://pay-x.example/a", "", "");
        reports.take(fixtures.staff(Role.SERVICE), report.id(), 0);
        staff();
        UI.getCurrent().navigate("fake-reports/" + report.number());
        assertThat(words()).contains("在查", "pay-x.example");
        assertThat($(Button.class).from(view()).withText("结案").all()).isEmpty();
        assertThat($(Anchor.class).from(view()).all())
                .extracting(Anchor::getHref)
                .noneMatch(href -> href.contains("pay-x"));
    }

    @Test
    void somebody_was_quicker_and_the_page_shows_it() {
        var report = report("https://pay-x.example/b", "", "");
        staff();
        UI.getCurrent().navigate("fake-reports/" + report.number());
        reports.take(fixtures.staff(Role.SERVICE), report.id(), 0);
        press("我来查");
        assertThat(words()).contains("staff SERVICE 在查");
    }

    @Test
    void a_search_without_a_find_says_so_and_the_filter_stays_in_the_address() {
        staff();
        UI.getCurrent().navigate("fake-reports");
        $(TextField.class).from(view()).single().setValue("没有这样的 " + Ids.ulid());
        press("找");
        assertThat($(EmptyState.class).single().getElement().getTextRecursively())
                .contains("没有这样的举报");
        test($(NativeButton.class).from(view()).withText("已结").single()).click();
        assertThat(UI.getCurrent().getInternals().getActiveViewLocation().getPathWithQueryParameters())
                .contains("state=CLOSED");
    }

    @Test
    void a_number_that_does_not_exist_is_not_found() {
        staff();
        UI.getCurrent().navigate("fake-reports/JB260316-000000");
        assertThat(getCurrentView()).isNotInstanceOf(FakeReportsView.class);
    }

    @Test
    void a_merchant_about_whom_nobody_reported_is_told_what_to_do() {
        signIn(owner.account());
        UI.getCurrent().navigate("merchant/codes/reports");
        assertThat($(EmptyState.class).single().getElement().getTextRecursively())
                .contains("没有人举报过", "这是我的码吗？拍一下");
    }

    private FakeReport report(String code, String place, String phone) {
        var photo = PhotoStudio.jpeg(600, 500, 1, Shot.CLEAN, List.of(code));
        return ((ReportOutcome.Received) reports.report(
                        Actor.system("report"),
                        new NewReport(Happening.STICKER, code, place, "", phone, photo, null, null, Ids.ulid())))
                .report();
    }

    private AccountId staff() {
        var account = ((StaffCreation.Created) accounts.createStaff(
                        Fixtures.SYSTEM,
                        "r" + Long.toString(Ids.next(), 36),
                        "小满",
                        "correct horse battery",
                        Set.of(Role.REVIEWER)))
                .account();
        signIn(account, FactorGrantedAuthority.PASSWORD_AUTHORITY, FactorGrantedAuthority.OTT_AUTHORITY);
        return account;
    }

    private com.vaadin.flow.component.Component view() {
        return (com.vaadin.flow.component.Component) getCurrentView();
    }

    private String words() {
        return view().getElement().getTextRecursively();
    }

    @SuppressWarnings("unchecked")
    private RadioButtonGroup<Finding> findings() {
        return $(RadioButtonGroup.class).from(view()).single();
    }

    private void press(String text) {
        test($(Button.class).from(view()).withText(text).single()).click();
    }
}
