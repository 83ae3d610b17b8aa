package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.uikit.ComponentTexts;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A day or some days that are not like others: when, which hours, and what customers read about it. */
class DatedDialog extends ChangeDialog<DatedRule> {

    /** Exceptions beat events, which beat holidays. */
    enum Kind {
        DATE,
        EVENT
    }

    private static final int LONGEST_REASON = 200;

    private final DatePicker from = new DatePicker();
    private final DatePicker to = new DatePicker();
    private final TextField reason = new TextField();
    private final PlanEditor editor;

    /**
     * @param rule null for a new one
     * @param onChange empty when it is removed
     */
    DatedDialog(Kind kind, @Nullable DatedRule rule, LocalDate today, Consumer<Optional<DatedRule>> onChange) {
        super(title(kind, rule), rule != null, onChange);
        ComponentTexts.speak(from);
        ComponentTexts.speak(to);
        from.setLabel(getTranslation("tradinghours.dated.from"));
        from.setRequiredIndicatorVisible(true);
        to.setLabel(getTranslation("tradinghours.dated.to"));
        to.setPlaceholder(getTranslation("tradinghours.dated.to.same"));
        to.setInitialPosition(today);
        from.setInitialPosition(today);
        from.addValueChangeListener(change -> {
            from.setInvalid(false);
            to.setInvalid(false);
            to.setInitialPosition(change.getValue() == null ? today : change.getValue());
        });
        to.addValueChangeListener(change -> to.setInvalid(false));
        reason.setLabel(getTranslation("tradinghours.dated.reason"));
        reason.setPlaceholder(getTranslation("tradinghours.dated.reason." + kind));
        reason.setHelperText(getTranslation("tradinghours.dated.reason.help"));
        reason.setMaxLength(LONGEST_REASON);
        reason.setWidthFull();
        editor = new PlanEditor(rule == null && kind == Kind.DATE ? DayPlan.CLOSED : rule == null ? null : rule.plan());
        if (rule != null) {
            from.setValue(rule.from());
            to.setValue(rule.to().equals(rule.from()) ? null : rule.to());
            reason.setValue(rule.reason() == null ? "" : rule.reason());
        }
        fill(getTranslation("tradinghours.dated." + kind + ".why"), pair(from, to), editor, reason);
    }

    private static String title(Kind kind, @Nullable DatedRule rule) {
        return UI.getCurrent().getTranslation("tradinghours.dated." + kind + (rule == null ? ".add" : ""));
    }

    @Override
    Optional<DatedRule> read() {
        var first = from.getValue();
        var last = to.getValue() == null ? first : to.getValue();
        if (first == null) {
            refuse(from, "tradinghours.dated.from.missing");
        } else if (last.isBefore(first)) {
            refuse(to, "tradinghours.error.REVERSED");
        }
        var plan = editor.read();
        if (first == null || last.isBefore(first)) {
            return Optional.empty();
        }
        var words = reason.getValue().strip();
        return plan.map(periods -> new DatedRule(first, last, periods, words.isEmpty() ? null : words));
    }
}
