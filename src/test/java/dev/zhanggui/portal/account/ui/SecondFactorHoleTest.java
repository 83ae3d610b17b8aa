package dev.zhanggui.portal.account.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.account.SecondFactor;
import dev.zhanggui.portal.account.SignIn;
import dev.zhanggui.portal.account.TestTotp;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shell.MyView;
import dev.zhanggui.portal.shell.NoRightView;
import dev.zhanggui.portal.support.ViewTest;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The attack: sign in with the password alone, then navigate inside the loaded login page to a staff page. Rules on URLs never
 * see that navigation, so it must fail on the page itself.
 */
class SecondFactorHoleTest extends ViewTest {

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    Accounts accounts;

    @Autowired
    SignIn signIn;

    @Autowired
    CurrentActor actors;

    private String login = "";
    private AccountId admin = new AccountId(0);
    private String secret = "";

    @BeforeEach
    void anEnrolledAdministrator() {
        login = "h" + Long.toString(Ids.next(), 36);
        admin = ((StaffCreation.Created)
                        accounts.createStaff(Actor.system("test"), login, "小满", PASSWORD, Set.of(Role.ADMIN)))
                .account();
        var half = new SignIn.HalfSignedIn(admin, clock.instant());
        secret = signIn.startEnrolment(half).secret();
        assertThat(signIn.confirmEnrolment(half, TestTotp.code(secret, clock.instant())))
                .isInstanceOf(SignIn.FactorAnswer.Welcome.class);
        clock.advance(Duration.ofMinutes(1));
    }

    private void enterPassword() {
        navigate(StaffLoginView.class);
        test($(TextField.class).id("login")).setValue(login);
        test($(PasswordField.class).id("password")).setValue(PASSWORD);
        test($(Button.class).withText("下一步").single()).click();
    }

    @Test
    void afterThePasswordAloneAClientSideNavigationOpensNoStaffPage() {
        enterPassword();
        assertThat($(TextField.class).id("factor").getLabel()).isEqualTo("6 位数字");

        UI.getCurrent().navigate("admin/staff");

        assertThat(getCurrentView()).isNotInstanceOf(StaffView.class);
        assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
        assertThat(actors.find()).isEmpty();
    }

    @Test
    void aSessionWithOnlyThePasswordFactorOpensNothingAndHasNoRole() {
        signIn(admin, FactorGrantedAuthority.PASSWORD_AUTHORITY);

        UI.getCurrent().navigate("admin/staff");
        assertThat(getCurrentView()).isInstanceOf(NoRightView.class);
        UI.getCurrent().navigate("me");
        assertThat(getCurrentView()).isInstanceOf(NoRightView.class);
        assertThat(actors.get().roles()).isEmpty();
    }

    @Test
    void withBothFactorsThePageOpens() {
        signIn(admin, FactorGrantedAuthority.PASSWORD_AUTHORITY, SecondFactor.AUTHORITY);

        UI.getCurrent().navigate("admin/staff");
        assertThat(getCurrentView()).isInstanceOf(StaffView.class);
        UI.getCurrent().navigate("me");
        assertThat(getCurrentView()).isInstanceOf(MyView.class);
    }

    @Test
    void theRightCodeEndsTheStepAndAWrongOneSaysSo() {
        enterPassword();
        var code = TestTotp.code(secret, clock.instant());
        test($(TextField.class).id("factor")).setValue(code.equals("000000") ? "000001" : "000000");
        test($(Button.class).withText("登录").single()).click();
        assertThat($(TextField.class).id("factor").getErrorMessage()).startsWith("数字不对");

        test($(TextField.class).id("factor")).setValue(code);
        test($(Button.class).withText("登录").single()).click();
        assertThat(actors.get().roles()).containsExactly(Role.ADMIN);
    }

    @Test
    void aCustomerCannotOpenTheStaffList() {
        var person = accounts.ensurePerson(
                Actor.system("test"),
                dev.zhanggui.portal.shared.Phone.check("13844440001").orThrow());
        signIn(person, FactorGrantedAuthority.OTT_AUTHORITY);

        UI.getCurrent().navigate("admin/staff");
        assertThat(getCurrentView()).isInstanceOf(NoRightView.class);
    }
}
