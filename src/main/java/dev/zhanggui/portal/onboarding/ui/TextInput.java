package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.zhanggui.portal.onboarding.Application.FieldValue;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A typed field: saved while it is typed, ticked off as it becomes right, blamed for nothing before it is left. What was
 * typed right in an earlier visit and is personal comes back masked, with an eye and a pen.
 */
class TextInput extends PartInput {

    private static final int SAVE_AFTER_MILLIS = 400;

    /** A check that ticks as soon as none of its problems is left. */
    private record Tick(String key, Set<String> problems) {}

    private final Field field;
    private final TextField text = new TextField();
    private final UnorderedList ticks = new UnorderedList();
    private final List<ListItem> items = new ArrayList<>();
    private @Nullable String problem = "empty";

    TextInput(Field field, Drafting draft) {
        super(draft);
        this.field = field;
        text.setLabel(Labels.part(this, field));
        text.setMaxLength(field.maxLength());
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(SAVE_AFTER_MILLIS);
        text.addClassName("zg-wide");
        numeric();
        text.setAutocomplete(autocomplete());

        var kept = kept(field);
        if (kept != null) {
            problem = kept.problem();
            if (field.personal() && kept.problem() == null) {
                sealed(kept);
            } else {
                text.setValue(draft.own(field));
            }
        }
        text.addValueChangeListener(change -> {
            if (change.isFromClient() && !text.isReadOnly()) {
                typed(change.getValue());
            }
        });
        text.addBlurListener(blur -> blame(false));

        add(text);
        ticks.addClassName("zg-apply-ticks");
        for (var tick : ticksOf(field)) {
            var item = new ListItem(getTranslation(tick.key()));
            items.add(item);
            ticks.add(item);
        }
        if (!items.isEmpty()) {
            add(ticks);
        }
        showTicks();
    }

    @Override
    void showProblem() {
        blame(true);
        if (problem != null) {
            text.focus();
        }
    }

    @Override
    protected void take(String value) {
        var kept = kept(field);
        open(value);
        problem = kept == null ? "empty" : kept.problem();
        showTicks();
    }

    private void typed(String value) {
        var kept = save(field, value);
        if (kept == null) {
            return;
        }
        problem = kept.problem();
        if (problem == null) {
            text.setInvalid(false);
        }
        showTicks();
        hint(value);
    }

    /** Nothing typed yet is only blamed when the person wants to go on. */
    private void blame(boolean goingOn) {
        var wrong = problem;
        if (wrong == null || (wrong.equals("empty") && !goingOn)) {
            text.setInvalid(false);
            return;
        }
        text.setErrorMessage(Labels.problem(this, field, wrong));
        text.setInvalid(true);
    }

    /** Right and personal: masked until the owner asks to see or change it. */
    private void sealed(FieldValue kept) {
        text.setReadOnly(true);
        text.setValue(kept.shown());
        var eye = new Button(Glyph.EYE.icon());
        eye.addThemeVariants(ButtonVariant.TERTIARY);
        eye.setAriaLabel(getTranslation("onboarding.own.show"));
        eye.addClickListener(click -> {
            boolean masked = text.getValue().equals(kept.shown());
            text.setValue(masked ? draft.own(field) : kept.shown());
            eye.setAriaLabel(getTranslation(masked ? "onboarding.own.hide" : "onboarding.own.show"));
        });
        var pen = new Button(Glyph.PEN.icon(), click -> {
            open(draft.own(field));
            text.focus();
        });
        pen.addThemeVariants(ButtonVariant.TERTIARY);
        pen.setAriaLabel(getTranslation("onboarding.own.change"));
        text.setSuffixComponent(new Span(eye, pen));
    }

    private void open(String value) {
        text.setSuffixComponent(null);
        text.setReadOnly(false);
        text.setValue(value);
    }

    private void showTicks() {
        var list = ticksOf(field);
        for (int i = 0; i < list.size(); i++) {
            items.get(i).setClassName("done", problem == null || passed(list, i));
        }
    }

    /** The checks run in order: one is passed when the problem that is left belongs to a later one. */
    private boolean passed(List<Tick> list, int index) {
        for (int i = 0; i <= index; i++) {
            if (list.get(i).problems().contains(problem)) {
                return false;
            }
        }
        return list.stream().anyMatch(tick -> tick.problems().contains(problem));
    }

    /** Cards of 16 digits are mostly credit cards, and those cannot be paid out to; nobody is refused for a guess. */
    private void hint(String value) {
        boolean looksLikeCredit = field == Field.BANK_CARD
                && problem == null
                && value.replaceAll("\\D", "").length() == 16;
        if (looksLikeCredit) {
            say(
                    Meaning.ATTEND,
                    getTranslation("onboarding.card.maybeCredit"),
                    getTranslation("onboarding.card.maybeCredit.todo"));
        }
    }

    private void numeric() {
        var mode = switch (field) {
            case CONTACT_PHONE -> "tel";
            case BANK_CARD, CORPORATE_ACCOUNT -> "numeric";
            case WEB_LINK -> "url";
            default -> "text";
        };
        text.getElement().setAttribute("inputmode", mode);
        if (field == Field.RESIDENT_ID
                || field == Field.USCC
                || field == Field.BANK_CARD
                || field == Field.CONTACT_PHONE) {
            text.addClassName("zg-apply-number");
        }
    }

    private Autocomplete autocomplete() {
        return switch (field) {
            case CONTACT_PHONE -> Autocomplete.TEL_NATIONAL;
            case LEGAL_NAME -> Autocomplete.NAME;
            case ADDRESS -> Autocomplete.STREET_ADDRESS;
            default -> Autocomplete.OFF;
        };
    }

    private static List<Tick> ticksOf(Field field) {
        return switch (field) {
            case RESIDENT_ID ->
                List.of(
                        new Tick("onboarding.tick.id.length", Set.of("empty", "length", "long", "old15")),
                        new Tick(
                                "onboarding.tick.id.right",
                                Set.of("characters", "region", "date", "future", "checksum")),
                        new Tick("onboarding.tick.id.adult", Set.of("minor")));
            case CONTACT_PHONE ->
                List.of(
                        new Tick("onboarding.tick.phone.length", Set.of("empty", "length", "long")),
                        new Tick("onboarding.tick.phone.mobile", Set.of("notMobile")));
            case BANK_CARD ->
                List.of(
                        new Tick("onboarding.tick.card.length", Set.of("empty", "characters", "length", "long")),
                        new Tick("onboarding.tick.card.right", Set.of("checksum")));
            case USCC ->
                List.of(
                        new Tick("onboarding.tick.uscc.length", Set.of("empty", "length", "long", "old15")),
                        new Tick("onboarding.tick.uscc.right", Set.of("characters", "checksum")));
            default -> List.of();
        };
    }
}
