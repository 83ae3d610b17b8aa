package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.tradinghours.PlannedRestriction;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome.Fault;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.MomentField;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.Toast;
import java.util.Objects;
import java.util.function.Supplier;

/** Other times or another reason. When somebody was faster both are shown, and what was typed stays. */
class ChangeRestrictionDialog extends Dialog {

    private final transient Restrictions restrictions;
    private final transient Supplier<Actor> actor;
    private final transient RestrictionWords words;
    private final transient Runnable changed;
    private final MomentField from;
    private final MomentField until;
    private final TextArea reason = new TextArea();
    private final TextArea why = new TextArea();
    private final Div answer = new Div();
    private final Button save = new Button();
    private transient PlannedRestriction planned;

    ChangeRestrictionDialog(
            Restrictions restrictions,
            Supplier<Actor> actor,
            RestrictionWords words,
            PlannedRestriction planned,
            Runnable changed) {
        this.restrictions = restrictions;
        this.actor = actor;
        this.words = words;
        this.planned = planned;
        this.changed = changed;
        addClassName("zg-dialog");
        setHeaderTitle(words.title(planned));
        from = new MomentField(getTranslation("tradinghours.restrict.from"), words.time());
        from.set(planned.restriction().from());
        if (planned.band(words.time().clock().instant()) == PlannedRestriction.Band.NOW) {
            from.lock();
        }
        until = new MomentField(getTranslation("tradinghours.restrict.until"), words.time());
        until.set(planned.restriction().until());
        reason.setLabel(getTranslation("tradinghours.restrict.reason"));
        reason.setHelperText(getTranslation("tradinghours.restrict.reason.help"));
        reason.setMaxLength(Restrictions.LONGEST_REASON);
        reason.setValue(Objects.requireNonNullElse(planned.restriction().reason(), ""));
        reason.setWidthFull();
        why.setLabel(getTranslation("tradinghours.restrict.why"));
        why.setHelperText(getTranslation("tradinghours.restrict.why.help"));
        why.setMaxLength(Restrictions.LONGEST_REASON);
        why.setWidthFull();
        answer.getElement().setAttribute("aria-live", "polite");
        save.setText(getTranslation("tradinghours.restrict.save"));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setDisableOnClick(true);
        save.addClickListener(click -> {
            save();
            save.setEnabled(true);
        });
        var form = new Div(from, until, reason, why, answer);
        form.addClassName("zg-stack");
        add(form);
        getFooter().add(new Button(getTranslation("uikit.cancel"), click -> close()), save);
    }

    private void save() {
        answer.removeAll();
        if (!from.check(true) || !until.check(false)) {
            return;
        }
        var change = new Restrictions.Change(
                planned.id(),
                planned.version(),
                Objects.requireNonNull(from.get()),
                until.get(),
                reason.getValue(),
                why.getValue());
        switch (restrictions.change(actor.get(), change)) {
            case RestrictionOutcome.Done done -> {
                close();
                Toast.done(getTranslation("tradinghours.restrict.saved"));
                changed.run();
            }
            case RestrictionOutcome.Refused(var fault) -> refuse(fault);
            case RestrictionOutcome.TakesOpenTime(var impact) -> {
                answer.add(new ImpactList(words, impact));
                why.setErrorMessage(getTranslation("tradinghours.restrict.why.open"));
                why.setInvalid(true);
                why.focus();
            }
            case RestrictionOutcome.ChangedMeanwhile(var theirs) -> {
                planned = theirs;
                var restriction = theirs.restriction();
                answer.add(new Note(
                        Meaning.ATTEND,
                        getTranslation("tradinghours.restrict.faster"),
                        getTranslation(
                                "tradinghours.restrict.faster.more",
                                words.span(restriction.from(), restriction.until()),
                                Objects.requireNonNullElse(restriction.reason(), words.kind(restriction.kind())))));
                changed.run();
            }
        }
    }

    private void refuse(Fault fault) {
        var text = getTranslation("tradinghours.restrict.fault." + fault);
        switch (fault) {
            case WHY_MISSING, WHY_TOO_LONG -> {
                why.setErrorMessage(text);
                why.setInvalid(true);
                why.focus();
            }
            case END_MISSING, END_NOT_AFTER_START, TOO_LONG -> until.refuse(text);
            case BEGUN, TOO_FAR, IN_THE_PAST -> from.refuse(text);
            case TARGET_UNKNOWN, REASON_TOO_LONG, OVER -> answer.add(new Note(Meaning.STOP, text, null));
        }
    }
}
