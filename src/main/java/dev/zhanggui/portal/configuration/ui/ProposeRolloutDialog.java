package dev.zhanggui.portal.configuration.ui;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.configuration.RolloutId;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.Rollouts;
import dev.zhanggui.portal.configuration.Rollouts.NewRollout;
import dev.zhanggui.portal.configuration.Rollouts.Proposal;
import dev.zhanggui.portal.shared.Regions;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.uikit.Toast;
import java.util.ArrayList;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks what goes out, to whom and why; nothing does before a second person says so. */
class ProposeRolloutDialog extends Dialog {

    private final transient Rollouts rollouts;
    private final transient Supplier<Actor> actor;
    private final transient RolloutWords words;
    private final transient Consumer<RolloutId> proposed;
    private final RadioButtonGroup<RolloutKind> kind = new RadioButtonGroup<>();
    private final TextField zh = new TextField();
    private final TextField en = new TextField();
    private final ComboBox<RestrictionTarget> target = new ComboBox<>();
    private final TextArea reason = new TextArea();
    private final Button propose = new Button();

    ProposeRolloutDialog(
            Rollouts rollouts,
            Catalogue catalogue,
            Supplier<Actor> actor,
            RolloutWords words,
            Consumer<RolloutId> proposed) {
        this.rollouts = rollouts;
        this.actor = actor;
        this.words = words;
        this.proposed = proposed;
        addClassName("zg-dialog");
        setHeaderTitle(words.say("propose.title"));
        kind.setLabel(words.say("propose.kind"));
        kind.setItems(RolloutKind.SCREEN, RolloutKind.RESEND);
        kind.setItemLabelGenerator(it -> words.say("kind." + it));
        kind.setValue(RolloutKind.SCREEN);
        kind.addValueChangeListener(change -> kindChanged());
        zh.setLabel(words.say("propose.zh"));
        zh.setHelperText(words.say("propose.zh.help"));
        zh.setMaxLength(Rollouts.LONGEST_ZH);
        en.setLabel(words.say("propose.en"));
        en.setMaxLength(Rollouts.LONGEST_EN);
        target.setLabel(words.say("propose.target"));
        var targets = new ArrayList<RestrictionTarget>();
        targets.add(RestrictionTarget.ALL);
        Regions.provinces()
                .forEach(it -> targets.add(RestrictionTarget.region(it.code().substring(0, 2))));
        catalogue.models().forEach(it -> targets.add(RestrictionTarget.of(it.id())));
        target.setItems(targets);
        target.setItemLabelGenerator(words::target);
        target.setValue(RestrictionTarget.ALL);
        reason.setLabel(words.say("propose.reason"));
        reason.setMaxLength(Rollouts.LONGEST_REASON);
        for (var field : new com.vaadin.flow.component.HasSize[] {zh, en, target, reason}) {
            field.setWidthFull();
        }
        propose.setText(words.say("propose.do"));
        propose.addThemeVariants(ButtonVariant.PRIMARY);
        propose.setDisableOnClick(true);
        propose.addClickListener(click -> propose());
        var form = new Div(kind, zh, en, target, reason, new Paragraph(words.say("propose.about")));
        form.addClassName("zg-stack");
        add(form);
        getFooter().add(new Button(getTranslation("uikit.cancel"), click -> close()), propose);
        kindChanged();
    }

    private void kindChanged() {
        boolean screen = kind.getValue() == RolloutKind.SCREEN;
        zh.setVisible(screen);
        en.setVisible(screen);
        target.setVisible(!screen);
    }

    private void propose() {
        for (var field : new HasValidation[] {zh, en, target, reason}) {
            field.setInvalid(false);
        }
        boolean screen = kind.getValue() == RolloutKind.SCREEN;
        boolean nothing = zh.isEmpty() && en.isEmpty();
        var wish = new NewRollout(
                kind.getValue(),
                screen && !nothing ? new Words(zh.getValue(), en.getValue()) : null,
                screen ? RestrictionTarget.ALL : Objects.requireNonNullElse(target.getValue(), RestrictionTarget.ALL),
                reason.getValue());
        switch (rollouts.propose(actor.get(), wish)) {
            case Proposal.Proposed(var rollout) -> {
                close();
                Toast.done(words.say("proposed"));
                proposed.accept(rollout.id());
            }
            case Proposal.OtherWaits it -> Toast.failed(words.say("otherWaits"), words.say("otherWaits.todo"));
            case Proposal.NothingNew it -> refuse(zh, "nothingNew");
            case Proposal.Invalid(var field) ->
                refuse(
                        switch (field) {
                            case "words" -> zh.isEmpty() ? zh : en;
                            case "target" -> target;
                            default -> reason;
                        },
                        "invalid." + field);
        }
        propose.setEnabled(true);
    }

    private <F extends HasValidation & com.vaadin.flow.component.Focusable<?>> void refuse(F field, String key) {
        field.setErrorMessage(words.say(key));
        field.setInvalid(true);
        field.focus();
    }
}
