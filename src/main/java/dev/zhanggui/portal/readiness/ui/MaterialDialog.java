package dev.zhanggui.portal.readiness.ui;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.readiness.Material;
import dev.zhanggui.portal.readiness.MaterialDraft;
import dev.zhanggui.portal.readiness.MaterialOutcome;
import dev.zhanggui.portal.readiness.Question;
import dev.zhanggui.portal.readiness.Training;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the material. Whatever is refused, what was typed stays. */
class MaterialDialog extends Dialog {

    private static final int QUESTIONS = 5;
    private static final String RIGHT = "*";

    private final transient Training training;
    private final transient CurrentActor actor;
    private final transient MerchantId merchant;
    private final transient HumanTime time;
    private final transient Consumer<Boolean> done;
    private final TextField title = new TextField();
    private final TextArea text = new TextArea();
    private final List<TextField> questions = new ArrayList<>();
    private final List<TextArea> options = new ArrayList<>();

    /** @param done told whether something was written */
    MaterialDialog(
            Training training,
            CurrentActor actor,
            MerchantId merchant,
            Material material,
            HumanTime time,
            Consumer<Boolean> done) {
        this.training = training;
        this.actor = actor;
        this.merchant = merchant;
        this.time = time;
        this.done = done;
        setHeaderTitle(getTranslation("readiness.training.edit.title"));
        title.setLabel(getTranslation("readiness.training.edit.name"));
        title.setValue(material.content().title());
        text.setLabel(getTranslation("readiness.training.edit.text"));
        text.setMaxLength(MaterialDraft.TEXT_MOST);
        text.setMinRows(6);
        text.setValue(material.content().text());
        title.addClassName("zg-wide");
        text.addClassName("zg-wide");
        var form = new Div(new Note(Meaning.ATTEND, getTranslation("readiness.training.edit.warn"), null), title, text);
        form.addClassNames("zg-stack", "zg-readiness-form");
        var known = material.content().questions();
        for (int i = 0; i < QUESTIONS; i++) {
            form.add(question(i, i < known.size() ? known.get(i) : null));
        }
        add(form);
        var cancel = new Button(getTranslation("readiness.edit.cancel"), click -> close());
        cancel.addThemeVariants(ButtonVariant.TERTIARY);
        var save = new Button(getTranslation("readiness.edit.save"), click -> save(material.version()));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(cancel, save);
        addClassName("zg-readiness-dialog");
    }

    private Div question(int place, @Nullable Question known) {
        var words = new TextField(getTranslation("readiness.training.edit.question", place + 1));
        words.addClassName("zg-wide");
        var choices = new TextArea(getTranslation("readiness.training.edit.options"));
        choices.addClassName("zg-wide");
        if (known != null) {
            words.setValue(known.words());
            var lines = new ArrayList<>(known.options());
            lines.set(known.right(), RIGHT + lines.get(known.right()));
            choices.setValue(String.join("\n", lines));
        }
        questions.add(words);
        options.add(choices);
        var part = new Div(words, choices);
        part.addClassNames("zg-stack", "tight");
        return part;
    }

    private void save(int version) {
        Stream.<HasValidation>of(title, text).forEach(field -> field.setInvalid(false));
        options.forEach(field -> field.setInvalid(false));
        var draft = draft();
        switch (training.change(actor.get(), merchant, draft, version)) {
            case MaterialOutcome.Saved saved -> finish(true);
            case MaterialOutcome.Unchanged unchanged -> finish(false);
            case MaterialOutcome.Invalid(var fault) -> {
                HasValidation field = switch (fault) {
                    case TITLE -> title;
                    case TEXT -> text;
                    case QUIZ -> options.getFirst();
                };
                field.setErrorMessage(getTranslation("readiness.training.fault." + fault));
                field.setInvalid(true);
            }
            case MaterialOutcome.Conflict conflict -> {
                var theirs = conflict.theirs();
                var who = theirs.changedBy() == null ? "" : theirs.changedBy();
                var when = theirs.changedAt() == null ? "" : time.moment(theirs.changedAt());
                new TwoTextsDialog(
                                getTranslation("readiness.conflict.text", who, when),
                                words(theirs.content()),
                                words(conflict.mine()),
                                () -> finish(false),
                                () -> save(theirs.version()))
                        .open();
            }
        }
    }

    private void finish(boolean written) {
        close();
        done.accept(written);
    }

    private MaterialDraft draft() {
        var quiz = new ArrayList<Question>();
        for (int i = 0; i < QUESTIONS; i++) {
            if (!questions.get(i).getValue().isBlank()) {
                quiz.add(read(questions.get(i).getValue(), options.get(i).getValue()));
            }
        }
        return new MaterialDraft(title.getValue(), text.getValue(), quiz);
    }

    /** No mark, or several, gives a place that the service refuses. */
    private static Question read(String words, String lines) {
        var choices = new ArrayList<String>();
        int right = -1;
        boolean twice = false;
        for (var line :
                lines.lines().map(String::strip).filter(it -> !it.isEmpty()).toList()) {
            if (line.startsWith(RIGHT)) {
                twice |= right >= 0;
                right = choices.size();
                line = line.substring(RIGHT.length()).strip();
            }
            choices.add(line);
        }
        return new Question(words.strip(), choices, twice ? -1 : right);
    }

    private static List<String> words(MaterialDraft draft) {
        var words = new ArrayList<>(List.of(draft.title()));
        words.addAll(draft.paragraphs());
        draft.questions()
                .forEach(question -> words.add(question.words() + " " + String.join(" / ", question.options())));
        return words;
    }
}
