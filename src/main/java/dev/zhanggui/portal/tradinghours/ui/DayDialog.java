package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.checkbox.CheckboxGroupVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursWords;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One day's shifts, for that day and for others that shall be the same. Nothing is saved by it yet. */
class DayDialog extends Dialog {

    DayDialog(DayOfWeek day, @Nullable DayPlan plan, BiConsumer<Set<DayOfWeek>, DayPlan> onChange) {
        addClassName("zg-dialog");
        setWidth("30rem");
        var words = new HoursWords(getLocale());
        setHeaderTitle(day.getDisplayName(TextStyle.FULL, getLocale()));
        var editor = new PlanEditor(plan);
        var same = new CheckboxGroup<DayOfWeek>(getTranslation("tradinghours.copyTo"));
        same.setItems(
                Stream.of(DayOfWeek.values()).filter(other -> other != day).toList());
        same.setItemLabelGenerator(words::day);
        same.addThemeVariants(CheckboxGroupVariant.AURA_HORIZONTAL);
        var body = new Div(editor, same);
        body.addClassName("zg-stack");
        add(body);

        var cancel = new Button(getTranslation("tradinghours.cancel"), click -> close());
        var apply = new Button(
                getTranslation("tradinghours.use"),
                click -> editor.read().ifPresent(read -> {
                    var days = EnumSet.of(day);
                    days.addAll(same.getValue());
                    onChange.accept(days, read);
                    close();
                }));
        apply.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(cancel, apply);
    }
}
