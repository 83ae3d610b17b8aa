package dev.zhanggui.portal.account.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.zhanggui.portal.account.SignIn;
import dev.zhanggui.portal.account.SignIn.FactorAnswer;
import dev.zhanggui.portal.account.SignIn.HalfSignedIn;
import dev.zhanggui.portal.account.SignIn.PasswordAnswer;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.QrPicture;

/**
 * Staff sign in by login name and password, then by a code from their authenticator. Between the two nobody is signed in: what
 * is known so far lives in this page only, so no navigation can use it.
 */
@Route("staff/login")
@AnonymousAllowed
public class StaffLoginView extends Div implements HasDynamicTitle, BeforeEnterObserver {

    private final transient SignIn signIn;
    private final transient SessionStart sessions;
    private final transient AuthenticationContext authentication;
    private final Div step = new Div();

    public StaffLoginView(SignIn signIn, SessionStart sessions, AuthenticationContext authentication) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.authentication = authentication;
        addClassNames("zg-page", "zg-sign-in");
        step.addClassName("zg-stack");
        add(new H1(getTranslation("account.staff.title")), step);
        askPassword("");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (authentication.isAuthenticated()) {
            event.forwardTo("welcome");
        }
    }

    private void askPassword(String refusal) {
        var login = new TextField(getTranslation("account.staff.login"));
        login.setId("login");
        login.setAutocomplete(Autocomplete.USERNAME);
        login.setMaxLength(40);
        login.addClassName("zg-wide");
        login.setAutofocus(true);
        var password = new PasswordField(getTranslation("account.staff.password"));
        password.setId("password");
        password.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
        password.setMaxLength(72);
        ComponentTexts.speak(password);
        password.addClassName("zg-wide");
        var enter = primary("account.staff.next");
        Runnable submit = () -> {
            enter.setEnabled(true);
            password.setInvalid(false);
            switch (signIn.enterPassword(login.getValue(), password.getValue(), sessions.address())) {
                case PasswordAnswer.Welcome(var person) -> sessions.begin(UI.getCurrent(), person);
                case PasswordAnswer.NeedsSecondFactor(var half) -> askFactor(half);
                case PasswordAnswer.NeedsEnrolment(var half) -> enrol(half);
                case PasswordAnswer.Wrong() -> refuse(password, getTranslation("account.staff.wrong"));
                case PasswordAnswer.Wait(var wait) ->
                    refuse(password, getTranslation("account.try.wait", WaitText.of(this, wait)));
            }
        };
        enter.addClickListener(click -> submit.run());
        password.addKeyPressListener(Key.ENTER, key -> submit.run());
        var customers = new Anchor("login", getTranslation("account.staff.customers"));
        customers.addClassNames("zg-small", "zg-muted", "zg-sign-in-staff");
        show(login, password, enter, customers);
        if (!refusal.isEmpty()) {
            refuse(password, refusal);
        }
    }

    private static void refuse(PasswordField field, String message) {
        field.setErrorMessage(message);
        field.setInvalid(true);
        field.focus();
    }

    private void askFactor(HalfSignedIn half) {
        var explain = new Paragraph(getTranslation("account.factor.explain"));
        explain.addClassName("zg-muted");
        var code = codeField();
        var enter = primary("account.enter");
        Runnable submit = () -> {
            enter.setEnabled(true);
            answer(code, signIn.enterSecondFactor(half, code.getValue()));
        };
        enter.addClickListener(click -> submit.run());
        code.addKeyPressListener(Key.ENTER, key -> submit.run());
        show(explain, code, enter);
        code.focus();
    }

    private void enrol(HalfSignedIn half) {
        var enrolment = signIn.startEnrolment(half);
        var explain = new Paragraph(getTranslation("account.enrol.explain"));
        var secret = new Span(enrolment.secret());
        secret.setId("secret");
        secret.addClassNames("zg-mono", "zg-l");
        var box = new Div(secret);
        box.addClassNames("zg-card", "sunken");
        var open = new Anchor(enrolment.uri(), getTranslation("account.enrol.open"));
        open.getElement().setAttribute("router-ignore", true);
        open.addClassName("zg-link");
        var code = codeField();
        var enter = primary("account.enrol.confirm");
        Runnable submit = () -> {
            enter.setEnabled(true);
            answer(code, signIn.confirmEnrolment(half, code.getValue()));
        };
        enter.addClickListener(click -> submit.run());
        code.addKeyPressListener(Key.ENTER, key -> submit.run());
        var picture = new QrPicture(enrolment.uri(), getTranslation("account.enrol.picture"));
        picture.addClassNames("zg-card", "zg-enrol-picture");
        show(explain, picture, box, open, code, enter);
    }

    private void answer(TextField code, FactorAnswer answer) {
        code.setInvalid(false);
        switch (answer) {
            case FactorAnswer.Welcome(var person) -> sessions.begin(UI.getCurrent(), person);
            case FactorAnswer.Wrong() -> refuse(code, getTranslation("account.factor.wrong"));
            case FactorAnswer.StartOver() -> askPassword(getTranslation("account.factor.startOver"));
            case FactorAnswer.Wait(var wait) ->
                refuse(code, getTranslation("account.try.wait", WaitText.of(this, wait)));
        }
    }

    private static void refuse(TextField field, String message) {
        field.setErrorMessage(message);
        field.setInvalid(true);
        field.focus();
    }

    private TextField codeField() {
        var code = new TextField(getTranslation("account.factor.code"));
        code.setId("factor");
        code.getElement().setProperty("autocomplete", "one-time-code");
        code.getElement().setAttribute("inputmode", "numeric");
        code.setMaxLength(8);
        code.addClassNames("zg-wide", "zg-code-field");
        return code;
    }

    private Button primary(String key) {
        var button = new Button(getTranslation(key));
        button.addThemeVariants(ButtonVariant.PRIMARY);
        button.addClassName("zg-wide");
        button.setDisableOnClick(true);
        return button;
    }

    private void show(Component... components) {
        step.removeAll();
        step.add(components);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("account.staff.title");
    }
}
