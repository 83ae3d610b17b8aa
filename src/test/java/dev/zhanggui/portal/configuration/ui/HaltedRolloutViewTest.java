package dev.zhanggui.portal.configuration.ui;

import static dev.zhanggui.portal.configuration.internal.StoreWithTerminals.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextArea;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.configuration.RolloutId;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.RolloutState;
import dev.zhanggui.portal.configuration.Rollouts;
import dev.zhanggui.portal.configuration.Rollouts.NewRollout;
import dev.zhanggui.portal.configuration.Rollouts.Proposal;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.configuration.TerminalReports;
import dev.zhanggui.portal.configuration.TerminalReports.Batch;
import dev.zhanggui.portal.configuration.TerminalReports.Birth;
import dev.zhanggui.portal.configuration.TerminalReports.Report;
import dev.zhanggui.portal.configuration.internal.Compiling;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Machine;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

class HaltedRolloutViewTest extends ViewTest {

    private static final AtomicInteger REGION = new AtomicInteger(10);

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    Rollouts rollouts;

    @Autowired
    TerminalReports reports;

    @Autowired
    TerminalConfigurations configurations;

    @Autowired
    Accounts accounts;

    @Autowired
    Fixtures fixtures;

    private StoreWithTerminals stores;
    private Compiling compiling;

    @BeforeEach
    void helpers() {
        stores = beans.createBean(StoreWithTerminals.class);
        compiling = beans.createBean(Compiling.class);
        compiling.bridgeIsHere();
    }

    @AfterEach
    void nothingIsLeftOnItsWay() {
        compiling.forgetRollouts();
    }

    @Test
    void a_halted_rollout_names_the_gate_and_leads_to_the_terminals_behind_the_number() {
        var region = "83%04d".formatted(REGION.incrementAndGet());
        var machine = stores.open(1, region, "restaurant").machine();
        compiling.all();
        record(new Batch(
                List.of(),
                List.of(),
                List.of(new Birth(machine.publicId(), ConfigurationVersion.NONE, null, "kit 1", "boot-1")),
                List.of()));
        say(machine, ReportStage.APPLIED, 0);
        var id = proposed(region);
        compiling.rollout(id);
        signIn(staff(Role.ADMIN));
        UI.getCurrent().navigate("fleet/rollouts/" + id.value());
        press("同意，先发 1 台");
        compiling.rollout(id);
        UI.getCurrent().navigate("fleet/rollouts/" + id.value());
        assertThat(text()).contains("走到这里", "在路上", "已生效至少 99.5%", "至少看 10 分钟", "没有机器出问题。");

        press("暂停");
        assertThat(rollouts.rollout(SYSTEM, id).state()).isEqualTo(RolloutState.RUNNING);
        press("暂停", 1);
        assertThat(field(TextArea.class, "为什么").isInvalid()).isTrue();
        test(field(TextArea.class, "为什么")).setValue("看看");
        press("暂停", 1);
        assertThat(rollouts.rollout(SYSTEM, id).state()).isEqualTo(RolloutState.PAUSED);
        assertThat(text()).contains("原因：看看");
        press("继续");
        test(field(TextArea.class, "为什么")).setValue("没事");
        press("继续", 1);

        say(machine, ReportStage.REJECTED, 401);
        clock.advance(Duration.ofSeconds(3));
        compiling.rollout(id);
        UI.getCurrent().navigate("fleet/rollouts/" + id.value());
        assertThat(text()).contains("没采用的太多，自己停下了", "存储满了");
        test($(NativeButton.class).all().stream()
                        .filter(it -> it.getAriaLabel().orElse("").equals("看这些收银机：存储满了 1 台"))
                        .findFirst()
                        .orElseThrow())
                .click();
        assertThat(text()).contains("巷口牛肉面 解放路店 · 柜台 1", "存储满了");
        // Others of the house see it, and cannot decide.
        signIn(staff(Role.AUDITOR));
        UI.getCurrent().navigate("fleet/rollouts/" + id.value());
        assertThat(text()).contains("没采用的太多，自己停下了");
        assertThat($(Button.class).all().stream().map(Button::getText)).doesNotContain("继续", "到此为止");
    }

    private RolloutId proposed(String region) {
        return ((Proposal.Proposed) rollouts.propose(
                        fixtures.staff(Role.ADMIN),
                        new NewRollout(RolloutKind.RESEND, null, RestrictionTarget.region(region), "换了钥匙")))
                .rollout()
                .id();
    }

    private AccountId staff(Role role) {
        return ((StaffCreation.Created) accounts.createStaff(
                        SYSTEM,
                        "v" + Long.toString(Ids.next(), 36),
                        "值班 " + role,
                        "correct horse battery",
                        Set.of(role)))
                .account();
    }

    private void press(String text) {
        press(text, 0);
    }

    /** @param which of those that say so, the page's before the dialog's */
    private void press(String text, int which) {
        var buttons = $(Button.class).all().stream()
                .filter(it -> it.getText().equals(text))
                .toList();
        test(buttons.get(Math.min(which, buttons.size() - 1))).click();
    }

    private <F extends Component & com.vaadin.flow.component.HasLabel> F field(Class<F> type, String label) {
        return $(type).all().stream()
                .filter(it -> label.equals(it.getLabel()))
                .findFirst()
                .orElseThrow();
    }

    private String text() {
        return ((Component) UI.getCurrent()
                        .getInternals()
                        .getActiveRouterTargetsChain()
                        .getFirst())
                .getElement()
                .getTextRecursively();
    }

    private void say(Machine machine, ReportStage stage, int code) {
        var configuration = configurations.of(SYSTEM, machine.id());
        record(new Batch(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Report(
                        machine.publicId(),
                        configuration.desired(),
                        Objects.requireNonNull(configuration.desiredDigest()),
                        stage,
                        code))));
    }

    private void record(Batch batch) {
        reports.record(SYSTEM, "bridge-1", batch);
    }
}
