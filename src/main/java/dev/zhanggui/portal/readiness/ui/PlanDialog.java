package dev.zhanggui.portal.readiness.ui;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.readiness.Contact;
import dev.zhanggui.portal.readiness.ContingencyPlans;
import dev.zhanggui.portal.readiness.PlanDraft;
import dev.zhanggui.portal.readiness.PlanOutcome;
import dev.zhanggui.portal.readiness.PlanOutcome.Fault;
import dev.zhanggui.portal.readiness.Trigger;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.HumanTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writes one plan. Whatever is refused, what was typed stays. */
class PlanDialog extends Dialog {

    private final transient ContingencyPlans plans;
    private final transient CurrentActor actor;
    private final transient Store store;
    private final transient Trigger trigger;
    private final transient HumanTime time;
    private final transient Consumer<Boolean> done;
    private final TextArea steps = new TextArea();
    private final TextField alternatives = new TextField();
    private final TextField owner = new TextField();
    private final TextArea contacts = new TextArea();
    private final DatePicker review = new DatePicker();

    /** @param done told whether something was written */
    PlanDialog(
            ContingencyPlans plans,
            CurrentActor actor,
            Store store,
            Trigger trigger,
            PlanDraft draft,
            int version,
            HumanTime time,
            Consumer<Boolean> done) {
        this.plans = plans;
        this.actor = actor;
        this.store = store;
        this.trigger = trigger;
        this.time = time;
        this.done = done;
        setHeaderTitle(getTranslation("readiness.edit.title", getTranslation("readiness.trigger." + trigger)));
        steps.setLabel(getTranslation("readiness.edit.steps"));
        steps.setMinRows(6);
        steps.setMaxLength(3_000);
        alternatives.setLabel(getTranslation("readiness.plan.alternatives"));
        owner.setLabel(getTranslation("readiness.plan.owner"));
        contacts.setLabel(getTranslation("readiness.edit.contacts"));
        contacts.setMaxLength(1_000);
        review.setLabel(getTranslation("readiness.edit.review"));
        ComponentTexts.speak(review);
        var form = new Div(steps, alternatives, owner, contacts, review);
        form.addClassNames("zg-stack", "zg-readiness-form");
        for (var field : form.getChildren().toList()) {
            field.getElement().getClassList().add("zg-wide");
        }
        add(form);
        fill(draft);
        var cancel = new Button(getTranslation("readiness.edit.cancel"), click -> close());
        cancel.addThemeVariants(ButtonVariant.TERTIARY);
        var save = new Button(getTranslation("readiness.edit.save"), click -> save(version));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(cancel, save);
        addClassName("zg-readiness-dialog");
    }

    private void fill(PlanDraft draft) {
        steps.setValue(String.join("\n", draft.steps()));
        alternatives.setValue(draft.alternatives());
        owner.setValue(draft.owner());
        contacts.setValue(draft.contacts().stream()
                .map(contact -> contact.name() + " " + contact.phone())
                .collect(Collectors.joining("\n")));
        review.setValue(draft.reviewOn());
    }

    private void save(int version) {
        for (HasValidation field : List.of(steps, alternatives, owner, contacts, review)) {
            field.setInvalid(false);
        }
        var people = people();
        var day = review.getValue();
        if (people.isEmpty()) {
            return;
        }
        if (day == null) {
            refuse(review, Fault.REVIEW_PAST);
            return;
        }
        var draft = new PlanDraft(
                steps.getValue().lines().toList(), alternatives.getValue(), owner.getValue(), people.get(), day);
        switch (plans.save(actor.get(), store.id(), trigger, draft, version)) {
            case PlanOutcome.Saved saved -> finish(true);
            case PlanOutcome.Unchanged unchanged -> finish(false);
            case PlanOutcome.Invalid(var fault) -> refuse(field(fault), fault);
            case PlanOutcome.Conflict conflict ->
                new TwoTextsDialog(
                                getTranslation(
                                        "readiness.conflict.text",
                                        conflict.theirs().changedBy(),
                                        time.moment(conflict.theirs().changedAt())),
                                words(conflict.theirs().content()),
                                words(conflict.mine()),
                                () -> finish(false),
                                () -> save(conflict.theirs().version()))
                        .open();
        }
    }

    private void finish(boolean written) {
        close();
        done.accept(written);
    }

    /** Empty when a line cannot be read; the field says which. */
    private Optional<List<Contact>> people() {
        var people = new ArrayList<Contact>();
        var lines = contacts.getValue().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                switch (Contact.check(lines.get(i))) {
                    case Checked.Valid<Contact>(var contact) -> people.add(contact);
                    case Checked.Invalid<Contact>(var reason) -> {
                        contacts.setErrorMessage(getTranslation("readiness.fault.contact." + reason, i + 1));
                        contacts.setInvalid(true);
                        contacts.focus();
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(people);
    }

    private HasValidation field(Fault fault) {
        return switch (fault) {
            case STEPS_MISSING, STEPS_TOO_MANY, STEP_TOO_LONG -> steps;
            case ALTERNATIVES_MISSING, ALTERNATIVES_TOO_LONG -> alternatives;
            case OWNER_MISSING, OWNER_TOO_LONG -> owner;
            case CONTACTS_TOO_MANY -> contacts;
            case REVIEW_PAST -> review;
        };
    }

    private void refuse(HasValidation field, Fault fault) {
        field.setErrorMessage(getTranslation("readiness.fault." + fault));
        field.setInvalid(true);
    }

    private static List<String> words(PlanDraft draft) {
        var words = new ArrayList<>(draft.steps());
        words.add(draft.alternatives());
        words.add(draft.owner());
        draft.contacts().forEach(contact -> words.add(contact.name() + " " + contact.phone()));
        words.add(draft.reviewOn().toString());
        return words;
    }
}
