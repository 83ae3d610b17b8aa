package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.terminal.Activations.Outcome;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.Section;
import java.util.Locale;
import java.util.function.BiFunction;

/** The code on the machine's screen, typed once; every failure is answered by its cause and the one thing to do. */
class ActivationPanel extends Div {

    private final TextField code = new TextField();
    private final TextField seat = new TextField();
    private final Div answer = new Div();
    private final transient BiFunction<String, String, Outcome> activate;
    private final transient Runnable done;
    private final transient HumanTime time;

    /** @param activate by code and seat */
    ActivationPanel(BiFunction<String, String, Outcome> activate, Runnable done, HumanTime time) {
        this.activate = activate;
        this.done = done;
        this.time = time;
        code.setLabel(getTranslation("onboarding.activate.code"));
        code.setHelperText(getTranslation("onboarding.activate.code.where"));
        code.setPlaceholder("ABCD-EFGH");
        code.setMaxLength(20);
        code.setAutocomplete(Autocomplete.OFF);
        code.getElement().setAttribute("autocapitalize", "characters");
        code.addClassNames("zg-wide", "zg-apply-number");
        seat.setLabel(getTranslation("onboarding.activate.seat"));
        seat.setHelperText(getTranslation("onboarding.activate.seat.why"));
        seat.setValue(getTranslation("onboarding.activate.seat.default"));
        seat.setMaxLength(20);
        seat.addClassName("zg-wide");
        answer.getElement().setAttribute("role", "alert");
        var button = new Button(getTranslation("onboarding.activate"), click -> submit());
        button.addThemeVariants(ButtonVariant.PRIMARY);
        button.addClassName("zg-wide");
        var how = new Paragraph(getTranslation("onboarding.activate.how"));
        how.addClassName("zg-muted");
        var stack = new Div(how, code, seat, answer, button);
        stack.addClassName("zg-stack");
        add(new Section(getTranslation("onboarding.activate.title"), stack));
    }

    private void submit() {
        answer.removeAll();
        var typed = code.getValue().strip().toUpperCase(Locale.ROOT);
        var place = seat.getValue().strip();
        code.setErrorMessage(getTranslation("onboarding.activate.code.missing"));
        code.setInvalid(typed.isEmpty());
        seat.setErrorMessage(getTranslation("onboarding.check.empty"));
        seat.setInvalid(place.isEmpty());
        if (typed.isEmpty() || place.isEmpty()) {
            return;
        }
        switch (activate.apply(typed, place)) {
            case Outcome.Activated activated -> done.run();
            case Outcome.UnknownCode() -> say(Meaning.ATTEND, "UnknownCode");
            case Outcome.Expired() -> say(Meaning.ATTEND, "Expired");
            case Outcome.BoundElsewhere() -> say(Meaning.STOP, "BoundElsewhere");
            case Outcome.NotShippedToYou() -> say(Meaning.STOP, "NotShippedToYou");
            case Outcome.NotReceived(var serial) -> say(Meaning.ATTEND, "NotReceived", serial.value());
            case Outcome.Frozen() -> say(Meaning.STOP, "Frozen");
            case Outcome.TooManyTries(var until) -> say(Meaning.ATTEND, "TooManyTries", time.moment(until));
        }
    }

    private void say(Meaning meaning, String outcome, Object... params) {
        answer.add(new Note(meaning, getTranslation("terminal.activation." + outcome, params), null));
    }
}
