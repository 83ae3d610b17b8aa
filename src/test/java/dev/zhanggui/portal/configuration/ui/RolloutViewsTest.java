package dev.zhanggui.portal.configuration.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.configuration.RolloutId;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.RolloutState;
import dev.zhanggui.portal.configuration.Rollouts;
import dev.zhanggui.portal.configuration.Rollouts.NewRollout;
import dev.zhanggui.portal.configuration.Rollouts.Proposal;
import dev.zhanggui.portal.configuration.Rollouts.Step;
import dev.zhanggui.portal.configuration.internal.Compiling;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** What staff propose, decide and watch. */
class RolloutViewsTest extends ViewTest {

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    Rollouts rollouts;

    @Autowired
    Accounts accounts;

    @Autowired
    Fixtures fixtures;

    private Compiling compiling;
    private String mark;
    private Actor colleague;
    private Actor third;

    @BeforeEach
    void colleagues() {
        compiling = beans.createBean(Compiling.class);
        compiling.forgetRollouts();
        mark = Ids.ulid().substring(16);
        colleague = fixtures.staff(Role.ADMIN);
        third = fixtures.staff(Role.ADMIN);
    }

    @AfterEach
    void nothingIsLeftOnItsWay() {
        compiling.forgetRollouts();
    }

    @Test
    void what_is_proposed_begins_only_when_a_second_person_says_so() {
        signIn(staff(Role.ADMIN));
        UI.getCurrent().navigate("fleet/rollouts");
        test($(Button.class).withText("发起一次").single()).click();
        test($(Button.class).withText("发起").single()).click();
        assertThat(field("为什么").getErrorMessage()).isEqualTo("请写一句原因，第二个人要看得懂。");

        test(text("中文")).setValue("台风天，注意安全 " + mark);
        test(text("英文")).setValue("Mind the typhoon " + mark);
        test(field("为什么")).setValue("省里发了预警");
        test($(Button.class).withText("发起").single()).click();

        assertThat(shown()).contains("屏幕上的话：台风天，注意安全 " + mark, "还没开始：要第二个人同意", "自己发起的，要由别人同意。");
        assertThat(shown()).contains("省里发了预警", "什么都不显示");
        assertThat($(Button.class).withText("同意，开始").exists()).isFalse();
        var id = newest();

        signIn(staff(Role.ADMIN));
        UI.getCurrent().navigate("fleet/rollouts/" + id.value());
        test($(Button.class).withText("同意，开始").single()).click();
        assertThat(rollouts.rollout(colleague, id).state()).isEqualTo(RolloutState.RUNNING);
        assertThat(shown()).contains("正在把机器分成几批");
    }

    @Test
    void who_does_not_approve_says_why_and_it_is_over() {
        var id = proposed("不同意的");
        signIn(staff(Role.ADMIN));
        UI.getCurrent().navigate("fleet/rollouts/" + id.value());
        test($(Button.class).withText("不同意").first()).click();
        test($(Button.class).withText("不同意").last()).click();
        assertThat(field("为什么不同意").getErrorMessage()).isEqualTo("请写一句原因，别人要看得懂。");
        test(field("为什么不同意")).setValue("字太多，看不完");
        test($(Button.class).withText("不同意").last()).click();
        assertThat(rollouts.rollout(colleague, id).state()).isEqualTo(RolloutState.REJECTED);
        assertThat(shown()).contains("没同意", "原因：字太多，看不完");
    }

    @Test
    void it_is_paused_and_stopped_with_a_reason_that_everybody_reads() {
        var id = proposed("先停一停");
        rollouts.approve(third, id);
        signIn(staff(Role.ADMIN));
        UI.getCurrent().navigate("fleet/rollouts/" + id.value());
        test($(Button.class).withText("暂停").first()).click();
        assertThat(dialogText()).contains("其余", "直到有人让它继续");
        var pause = $(Button.class).withText("暂停").last();
        test(pause).click();
        assertThat(field("为什么").getErrorMessage()).isEqualTo("请写一句原因，别人要看得懂。");
        test(field("为什么")).setValue("门店打电话来问");
        test(pause).click();
        assertThat(rollouts.rollout(colleague, id).state()).isEqualTo(RolloutState.PAUSED);
        assertThat(shown()).contains("暂停了", "原因：门店打电话来问");

        // Somebody else was faster in another tab.
        var before = rollouts.rollout(colleague, id);
        test($(Button.class).withText("到此为止").first()).click();
        rollouts.step(colleague, id, Step.RESUME, before.version(), "看过了，没事");
        test(field("为什么")).setValue("不发了");
        test($(Button.class).withText("到此为止").last()).click();
        assertThat(rollouts.rollout(colleague, id).state()).isEqualTo(RolloutState.RUNNING);
        assertThat(shown()).contains("让它继续：看过了，没事");
    }

    @Test
    void the_list_is_filtered_and_searched_and_says_when_there_is_nothing() {
        signIn(staff(Role.AUDITOR));
        UI.getCurrent().navigate("fleet/rollouts");
        assertThat(shown()).contains("还没有发布过");
        assertThat($(Button.class).withText("发起一次").exists()).isFalse();

        var id = proposed("要找的");
        UI.getCurrent().navigate("fleet/rollouts", QueryParameters.simple(Map.of("band", "WAITING", "q", mark)));
        assertThat(shown()).contains("要找的 " + mark, "等第二个人");
        UI.getCurrent().navigate("fleet/rollouts", QueryParameters.simple(Map.of("band", "ENDED", "q", mark)));
        assertThat(shown()).contains("没有这样的发布");
        UI.getCurrent().navigate("fleet/rollouts/" + id.value());
        assertThat(shown()).contains("等审核员或管理员同意。");
        UI.getCurrent()
                .navigate(
                        "fleet/rollouts/" + id.value(), QueryParameters.simple(Map.of("turn", "SILENT", "group", "1")));
        assertThat(shown()).contains("现在没有这样的收银机");
    }

    @Test
    void a_number_that_is_none_leads_nowhere() {
        signIn(staff(Role.SERVICE));
        for (var number : new String[] {"1", "x", "99999999999999999999"}) {
            UI.getCurrent().navigate("fleet/rollouts/" + number);
            assertThat(shown()).as(number).contains("没有找到这一页");
        }
    }

    private RolloutId proposed(String words) {
        return ((Proposal.Proposed) rollouts.propose(
                        colleague,
                        new NewRollout(
                                RolloutKind.SCREEN,
                                new Words(words + " " + mark, "Words " + mark),
                                RestrictionTarget.ALL,
                                "试试")))
                .rollout()
                .id();
    }

    private RolloutId newest() {
        return rollouts.list(colleague, new Rollouts.Filter(null, mark), null, 1)
                .rollouts()
                .getFirst()
                .id();
    }

    private AccountId staff(Role role) {
        var login = "r" + Long.toString(Ids.next(), 36);
        return ((StaffCreation.Created) accounts.createStaff(
                        Fixtures.SYSTEM, login, "值班 " + role, "correct horse battery", Set.of(role)))
                .account();
    }

    private String shown() {
        return ((Component) UI.getCurrent()
                        .getInternals()
                        .getActiveRouterTargetsChain()
                        .getFirst())
                .getElement()
                .getTextRecursively();
    }

    private String dialogText() {
        return $(Dialog.class).last().getElement().getTextRecursively();
    }

    private TextArea field(String label) {
        return $(TextArea.class).withCaption(label).single();
    }

    private TextField text(String label) {
        return $(TextField.class).withCaption(label).single();
    }
}
