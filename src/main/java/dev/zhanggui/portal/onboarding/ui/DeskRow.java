package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Meaning;

/** One part on the desk: field, value, machine check, decision; the sentence for the customer sits under it. */
class DeskRow extends Div {

    private static final int LONGEST_SENTENCE = 200;

    /** What a row tells the desk. */
    interface Listener {
        void chosen(ApplicationPart part);

        void decided();
    }

    private final ApplicationPart part;
    private final DeskDecisions decisions;
    private final DeskCheck check;
    private final boolean editable;
    private final Span decision = new Span();
    private final Div keys = new Div();
    private final Div fix = new Div();
    private final TextField sentence = new TextField();
    private final Listener listener;

    DeskRow(
            ApplicationPart part,
            Component value,
            DeskCheck check,
            DeskDecisions decisions,
            boolean editable,
            Listener listener) {
        this.part = part;
        this.check = check;
        this.decisions = decisions;
        this.editable = editable;
        this.listener = listener;
        addClassName("desk-part");

        var label = new Span(Labels.part(this, part));
        label.addClassName("label");
        value.addClassName("value");
        var found = new Span(glyph(check.meaning()).icon(), new Span(check.text()));
        found.addClassNames("check", check.meaning().cssClass());
        decision.addClassName("decision");
        var pass = key("A", "desk.pass", this::pass);
        var giveBack = key("R", "desk.giveBack", this::giveBack);
        keys.add(pass, giveBack);
        keys.addClassName("keys");
        sentence.setAriaLabel(getTranslation("desk.sentence.label", Labels.part(this, part)));
        sentence.setPlaceholder(getTranslation("desk.sentence.placeholder"));
        sentence.setMaxLength(LONGEST_SENTENCE);
        sentence.addThemeName("small");
        sentence.setValueChangeMode(ValueChangeMode.LAZY);
        sentence.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                decisions.giveBack(part, change.getValue());
                show();
                listener.decided();
            }
        });
        var forCustomer = new Span(getTranslation("desk.sentence.for"));
        forCustomer.addClassName("zg-nowrap");
        fix.add(Glyph.STOP.icon(), forCustomer, sentence);
        fix.addClassName("fix");

        var line = new Div(label, value, found, decision, keys);
        line.addClassName("line");
        line.addClickListener(click -> listener.chosen(part));
        add(line, fix);
        decisions.fix(part).ifPresent(sentence::setValue);
        show();
    }

    ApplicationPart part() {
        return part;
    }

    void pass() {
        if (editable) {
            decisions.pass(part);
            sentence.clear();
            show();
            listener.decided();
        }
    }

    /** Opens the sentence; a proposal stands there, ready to be changed. */
    void giveBack() {
        if (editable) {
            if (decisions.fix(part).isEmpty()) {
                var proposal = getTranslation("desk.fix." + part.name());
                decisions.giveBack(part, proposal);
                sentence.setValue(proposal);
            }
            show();
            sentence.focus();
            listener.decided();
        }
    }

    final void show() {
        boolean current = editable && decisions.current().filter(part::equals).isPresent();
        var given = decisions.fix(part);
        setClassName("current", current);
        keys.setVisible(current);
        decision.setVisible(!current);
        fix.setVisible(given.isPresent());
        var meaning = given.isPresent()
                ? Meaning.STOP
                : decisions.isPassed(part) || check.meaning() == Meaning.OPEN ? Meaning.OPEN : Meaning.ATTEND;
        decision.setText(getTranslation(
                switch (meaning) {
                    case OPEN -> "desk.decision.passed";
                    case STOP -> "desk.decision.givenBack";
                    case ATTEND, CLOSED -> "desk.decision.open";
                }));
        for (var other : Meaning.values()) {
            decision.setClassName("zg-" + other.cssClass(), other == meaning);
        }
    }

    private Button key(String key, String text, Runnable action) {
        var cap = new Span(key);
        cap.addClassName("desk-key");
        cap.getElement().setAttribute("aria-hidden", "true");
        var button = new Button(getTranslation(text), click -> action.run());
        button.setPrefixComponent(cap);
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        return button;
    }

    private static Glyph glyph(Meaning meaning) {
        return switch (meaning) {
            case OPEN -> Glyph.CHECK;
            case ATTEND, CLOSED -> Glyph.WARN;
            case STOP -> Glyph.STOP;
        };
    }
}
