package dev.zhanggui.portal.configuration.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.Rollout;
import dev.zhanggui.portal.configuration.Rollouts;
import dev.zhanggui.portal.configuration.Rollouts.Step;
import dev.zhanggui.portal.configuration.Rollouts.Stepped;
import dev.zhanggui.portal.uikit.Toast;
import java.util.function.Supplier;

/** Says what will happen to how many terminals, and asks why. */
class RolloutStepDialog extends Dialog {

    RolloutStepDialog(
            Rollouts rollouts, Supplier<Actor> actor, RolloutWords words, Rollout rollout, Step step, Runnable done) {
        addClassName("zg-dialog");
        var given = words.number(rollout.given());
        var rest = words.number(rollout.terminals() - rollout.given());
        setHeaderTitle(words.say("step." + step + ".title", given));
        var why = new TextArea(words.say("step.why"));
        why.setMaxLength(Rollouts.LONGEST_REASON);
        why.setWidthFull();
        var go = new Button(words.say("step." + step + ".do", given));
        go.setClassName("zg-danger", step == Step.STOP || step == Step.REVERT);
        go.setDisableOnClick(true);
        go.addClickListener(click -> {
            switch (rollouts.step(actor.get(), rollout.id(), step, rollout.version(), why.getValue())) {
                case Stepped.Done it -> {
                    close();
                    Toast.done(words.say("step." + step + ".done"));
                    done.run();
                }
                case Stepped.ReasonNeeded it -> {
                    why.setErrorMessage(words.say("step.why.needed"));
                    why.setInvalid(true);
                    why.focus();
                    go.setEnabled(true);
                }
                case Stepped.ChangedMeanwhile it -> tooLate(words, done);
                case Stepped.NotPossible it -> tooLate(words, done);
            }
        });
        var form = new Div(new Paragraph(words.say("step." + step + ".effect", given, rest)), why);
        form.addClassName("zg-stack");
        add(form);
        getFooter().add(new Button(getTranslation("uikit.cancel"), click -> close()), go);
    }

    private void tooLate(RolloutWords words, Runnable done) {
        close();
        Toast.failed(words.say("faster"), words.say("faster.todo"));
        done.run();
    }
}
