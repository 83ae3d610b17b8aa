package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.time.DayOfWeek;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/** One day's hours for other days too: touch the day, touch the others. */
class CopyDialog extends Dialog {

    private final Map<DayOfWeek, NativeButton> from = new EnumMap<>(DayOfWeek.class);
    private final Map<DayOfWeek, NativeButton> to = new EnumMap<>(DayOfWeek.class);
    private final Set<DayOfWeek> targets = EnumSet.noneOf(DayOfWeek.class);
    private final Span hours = new Span();
    private final Button apply;
    private final HoursWords words = new HoursWords(getLocale());
    private final Weekly week;
    private DayOfWeek source;

    /** @param week with at least one day that is set */
    CopyDialog(Weekly week, BiConsumer<Set<DayOfWeek>, DayPlan> onChange) {
        this.week = week;
        source = week.days().keySet().iterator().next();
        addClassName("zg-dialog");
        setWidth("30rem");
        setHeaderTitle(getTranslation("tradinghours.copy.title"));
        var sources = chips("tradinghours.copy.from");
        var others = chips("tradinghours.copy.to");
        for (var day : DayOfWeek.values()) {
            from.put(day, chip(day, () -> {
                source = day;
                targets.remove(day);
            }));
            to.put(day, chip(day, () -> {
                if (!targets.remove(day)) {
                    targets.add(day);
                }
            }));
            from.get(day).setEnabled(week.on(day) != null);
            sources.add(from.get(day));
            others.add(to.get(day));
        }
        hours.addClassName("zg-strong");
        var body = new Div(label("tradinghours.copy.from"), sources, hours, label("tradinghours.copy.to"), others);
        body.addClassName("zg-stack");
        add(body);
        apply = new Button(getTranslation("tradinghours.use"), click -> {
            var plan = week.on(source);
            close();
            if (plan != null && !targets.isEmpty()) {
                onChange.accept(EnumSet.copyOf(targets), plan);
            }
        });
        apply.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(getTranslation("tradinghours.cancel"), click -> close()), apply);
        refresh();
    }

    private Div chips(String key) {
        var chips = new Div();
        chips.addClassName("zg-chips");
        chips.getElement().setAttribute("role", "group");
        chips.getElement().setAttribute("aria-label", getTranslation(key));
        return chips;
    }

    private Span label(String key) {
        var label = new Span(getTranslation(key));
        label.addClassNames("zg-small", "zg-muted");
        return label;
    }

    private NativeButton chip(DayOfWeek day, Runnable touched) {
        var chip = new NativeButton(words.day(day), click -> {
            touched.run();
            refresh();
        });
        chip.addClassName("zg-chip");
        return chip;
    }

    private void refresh() {
        for (var day : DayOfWeek.values()) {
            var target = Objects.requireNonNull(to.get(day));
            Objects.requireNonNull(from.get(day))
                    .getElement()
                    .setAttribute("aria-pressed", String.valueOf(day == source));
            target.getElement().setAttribute("aria-pressed", String.valueOf(targets.contains(day)));
            target.setEnabled(day != source);
        }
        var plan = week.on(source);
        hours.setText(plan == null ? "" : words.ranges(plan));
        apply.setEnabled(!targets.isEmpty());
    }
}
