package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import dev.zhanggui.portal.onboarding.Application.FieldValue;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.SaveOutcome;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import org.jspecify.annotations.Nullable;

/** One input of a question: saves what it is given at once, and can say what is still wrong with it. */
abstract class PartInput extends Div {

    protected final transient Drafting draft;

    /** What needs a decision or went wrong; stays until it is settled. */
    private final Div message = new Div();

    private int version;

    protected PartInput(Drafting draft) {
        this.draft = draft;
        addClassNames("zg-stack", "zg-apply-input");
        message.addClassNames("zg-stack");
        message.getElement().setAttribute("role", "alert");
    }

    static PartInput of(ApplicationPart part, Drafting draft) {
        var input = switch (part) {
            case Field field ->
                switch (field) {
                    case KIND, SCENE, DEVICE -> ChoiceInput.of(field, draft);
                    case INDUSTRY -> new IndustryInput(draft);
                    case REGION -> new RegionInput(draft);
                    case CONTACT_PHONE,
                            LEGAL_NAME,
                            RESIDENT_ID,
                            BUSINESS_NAME,
                            USCC,
                            STORE_NAME,
                            ADDRESS,
                            WEB_LINK,
                            BANK_CARD,
                            CORPORATE_ACCOUNT -> new TextInput(field, draft);
                };
            case DocumentKind kind -> new PhotoInput(kind, draft);
        };
        input.add(input.message);
        return input;
    }

    /** Says what is still missing or wrong; called when the person wants to go on. */
    abstract void showProblem();

    protected final @Nullable FieldValue kept(Field field) {
        var value = draft.application().fields().get(field);
        version = value == null ? 0 : value.version();
        return value;
    }

    /** Saves, and settles everything a save may lead to; answers what is kept now, or null when nothing was. */
    protected final @Nullable FieldValue save(Field field, String typed) {
        return switch (draft.save(field, typed, version)) {
            case SaveOutcome.Saved(var value) -> {
                version = value.version();
                clearMessage();
                draft.saved();
                yield value;
            }
            case SaveOutcome.Conflict(var theirs) -> {
                conflict(field, typed, theirs);
                yield null;
            }
            case SaveOutcome.TooLong(var most) -> {
                say(Meaning.ATTEND, getTranslation("onboarding.save.tooLong", most), null);
                yield null;
            }
            case SaveOutcome.Closed(var state) -> {
                say(
                        Meaning.STOP,
                        getTranslation("onboarding.save.closed"),
                        getTranslation("onboarding.save.closed.todo"));
                yield null;
            }
        };
    }

    /** Takes a value over into the input without saving it. */
    protected abstract void take(String value);

    protected final void say(Meaning meaning, String title, @Nullable String text) {
        message.removeAll();
        message.add(new Note(meaning, title, text));
    }

    protected final void clearMessage() {
        message.removeAll();
    }

    /** Both values stay in sight until the person has chosen. */
    private void conflict(Field field, String mine, FieldValue theirs) {
        version = theirs.version();
        say(
                Meaning.ATTEND,
                getTranslation("onboarding.save.conflict"),
                getTranslation(
                        "onboarding.save.conflict.both", shownValue(field, theirs.shown()), shownValue(field, mine)));
        var keepTheirs = new Button(getTranslation("onboarding.save.conflict.theirs"), click -> {
            take(draft.own(field));
            clearMessage();
        });
        var keepMine = new Button(getTranslation("onboarding.save.conflict.mine"), click -> save(field, mine));
        var actions = new Div(keepTheirs, keepMine);
        actions.addClassName("zg-actions");
        message.add(actions);
    }

    /** A stored key in words. */
    private String shownValue(Field field, String value) {
        return Labels.value(this, field, value);
    }
}
