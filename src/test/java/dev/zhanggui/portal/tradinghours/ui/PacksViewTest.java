package dev.zhanggui.portal.tradinghours.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
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
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.tradinghours.packs.PackVersions;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.NewPack;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Proposal;
import dev.zhanggui.portal.uikit.HumanTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PacksViewTest extends ViewTest {

    private static final String OFFICE = """
            {"zone":"Asia/Shanghai","weekly":{"mon":["%1$s"],"tue":["%1$s"],"wed":["%1$s"],"thu":["%1$s"],"fri":["%1$s"],\
            "sat":[],"sun":[]},"dayKinds":{"holiday":[],"makeUpWorkday":"mon"},"outside":{"policy":"DENY"}}""";

    @Autowired
    Accounts accounts;

    @Autowired
    Merchants merchants;

    @Autowired
    PackVersions packs;

    @Autowired
    Fixtures fixtures;

    @AfterEach
    void sayWhatWasSaid() {
        var reviewer = fixtures.staff(Role.REVIEWER);
        var line = packs.line(reviewer, "bank");
        if (line.waiting() != null) {
            packs.reject(reviewer, line.waiting().id(), "test ends");
        }
        var wish = new NewPack(
                "bank", OFFICE.formatted("09:00-17:00"), "", "商户运营", "test ends", LocalDate.of(2027, 6, 30));
        if (packs.propose(fixtures.staff(Role.ADMIN), wish) instanceof Proposal.Proposed(var version)) {
            packs.publish(reviewer, version.id());
        }
    }

    @Test
    void anAuditorSeesEveryIndustryWithItsOwnerAndReview() {
        open(Role.AUDITOR, "packs");
        assertThat(page())
                .contains("银行网点", "周一到周五 9 点到 17 点", "夜市小吃", "建议：每天 17 点半到次日 1 点半", "商户运营", "2027年6月30日前复查")
                .doesNotContain("项该复查了");
        open(Role.AUDITOR, "packs/bank");
        assertThat(page()).contains("法定假日休息，调休上班日按周一", "不收", "不是规定", "程序自带");
        assertThat($(Button.class).withText("先看看哪些店会变").exists()).isFalse();
    }

    @Test
    void whatIsOverdueIsCountedAndSaid() {
        clock.set(Instant.parse("2027-06-10T02:00:00Z"));
        open(Role.REVIEWER, "packs");
        assertThat(page()).contains("快到复查期限：6月30日").doesNotContain("项该复查了");
        clock.set(Instant.parse("2027-07-01T02:00:00Z"));
        open(Role.REVIEWER, "packs");
        assertThat(page()).contains("项该复查了");
        open(Role.REVIEWER, "packs/bank");
        assertThat(page()).contains("这一项过了复查期限", "请「商户运营」再看一遍");
    }

    @Test
    void oneProposesWithTheStoresBeforeTheirEyesAndAnotherPublishes() {
        var owner = fixtures.owner("江边支行");
        merchants.openStore(
                Fixtures.SYSTEM,
                owner.merchant(),
                new NewStore("江边支行", null, "430102", "解放路 1 号", HumanTime.CHINA, "bank"));
        open(Role.ADMIN, "packs/bank");
        test($(TextArea.class).withCaption("店家没定时按什么办").single()).setValue(OFFICE.formatted("09:00-15:00"));
        press("先看看哪些店会变");
        assertThat($(TextField.class).withCaption("这一版为什么这样").single().isInvalid())
                .isTrue();
        test($(TextField.class).withCaption("这一版为什么这样").single()).setValue("冬季提早打烊");
        press("先看看哪些店会变");
        assertThat(page()).contains("周一到周五 9 点到 15 点");
        assertThat(items()).anyMatch(item -> item.startsWith("江边支行") && item.contains("每周少开"));
        press("提交复核");
        assertThat(page()).contains("您提交的，要由另一位同事发布");
        assertThat($(Button.class).withText("发布「银行网点」新的做法").exists()).isFalse();

        open(Role.AUDITOR, "packs");
        assertThat(page()).contains("等人复核");
        open(Role.AUDITOR, "packs/bank");
        assertThat(page()).contains("等管理员或审核员发布", "冬季提早打烊");

        open(Role.REVIEWER, "packs/bank");
        press("退回");
        press("退回", $(Dialog.class).single());
        assertThat($(TextArea.class).from($(Dialog.class).single()).single().isInvalid())
                .isTrue();
        press("不改了", $(Dialog.class).single());
        press("发布「银行网点」新的做法");
        assertThat(page()).contains("周一到周五 9 点到 15 点").doesNotContain("请另一位同事复核");
    }

    @Test
    void anOpenPageFollowsWhatOthersProposeAndPublish() {
        open(Role.AUDITOR, "packs/bank");
        var wish =
                new NewPack("bank", OFFICE.formatted("09:00-15:00"), "", "商户运营", "冬季提早打烊", LocalDate.of(2027, 6, 30));
        var proposed = (Proposal.Proposed) packs.propose(fixtures.staff(Role.ADMIN), wish);
        untilPushed(() -> page().contains("等管理员或审核员发布"));
        packs.publish(fixtures.staff(Role.REVIEWER), proposed.version().id());
        untilPushed(() -> page().contains("周一到周五 9 点到 15 点") && !page().contains("等管理员或审核员发布"));
    }

    @Test
    void whatIsWrongIsNamedByItsPlaceAndWhatWasTypedStays() {
        open(Role.ADMIN, "packs/bank");
        test($(TextArea.class).withCaption("店家没定时按什么办").single()).setValue(OFFICE.formatted("09:00-25:00"));
        press("先看看哪些店会变");
        assertThat(items()).anyMatch(item -> item.startsWith("rules.weekly.mon[0]") && item.contains("25:00"));
        assertThat($(Button.class).withText("提交复核").exists()).isFalse();
        assertThat($(TextArea.class).withCaption("店家没定时按什么办").single().getValue())
                .contains("25:00");

        open(Role.ADMIN, "packs/nightMarket");
        test($(TextArea.class).withCaption("店家没定时按什么办").single()).setValue(OFFICE.formatted("09:00-15:00"));
        press("先看看哪些店会变");
        assertThat(page()).contains("这样会让没定时间的店打烊");
    }

    @Test
    void thePageSpeaksEnglish() {
        VaadinSession.getCurrent().setLocale(Locale.ENGLISH);
        UI.getCurrent().setLocale(Locale.ENGLISH);
        open(Role.AUDITOR, "packs");
        assertThat(page())
                .contains(
                        "Usual hours by industry",
                        "Bank branch",
                        "Mon to Fri 9:00–17:00",
                        "Review by 30 Jun 2027",
                        "Merchant operations")
                .doesNotContain("商户运营");
        open(Role.AUDITOR, "packs/restaurant");
        assertThat(page())
                .contains("Lunch and dinner, with a break to prepare in between.")
                .doesNotContain("午市");
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

    private void open(Role role, String place) {
        signIn(staff(role));
        UI.getCurrent().navigate(place);
    }

    private AccountId staff(Role role) {
        var login = "p" + Long.toString(Ids.next(), 36);
        return ((StaffCreation.Created) accounts.createStaff(
                        Fixtures.SYSTEM, login, "行业 " + role, "correct horse battery", Set.of(role)))
                .account();
    }
}
