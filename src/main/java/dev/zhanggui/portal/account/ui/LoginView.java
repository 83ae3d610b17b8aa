package dev.zhanggui.portal.account.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.zhanggui.portal.account.SignIn;
import dev.zhanggui.portal.account.SignIn.CodeAnswer;
import dev.zhanggui.portal.account.SignIn.CodeRequest;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.Phone;
import org.springframework.beans.factory.annotation.Value;

/** Customers sign in by phone and one-time code; a first sign-in makes the account. What was typed stays typed. */
@Route("login")
@AnonymousAllowed
public class LoginView extends Div implements HasDynamicTitle, BeforeEnterObserver {

    private static final int CODE_LENGTH = 6;

    private final transient SignIn signIn;
    private final transient SessionStart sessions;
    private final transient AuthenticationContext authentication;
    private final TextField phone = new TextField();
    private final TextField code = new TextField();
    private final Span sentTo = new Span();
    private final Button send = new Button();
    private final Button enter = new Button();
    private final Button again = new Button();
    private final Div codeStep = new Div();

    public LoginView(
            SignIn signIn,
            SessionStart sessions,
            AuthenticationContext authentication,
            @Value("${zhanggui.demo:false}") boolean demo) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.authentication = authentication;
        addClassNames("zg-page", "zg-sign-in");

        phone.setLabel(getTranslation("account.phone"));
        phone.setId("phone");
        phone.setAutocomplete(Autocomplete.TEL_NATIONAL);
        phone.getElement().setAttribute("inputmode", "tel");
        phone.setMaxLength(24);
        phone.setAutofocus(true);
        phone.addClassName("zg-wide");
        phone.addKeyPressListener(Key.ENTER, key -> request());

        send.setText(getTranslation("account.code.send"));
        send.addThemeVariants(ButtonVariant.PRIMARY);
        send.addClassName("zg-wide");
        send.setDisableOnClick(true);
        send.addClickListener(click -> request());

        code.setLabel(getTranslation("account.code"));
        code.setId("code");
        code.getElement().setProperty("autocomplete", "one-time-code");
        code.getElement().setAttribute("inputmode", "numeric");
        code.setMaxLength(CODE_LENGTH + 2);
        code.addClassNames("zg-wide", "zg-code-field");
        code.addKeyPressListener(Key.ENTER, key -> check());

        enter.setText(getTranslation("account.enter"));
        enter.addThemeVariants(ButtonVariant.PRIMARY);
        enter.addClassName("zg-wide");
        enter.setDisableOnClick(true);
        enter.addClickListener(click -> check());

        again.setText(getTranslation("account.code.again"));
        again.addThemeVariants(ButtonVariant.TERTIARY);
        again.setDisableOnClick(true);
        again.addClickListener(click -> request());

        sentTo.addClassNames("zg-small", "zg-muted");
        sentTo.getElement().setAttribute("role", "status");
        codeStep.addClassName("zg-stack");
        codeStep.add(sentTo, code, enter, again);
        if (demo) {
            codeStep.add(demoHint());
        }
        codeStep.setVisible(false);

        var why = new Paragraph(getTranslation("account.login.why"));
        why.addClassName("zg-muted");
        var staff = new Anchor("staff/login", getTranslation("account.login.staff"));
        staff.addClassNames("zg-small", "zg-muted", "zg-sign-in-staff");
        add(new H1(getTranslation("account.login.title")), why, phone, send, codeStep, staff);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (authentication.isAuthenticated()) {
            event.forwardTo("welcome");
        }
    }

    private void request() {
        phone.setInvalid(false);
        send.setEnabled(true);
        again.setEnabled(true);
        switch (signIn.requestCode(phone.getValue(), sessions.address())) {
            case CodeRequest.Sent(var valid) -> {
                var masked = Phone.check(phone.getValue()) instanceof Checked.Valid<Phone>(var number)
                        ? number.masked()
                        : "";
                sentTo.setText(getTranslation("account.code.sent", masked, valid.toMinutes()));
                code.clear();
                code.setInvalid(false);
                codeStep.setVisible(true);
                send.setVisible(false);
                code.focus();
            }
            case CodeRequest.NotAPhone(var reason) -> refuse(phone, getTranslation("account.phone." + reason));
            case CodeRequest.Wait(var wait) ->
                refuse(
                        codeStep.isVisible() ? code : phone,
                        getTranslation("account.code.wait", WaitText.of(this, wait)));
        }
    }

    private void check() {
        code.setInvalid(false);
        enter.setEnabled(true);
        switch (signIn.enterCode(phone.getValue(), code.getValue(), sessions.address())) {
            case CodeAnswer.Welcome(var person) -> sessions.begin(UI.getCurrent(), person);
            case CodeAnswer.Wrong(var left) -> refuse(code, getTranslation("account.code.wrong", left));
            case CodeAnswer.Expired() -> refuse(code, getTranslation("account.code.expired"));
            case CodeAnswer.Wait(var wait) -> refuse(code, getTranslation("account.try.wait", WaitText.of(this, wait)));
            case CodeAnswer.Disabled() -> refuse(code, getTranslation("account.disabled"));
        }
    }

    private static void refuse(TextField field, String message) {
        field.setErrorMessage(message);
        field.setInvalid(true);
        field.focus();
    }

    private Div demoHint() {
        var link = new Anchor("demo/outbox", getTranslation("account.demo.outbox"));
        link.setTarget(AnchorTarget.BLANK);
        link.addClassName("zg-link");
        var hint = new Div(link);
        hint.addClassName("zg-small");
        return hint;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("account.login.title");
    }
}
