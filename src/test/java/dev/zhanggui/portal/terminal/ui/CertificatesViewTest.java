package dev.zhanggui.portal.terminal.ui;

import static dev.zhanggui.portal.configuration.internal.StoreWithTerminals.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.QueryParameters;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.certificate.RequestedKey;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Machine;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Csrs;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.terminal.CloneWatch;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import dev.zhanggui.portal.terminal.TerminalCertificates.Given;
import dev.zhanggui.portal.terminal.Terminals;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

class CertificatesViewTest extends ViewTest {

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    TerminalCertificates certificates;

    @Autowired
    CloneWatch clones;

    @Autowired
    Terminals terminals;

    @Autowired
    Accounts accounts;

    private Machine machine;
    private String serial;

    @BeforeEach
    void aMachine() {
        machine = beans.createBean(StoreWithTerminals.class).open(1).machine();
        serial = terminals.terminal(SYSTEM, machine.id()).serial().value();
    }

    @Test
    void a_terminal_without_a_certificate_and_then_with_one_that_is_used_and_then_ends() {
        signIn(staff(Role.SERVICE));
        look("WITHOUT");
        assertThat(text()).contains(serial, "用口令连", "没有要过证书");
        assertThat($(Button.class).withText("收回证书").exists()).isFalse();

        var given = give();
        look("WITHOUT");
        assertThat(text()).contains("没找到");
        look("ALL");
        assertThat(text()).contains("还没用过", "还没用它连过", "有效到 6月14日");

        use(given);
        look("ALL");
        assertThat(text()).contains("正常", "第一次用");
        look("ENDING");
        assertThat(text()).contains("没找到");

        clock.set(given.notAfter().minus(Duration.ofDays(7)));
        signIn(staff(Role.SERVICE));
        look("ENDING");
        assertThat(text()).contains(serial, "快到期");
        clock.set(given.notAfter());
        signIn(staff(Role.SERVICE));
        look("ENDING");
        assertThat(text()).contains(serial, "已到期", "要等机器自己换新的");
        assertThat($(Button.class).withText("收回证书").exists()).isFalse();
        give();
        look("ENDING");
        assertThat(text()).contains("没找到");
    }

    @Test
    void it_is_withdrawn_with_a_reason_after_a_second_look_and_stays_out() {
        var given = give();
        signIn(staff(Role.SERVICE));
        look("ALL");

        test($(Button.class).withText("收回证书").single()).click();
        var dialog = $(Dialog.class).single();
        assertThat(dialog.getElement().getTextRecursively()).contains("几秒内它就连不上了");
        test($(Button.class).withText("收回 柜台 1 的证书").single()).click();
        assertThat($(TextArea.class).single().isInvalid()).isTrue();
        assertThat(use(given)).isTrue();
        assertThat($(Checkbox.class).single().getValue()).isFalse();

        test($(TextArea.class).single()).setValue("店里说机器丢过一晚");
        test($(Button.class).withText("收回 柜台 1 的证书").single()).click();

        assertThat(use(given)).isFalse();
        assertThat(text()).contains("收回了", "店里说机器丢过一晚", "解绑并重新激活以后才能再连");
        assertThat($(Button.class).withText("收回证书").exists()).isFalse();
        assertThat(certificates.give(SYSTEM, machine.id(), "key-of-" + serial, key()))
                .isEqualTo(new Given.Nothing(TerminalCertificates.Why.WITHDRAWN));
        look("WITHDRAWN");
        assertThat(text()).contains(serial);
    }

    @Test
    void it_may_be_allowed_to_fetch_another_one_and_the_earlier_ones_are_told() {
        give();
        signIn(staff(Role.ADMIN));
        look("ALL");
        test($(Button.class).withText("收回证书").single()).click();
        test($(TextArea.class).single()).setValue("密钥外泄");
        test($(Checkbox.class).single()).click();
        test($(Button.class).withText("收回 柜台 1 的证书").single()).click();
        assertThat(text()).contains("机器可以自己再领一张");

        use(give());
        look("ALL");
        var details = $(Details.class).single();
        details.setOpened(true);
        assertThat(text()).contains("正常");
        assertThat(details.getContent().map(it -> it.getElement().getTextRecursively()))
                .singleElement()
                .asString()
                .contains("密钥外泄", "编号");
    }

    @Test
    void what_may_be_copied_is_found_and_said() {
        give();
        for (var boot : List.of("A", "B", "A", "B")) {
            clock.advance(Duration.ofSeconds(20));
            clones.born(SYSTEM, List.of(new CloneWatch.Born(machine.publicId(), boot, clock.instant())));
        }
        signIn(staff(Role.SERVICE));
        look("SUSPECTED");
        assertThat(text()).contains(serial, "可能被复制", "两台机器轮流用它的身份连上来");

        clock.advance(CloneWatch.SHOWN_FOR.plusSeconds(1));
        signIn(staff(Role.SERVICE));
        look("SUSPECTED");
        assertThat(text()).contains("没找到");
    }

    @Test
    void who_only_reads_cannot_withdraw_and_nonsense_in_the_address_shows_all() {
        give();
        signIn(staff(Role.AUDITOR));
        look("NONSENSE");
        assertThat(text()).contains(serial);
        assertThat($(Button.class).withText("收回证书").exists()).isFalse();
        var pressed = $(NativeButton.class).all().stream()
                .filter(it -> "true".equals(it.getElement().getAttribute("aria-pressed")))
                .map(NativeButton::getText);
        assertThat(pressed).containsExactly("全部");
    }

    @Test
    void found_by_the_beginning_of_the_stores_name_too() {
        give();
        signIn(staff(Role.SERVICE));
        UI.getCurrent().navigate("fleet/certificates", QueryParameters.simple(Map.of("q", "巷口牛肉面")));
        assertThat(text()).contains("巷口牛肉面");
        UI.getCurrent().navigate("fleet/certificates", QueryParameters.simple(Map.of("q", "没有这家店")));
        assertThat(text()).contains("没找到");
    }

    private void look(String show) {
        UI.getCurrent().navigate("fleet/certificates", QueryParameters.simple(Map.of("show", show, "q", serial)));
    }

    private Given.Certificate give() {
        return (Given.Certificate) certificates.give(SYSTEM, machine.id(), "key-of-" + serial, key());
    }

    private static RequestedKey key() {
        return RequestedKey.check(Csrs.fresh()).orThrow();
    }

    private boolean use(Given.Certificate given) {
        try {
            var thumbprint = MessageDigest.getInstance("SHA-256").digest(given.der());
            return certificates.accepts(
                    SYSTEM,
                    machine.publicId(),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private AccountId staff(Role role) {
        var login = "c" + Long.toString(Ids.next(), 36);
        return ((StaffCreation.Created)
                        accounts.createStaff(SYSTEM, login, "值班 " + role, "correct horse battery", Set.of(role)))
                .account();
    }

    private String text() {
        return ((Component) UI.getCurrent()
                        .getInternals()
                        .getActiveRouterTargetsChain()
                        .getFirst())
                .getElement()
                .getTextRecursively();
    }
}
