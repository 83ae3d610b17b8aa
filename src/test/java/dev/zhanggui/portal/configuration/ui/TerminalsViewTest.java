package dev.zhanggui.portal.configuration.ui;

import static dev.zhanggui.portal.configuration.internal.StoreWithTerminals.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.internal.MockVaadin;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.configuration.TerminalReports;
import dev.zhanggui.portal.configuration.TerminalReports.Batch;
import dev.zhanggui.portal.configuration.TerminalReports.Birth;
import dev.zhanggui.portal.configuration.TerminalReports.Report;
import dev.zhanggui.portal.configuration.internal.Compiling;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Machine;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Opened;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shell.NoRightView;
import dev.zhanggui.portal.support.ViewTest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

@Timeout(60)
class TerminalsViewTest extends ViewTest {

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    TerminalReports reports;

    @Autowired
    TerminalConfigurations configurations;

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
    void a_terminal_in_step_says_version_and_second() {
        var opened = opened(1);
        born(opened.machine());
        say(opened.machine(), ReportStage.APPLIED, 0);
        open(opened);
        assertThat($(H2.class).single().getText()).isEqualTo("柜台 1");
        assertThat(badge()).isEqualTo("已同步 | 第 1 版，10:00:00 生效");
    }

    @Test
    void the_badge_turns_without_a_reload_when_the_terminal_proves_it() {
        var opened = opened(1);
        born(opened.machine());
        open(opened);
        assertThat(badge()).isEqualTo("正在同步 | 第 1 版在路上，10:00:00 改的");
        clock.advance(Duration.ofMillis(130));
        say(opened.machine(), ReportStage.APPLIED, 0);
        until(() -> badge().startsWith("已同步"));
        test($(Details.class).single()).openDetails();
        assertThat($(ListItem.class).single().getElement().getTextRecursively())
                .startsWith("第 1 版改后 130 毫秒生效启用了这台机器，系统");
    }

    @Test
    void a_refusal_says_number_cause_and_one_action_and_the_action_sends_again() {
        var opened = opened(1);
        born(opened.machine());
        say(opened.machine(), ReportStage.REJECTED, 104);
        open(opened);
        assertThat(badge()).isEqualTo("没采用 | 拒绝 104：签名不对，没有采用，照旧用上一版");
        test($(Button.class).withText("再发一次").single()).click();
        until(() -> badge().startsWith("正在同步"));
        assertThat($(Button.class).withText("再发一次").exists()).isFalse();
    }

    @Test
    void a_code_of_a_newer_terminal_still_reads_as_a_sentence() {
        var opened = opened(1);
        born(opened.machine());
        say(opened.machine(), ReportStage.REJECTED, 999);
        open(opened);
        assertThat(badge()).isEqualTo("没采用 | 拒绝 999：机器报了不认识的代码，照旧用上一版");
    }

    @Test
    void a_terminal_that_never_came_says_what_to_check() {
        open(opened(1));
        assertThat(badge()).isEqualTo("离线 | 还没连上过，请接通电源和网络");
    }

    @Test
    void a_lost_bridge_is_said_once_above_and_at_each_terminal_that_waits() {
        var opened = opened(1);
        born(opened.machine());
        clock.advance(Duration.ofMinutes(3));
        open(opened);
        assertThat($(BridgeBanner.class).single().getElement().getTextRecursively())
                .isEqualTo("自 10:00:00 联系不上同步服务收银机照常收款。您的改动已经保存，恢复后自动送到，不用重做。");
        assertThat(badge()).isEqualTo("等待同步 | 自 10:00:00 联系不上同步服务，改动都留着");
        compiling.bridgeIsHere();
        until(() -> badge().startsWith("正在同步"));
    }

    @Test
    void a_shop_without_terminals_is_told_the_first_step() {
        open(opened(0));
        assertThat($(H3.class).single().getText()).isEqualTo("还没有启用的收银机");
    }

    @Test
    void it_speaks_english_too() {
        var opened = opened(1);
        born(opened.machine());
        say(opened.machine(), ReportStage.APPLIED, 0);
        UI.getCurrent().setLocale(Locale.ENGLISH);
        open(opened);
        assertThat(badge()).isEqualTo("In step | Version 1, applied 10:00:00");
    }

    @Test
    void somebody_without_a_shop_has_no_business_here() {
        signIn(accounts.ensurePerson(SYSTEM, Phone.check("13744440000").orThrow()));
        UI.getCurrent().navigate("merchant/terminals");
        assertThat(getCurrentView()).isInstanceOf(NoRightView.class);
    }

    private Opened opened(int machines) {
        var opened = stores.open(machines);
        compiling.all();
        return opened;
    }

    private void open(Opened opened) {
        signIn(opened.owner().accountId());
        navigate(TerminalsView.class);
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

    private String badge() {
        return $(TerminalBadge.class)
                .single()
                .getChildren()
                .map(it -> it.getElement().getText())
                .reduce((a, b) -> a + " | " + b)
                .orElseThrow();
    }

    /** Pushes come on a thread of their own; a round trip lets them in. Ends with the test's time-out at the latest. */
    private static void until(BooleanSupplier seen) {
        while (!seen.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("pushed in time")
                    .isFalse();
            MockVaadin.clientRoundtrip();
            Thread.onSpinWait();
        }
    }
}
