package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What holidays or make-up workdays do instead of the week's plan. */
class RuleDialog extends Dialog {

    enum Choice {
        AS_USUAL,
        CLOSED,
        LIKE_MONDAY,
        OWN
    }

    private final RadioButtonGroup<Choice> choice = new RadioButtonGroup<>();
    private final PlanEditor editor;

    /** @param kind "holiday" or "makeUp", the keys of the texts; only make-up days may be like a Monday */
    RuleDialog(String kind, @Nullable DayRule rule, Consumer<Optional<DayRule>> onChange) {
        addClassName("zg-dialog");
        setWidth("30rem");
        setHeaderTitle(getTranslation("tradinghours." + kind));
        var choices = new ArrayList<>(List.of(Choice.AS_USUAL, Choice.CLOSED, Choice.OWN));
        if (kind.equals("makeUp")) {
            choices.add(1, Choice.LIKE_MONDAY);
        }
        choice.setItems(choices);
        choice.setItemLabelGenerator(
                it -> getTranslation("tradinghours." + kind + "." + it.name().toLowerCase(Locale.ROOT)));
        choice.setAriaLabel(getTranslation("tradinghours." + kind));
        editor = new PlanEditor(rule instanceof DayRule.Own own && !own.plan().closed() ? own.plan() : null);
        choice.addValueChangeListener(change -> editor.setVisible(change.getValue() == Choice.OWN));
        choice.setValue(
                switch (rule) {
                    case null -> Choice.AS_USUAL;
                    case DayRule.Like like -> choices.contains(Choice.LIKE_MONDAY) ? Choice.LIKE_MONDAY : Choice.OWN;
                    case DayRule.Own own -> own.plan().closed() ? Choice.CLOSED : Choice.OWN;
                });
        editor.setVisible(choice.getValue() == Choice.OWN);
        var body = new Div(new Paragraph(getTranslation("tradinghours." + kind + ".why")), choice, editor);
        body.addClassName("zg-stack");
        add(body);

        var cancel = new Button(getTranslation("tradinghours.cancel"), click -> close());
        var apply = new Button(getTranslation("tradinghours.use"), click -> {
            var read = choice.getValue() == Choice.OWN ? editor.read() : Optional.of(DayPlan.CLOSED);
            read.ifPresent(plan -> {
                onChange.accept(
                        switch (choice.getValue()) {
                            case AS_USUAL -> Optional.empty();
                            case CLOSED, OWN -> Optional.of(new DayRule.Own(plan));
                            case LIKE_MONDAY -> Optional.of(new DayRule.Like(DayOfWeek.MONDAY));
                        });
                close();
            });
        });
        apply.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(cancel, apply);
    }
}
