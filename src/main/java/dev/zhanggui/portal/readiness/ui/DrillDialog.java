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
import dev.zhanggui.portal.readiness.ContingencyPlans;
import dev.zhanggui.portal.readiness.DrillOutcome;
import dev.zhanggui.portal.readiness.Trigger;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.Toast;
import java.time.LocalDate;
import java.util.List;

/** Notes that a plan was tried. */
class DrillDialog extends Dialog {

    private final transient ContingencyPlans plans;
    private final transient CurrentActor actor;
    private final DatePicker date = new DatePicker();
    private final TextField participants = new TextField();
    private final TextArea learnt = new TextArea();

    DrillDialog(
            ContingencyPlans plans, CurrentActor actor, Store store, Trigger trigger, LocalDate today, Runnable done) {
        this.plans = plans;
        this.actor = actor;
        setHeaderTitle(getTranslation("readiness.drill.title", getTranslation("readiness.trigger." + trigger)));
        date.setLabel(getTranslation("readiness.drill.date"));
        date.setValue(today);
        date.setMax(today);
        ComponentTexts.speak(date);
        participants.setLabel(getTranslation("readiness.drill.participants"));
        learnt.setLabel(getTranslation("readiness.drill.learnt"));
        learnt.setMinRows(3);
        var form = new Div(date, participants, learnt);
        form.addClassNames("zg-stack", "zg-readiness-form");
        for (var field : form.getChildren().toList()) {
            field.getElement().getClassList().add("zg-wide");
        }
        add(form);
        var cancel = new Button(getTranslation("readiness.edit.cancel"), click -> close());
        cancel.addThemeVariants(ButtonVariant.TERTIARY);
        var save = new Button(getTranslation("readiness.drill.save"), click -> save(store, trigger, done));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(cancel, save);
        addClassName("zg-readiness-dialog");
    }

    private void save(Store store, Trigger trigger, Runnable done) {
        for (HasValidation field : List.of(date, participants, learnt)) {
            field.setInvalid(false);
        }
        if (date.getValue() == null) {
            refuse(DrillOutcome.Fault.DATE);
            return;
        }
        switch (plans.record(
                actor.get(), store.id(), trigger, date.getValue(), participants.getValue(), learnt.getValue())) {
            case DrillOutcome.Recorded recorded -> {
                close();
                done.run();
                Toast.done(getTranslation("readiness.drill.done"));
            }
            case DrillOutcome.Invalid(var fault) -> refuse(fault);
            case DrillOutcome.NoPlan noPlan -> Toast.failed(getTranslation("readiness.drill.noPlan"), "");
        }
    }

    private void refuse(DrillOutcome.Fault fault) {
        HasValidation field = switch (fault) {
            case DATE -> date;
            case PARTICIPANTS -> participants;
            case LEARNT -> learnt;
        };
        field.setErrorMessage(getTranslation("readiness.drill.fault." + fault));
        field.setInvalid(true);
    }
}
