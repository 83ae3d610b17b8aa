package dev.zhanggui.portal.account.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.server.VaadinServletRequest;
import dev.zhanggui.portal.account.LiveAuthentication;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.notification.Outbox;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.support.ViewTest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.context.SecurityContextHolder;

class UC01SignInTest extends ViewTest {

    private static final AtomicInteger NEXT = new AtomicInteger(100);

    @Autowired
    Outbox outbox;

    private String phone = "";

    @BeforeEach
    void open() {
        phone = "1383333" + String.format("%04d", NEXT.incrementAndGet());
        navigate(LoginView.class);
    }

    private TextField field(String id) {
        return $(TextField.class).id(id);
    }

    private void press(String text) {
        test($(Button.class).withText(text).single()).click();
    }

    private void ask() {
        test(field("phone")).setValue(phone);
        press("获取验证码");
    }

    private String sentCode() {
        return outbox.latest(Optional.of(Phone.check(phone).orThrow()))
                .getFirst()
                .params()
                .getOrDefault("code", "");
    }

    @Test
    void theCodeFieldAppearsOnceACodeIsOnItsWayAndThePhoneStaysTyped() {
        assertThat($(TextField.class).all()).extracting(TextField::getLabel).containsExactly("手机号");
        ask();

        assertThat(field("phone").getValue()).isEqualTo(phone);
        assertThat($(Span.class)
                        .withText("验证码发到了 " + Phone.check(phone).orThrow().masked() + "，5 分钟内有效。")
                        .all())
                .hasSize(1);
        assertThat(field("code").isInvalid()).isFalse();
    }

    @Test
    void aPhoneWithADigitMissingIsToldSo() {
        test(field("phone")).setValue("1381234");
        press("获取验证码");

        assertThat(field("phone").getErrorMessage()).isEqualTo("手机号是 11 位，请再看一眼");
        assertThat(field("phone").isInvalid()).isTrue();
    }

    @Test
    void aWrongCodeSaysHowManyTriesAreLeft() {
        ask();
        test(field("code")).setValue(sentCode().equals("000000") ? "000001" : "000000");
        press("登录");

        assertThat(field("code").getErrorMessage()).isEqualTo("验证码不对，还能试 4 次");
        assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
    }

    @Test
    void anOldCodeAsksForANewOne() {
        ask();
        var code = sentCode();
        clock.advance(Duration.ofMinutes(5));
        test(field("code")).setValue(code);
        press("登录");

        assertThat(field("code").getErrorMessage()).isEqualTo("这个验证码不能用了，请点“再发一次”");
    }

    @Test
    void theRightCodeSignsInUnderAFreshSessionId() {
        ask();
        var before = VaadinServletRequest.getCurrent()
                .getHttpServletRequest()
                .getSession()
                .getId();
        test(field("code")).setValue(sentCode());
        press("登录");

        assertThat(SecurityContextHolder.getContext().getAuthentication())
                .isInstanceOfSatisfying(
                        LiveAuthentication.class,
                        person -> assertThat(person.roles()).containsExactly(Role.APPLICANT));
        assertThat(VaadinServletRequest.getCurrent()
                        .getHttpServletRequest()
                        .getSession()
                        .getId())
                .isNotEqualTo(before);
    }

    @Test
    void staffFindTheirOwnDoor() {
        assertThat($(Anchor.class).withText("我是工作人员").single().getHref()).isEqualTo("staff/login");
    }
}
