package dev.zhanggui.portal.configuration.ui;

import static dev.zhanggui.portal.configuration.internal.StoreWithTerminals.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.Fleet;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.configuration.TerminalReports;
import dev.zhanggui.portal.configuration.TerminalReports.Batch;
import dev.zhanggui.portal.configuration.TerminalReports.Birth;
import dev.zhanggui.portal.configuration.TerminalReports.Report;
import dev.zhanggui.portal.configuration.internal.Compiling;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Machine;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.uikit.EmptyState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

class FleetViewTest extends ViewTest {

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    TerminalReports reports;

    @Autowired
    TerminalConfigurations configurations;

    @Autowired
    Terminals terminals;

    @Autowired
    Fleet fleet;

    @Autowired
    Accounts accounts;

    private StoreWithTerminals stores;
    private Compiling compiling;

    @BeforeEach
    void helpers() {
        stores = beans.createBean(StoreWithTerminals.class);
        compiling = beans.createBean(Compiling.class);
        compiling.bridgeIsHere();
    }

    @Test
    void every_terminal_is_counted_once_and_a_refused_one_is_found_by_its_code_and_serial_and_sent_again() {
        var before = counted();
        var machines = stores.open(5).machines();
        compiling.all();
        // One never came; the others are here.
        machines.subList(1, 5).forEach(this::born);
        clock.advance(Duration.ofMillis(130));
        say(machines.get(1), ReportStage.APPLIED, 0);
        say(machines.get(2), ReportStage.VERIFIED, 0);
        say(machines.get(3), ReportStage.REJECTED, 401);
        var now = counted();
        assertThat(Fleet.State.values())
                .allSatisfy(state -> assertThat(now.in(state) - before.in(state))
                        .as(state.name())
                        .isEqualTo(1));

        signIn(staff(Role.SERVICE));
        UI.getCurrent().navigate("fleet");
        assertThat(step("没采用")).contains(Integer.toString(now.in(Fleet.State.REJECTED)));
        press("看这些收银机：401 存储满了");
        assertThat(text()).contains("存储满了，照旧用上一版", "清理机器的存储，再发一次。");

        var serial = terminals.terminal(SYSTEM, machines.get(3).id()).serial().value();
        UI.getCurrent()
                .navigate("fleet", QueryParameters.simple(Map.of("state", "REJECTED", "code", "401", "q", serial)));
        assertThat(text()).contains(serial);
        test($(Button.class).withText("再发一次").single()).click();
        assertThat(configurations.of(SYSTEM, machines.get(3).id()).status()).isInstanceOf(SyncStatus.Sending.class);

        // Found by its serial, but not where it was looked for.
        UI.getCurrent().navigate("fleet", QueryParameters.simple(Map.of("state", "OFFLINE", "q", serial)));
        assertThat($(EmptyState.class).single().getElement().getTextRecursively())
                .contains("没找到");
    }

    @Test
    void an_edit_to_a_connected_terminal_counts_with_the_time_it_took() {
        var machine = stores.open(1).machine();
        compiling.all();
        born(machine);
        say(machine, ReportStage.APPLIED, 0);
        var before = counted().delay().counts().getOrDefault(Duration.ofMillis(245), 0);
        terminals.rename(
                SYSTEM,
                machine.id(),
                "吧台",
                terminals.terminal(SYSTEM, machine.id()).version());
        compiling.all();
        clock.advance(Duration.ofMillis(247));
        say(machine, ReportStage.APPLIED, 0);

        assertThat(counted().delay().counts()).containsEntry(Duration.ofMillis(245), before + 1);
    }

    private Fleet.Overview counted() {
        compiling.countTheFleet();
        return fleet.overview(SYSTEM);
    }

    @Test
    void whoever_looks_between_two_counts_shares_the_last_one() {
        var machine = stores.open(1).machine();
        compiling.all();
        var before = counted();
        born(machine);
        clock.advance(Duration.ofSeconds(5));
        assertThat(fleet.overview(SYSTEM).in(Fleet.State.OFFLINE)).isEqualTo(before.in(Fleet.State.OFFLINE));
        assertThat(counted().in(Fleet.State.OFFLINE)).isEqualTo(before.in(Fleet.State.OFFLINE) - 1);
    }

    @Test
    void an_unknown_state_or_code_in_the_address_shows_the_overview() {
        signIn(staff(Role.AUDITOR));
        UI.getCurrent().navigate("fleet", QueryParameters.simple(Map.of("state", "NONSENSE", "code", "x")));
        assertThat(text()).contains("全部收银机", "从改动到生效");
        assertThat($(TextField.class).exists()).isFalse();
    }

    @Test
    void what_is_wrong_is_said_with_what_to_do_and_who_sees_to_it() {
        clock.advance(Duration.ofSeconds(16));
        compiling.lookAtAlerts();
        clock.advance(Duration.ofSeconds(10));
        compiling.lookAtAlerts();
        signIn(staff(Role.SERVICE));
        UI.getCurrent().navigate("fleet");
        assertThat(text()).contains("联系不上网桥（26 秒没动静）", "看 device-bridge 进程在不在");
        test($(Button.class).withText("我来处理").first()).click();
        assertThat(text()).contains("在处理");

        compiling.bridgeIsHere();
        compiling.lookAtAlerts();
        UI.getCurrent().navigate("fleet");
        assertThat(text()).contains("联系不上网桥：").contains("已经好了");
    }

    private AccountId staff(Role role) {
        var login = "f" + Long.toString(Ids.next(), 36);
        return ((StaffCreation.Created)
                        accounts.createStaff(SYSTEM, login, "值班 " + role, "correct horse battery", Set.of(role)))
                .account();
    }

    private void press(String label) {
        var button = $(NativeButton.class).all().stream()
                .filter(it -> it.getAriaLabel().orElse("").startsWith(label))
                .findFirst()
                .orElseThrow();
        test(button).click();
    }

    private String step(String name) {
        return $(NativeButton.class).all().stream()
                .filter(it -> it.getAriaLabel().orElse("").startsWith("看这些收银机：" + name))
                .map(it -> it.getElement().getTextRecursively())
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

    private void born(Machine machine) {
        record(new Batch(
                List.of(),
                List.of(),
                List.of(new Birth(machine.publicId(), ConfigurationVersion.NONE, null, "kit 1", "boot-1")),
                List.of()));
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
