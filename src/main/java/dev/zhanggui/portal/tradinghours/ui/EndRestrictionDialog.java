package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.tradinghours.PlannedRestriction;
import dev.zhanggui.portal.tradinghours.PlannedRestriction.Band;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.portal.uikit.Toast;
import java.util.function.Supplier;

/** Names what comes back, and asks why where the record needs it. */
class EndRestrictionDialog extends Dialog {

    EndRestrictionDialog(
            Restrictions restrictions,
            Supplier<Actor> actor,
            RestrictionWords words,
            PlannedRestriction planned,
            Band band,
            Runnable ended) {
        addClassName("zg-dialog");
        setHeaderTitle(words.title(planned));
        int stores = restrictions.stores(actor.get(), planned.target());
        var why = new TextArea(getTranslation("tradinghours.restrict.why"));
        why.setHelperText(getTranslation("tradinghours.restrict.why.help"));
        why.setMaxLength(Restrictions.LONGEST_REASON);
        why.setWidthFull();
        var end = new Button(getTranslation("tradinghours.restrict.end." + band + ".do", stores));
        end.setDisableOnClick(true);
        end.addClickListener(click -> {
            switch (restrictions.end(actor.get(), planned.id(), why.getValue())) {
                case RestrictionOutcome.Done done -> {
                    close();
                    Toast.done(getTranslation("tradinghours.restrict.ended", words.title(planned)));
                    ended.run();
                }
                case RestrictionOutcome.Refused(var fault) -> {
                    why.setErrorMessage(getTranslation("tradinghours.restrict.fault." + fault));
                    why.setInvalid(true);
                    why.focus();
                    end.setEnabled(true);
                }
                case RestrictionOutcome.TakesOpenTime it -> throw new IllegalStateException("an end takes nothing");
                case RestrictionOutcome.ChangedMeanwhile it -> ended.run();
            }
        });
        var form = new Div(new Div(getTranslation("tradinghours.restrict.end." + band + ".effect", stores)), why);
        form.addClassName("zg-stack");
        add(form);
        getFooter().add(new Button(getTranslation("uikit.cancel"), click -> close()), end);
    }
}
