package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import com.vaadin.flow.component.timepicker.TimePicker;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.Glyph;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Edits one day's shifts: by hours, around the clock, or closed. Says at the field what is wrong. */
class PlanEditor extends Div {

    enum Mode {
        HOURS,
        ALL_DAY,
        CLOSED
    }

    private static final Duration STEP = Duration.ofMinutes(15);
    private static final int MOST_ROWS = 8;

    private final RadioButtonGroup<Mode> mode = new RadioButtonGroup<>();
    private final Div rows = new Div();
    private final Button more = new Button();
    private final List<Row> shifts = new ArrayList<>();

    PlanEditor(@Nullable DayPlan plan) {
        addClassName("zg-plan-editor");
        mode.setItems(Mode.values());
        mode.addThemeVariants(RadioGroupVariant.AURA_HORIZONTAL);
        mode.setItemLabelGenerator(it -> getTranslation("tradinghours.mode." + it));
        mode.setAriaLabel(getTranslation("tradinghours.mode"));
        mode.addValueChangeListener(change -> showMode());
        rows.addClassName("zg-plan-rows");
        more.setText(getTranslation("tradinghours.shift.add"));
        more.setIcon(Glyph.PLUS.icon());
        more.addThemeVariants(ButtonVariant.TERTIARY);
        more.addClickListener(click -> {
            var row = addRow(null);
            row.start.focus();
        });
        add(mode, rows, more);
        show(plan);
    }

    final void show(@Nullable DayPlan plan) {
        shifts.clear();
        rows.removeAll();
        if (plan != null && plan.equals(DayPlan.ALL_DAY)) {
            mode.setValue(Mode.ALL_DAY);
        } else if (plan != null && plan.closed()) {
            mode.setValue(Mode.CLOSED);
        } else {
            mode.setValue(Mode.HOURS);
        }
        if (plan != null && mode.getValue() == Mode.HOURS) {
            plan.periods().forEach(this::addRow);
        }
        if (shifts.isEmpty()) {
            addRow(Period.of(9, 0, 21, 0));
        }
        showMode();
    }

    /** The plan, or empty when a field says what is wrong. */
    Optional<DayPlan> read() {
        return switch (mode.getValue()) {
            case ALL_DAY -> Optional.of(DayPlan.ALL_DAY);
            case CLOSED -> Optional.of(DayPlan.CLOSED);
            case HOURS -> readRows();
        };
    }

    private Optional<DayPlan> readRows() {
        var periods = new ArrayList<Period>();
        boolean right = true;
        for (var row : shifts) {
            var period = row.read();
            if (period == null) {
                right = false;
            } else if (periods.stream().anyMatch(period::overlaps)) {
                row.refuse("tradinghours.error.OVERLAP");
                right = false;
            } else {
                periods.add(period);
            }
        }
        return right ? Optional.of(new DayPlan(periods)) : Optional.empty();
    }

    private void showMode() {
        boolean hours = mode.getValue() == Mode.HOURS;
        rows.setVisible(hours);
        more.setVisible(hours && shifts.size() < MOST_ROWS);
    }

    private Row addRow(@Nullable Period period) {
        var row = new Row(period);
        shifts.add(row);
        rows.add(row);
        refreshRows();
        return row;
    }

    private void refreshRows() {
        shifts.forEach(row -> row.remove.setVisible(shifts.size() > 1));
        showMode();
    }

    private final class Row extends Div {
        private final TimePicker start;
        private final TimePicker end;
        private final Span nextDay = new Span(getTranslation("tradinghours.shift.nextDay"));
        private final Button remove = new Button(Glyph.CROSS.icon());

        Row(@Nullable Period period) {
            addClassName("zg-plan-row");
            start = picker("tradinghours.shift.from");
            end = picker("tradinghours.shift.to");
            if (period != null) {
                start.setValue(time(period.start()));
                end.setValue(time(period.end() % Period.DAY));
            }
            nextDay.addClassNames("zg-tag", "attend");
            start.addValueChangeListener(change -> changed());
            end.addValueChangeListener(change -> changed());
            remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            remove.setAriaLabel(getTranslation("tradinghours.shift.remove"));
            remove.addClickListener(click -> {
                shifts.remove(this);
                rows.remove(this);
                refreshRows();
            });
            add(start, end, remove, nextDay);
            changed();
        }

        private TimePicker picker(String key) {
            var picker = new TimePicker(getTranslation(key));
            picker.setStep(STEP);
            ComponentTexts.speak(picker);
            return picker;
        }

        private void changed() {
            start.setInvalid(false);
            end.setInvalid(false);
            var period = period();
            nextDay.setVisible(period != null && period.overnight());
        }

        private @Nullable Period period() {
            var from = start.getValue();
            var to = end.getValue();
            return from == null || to == null || from.equals(to)
                    ? null
                    : Period.of(from.getHour(), from.getMinute(), to.getHour(), to.getMinute());
        }

        private @Nullable Period read() {
            if (start.getValue() == null) {
                return refuse(start, "tradinghours.error.MISSING");
            }
            if (end.getValue() == null) {
                return refuse(end, "tradinghours.error.MISSING");
            }
            var period = period();
            return period == null ? refuse(end, "tradinghours.error.ZERO_LENGTH") : period;
        }

        private void refuse(String key) {
            refuse(start, key);
        }

        private @Nullable Period refuse(TimePicker field, String key) {
            field.setErrorMessage(getTranslation(key));
            field.setInvalid(true);
            return null;
        }
    }

    private static LocalTime time(int minute) {
        return LocalTime.of(minute / 60, minute % 60);
    }
}
