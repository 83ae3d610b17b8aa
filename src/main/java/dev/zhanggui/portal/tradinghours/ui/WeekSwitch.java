package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.uikit.Glyph;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which week is looked at: the one that repeats, or real dates, which can be leafed through. */
class WeekSwitch extends Div {

    /** A year to either side: beyond it no calendar says much. */
    private static final int MOST_WEEKS = 53;

    private final NativeButton every;
    private final NativeButton dated;
    private final Button earlier = new Button(Glyph.BACK.icon());
    private final Button later = new Button(Glyph.NEXT.icon());
    private @Nullable LocalDate monday;
    private LocalDate today = LocalDate.EPOCH;

    /** @param onChoose the Monday of the chosen week, null for the one that repeats */
    WeekSwitch(Consumer<@Nullable LocalDate> onChoose) {
        addClassName("zg-week-switch");
        every = new NativeButton(getTranslation("tradinghours.week.every"), click -> onChoose.accept(null));
        dated = new NativeButton("", click -> onChoose.accept(shown()));
        var both = new Div(every, dated);
        both.addClassName("zg-segments");
        both.getElement().setAttribute("role", "group");
        both.getElement().setAttribute("aria-label", getTranslation("tradinghours.week.which"));
        earlier.addClickListener(click -> onChoose.accept(shown().minusWeeks(1)));
        later.addClickListener(click -> onChoose.accept(shown().plusWeeks(1)));
        for (var step : new Button[] {earlier, later}) {
            step.addThemeVariants(ButtonVariant.TERTIARY);
        }
        earlier.setAriaLabel(getTranslation("tradinghours.week.earlier"));
        later.setAriaLabel(getTranslation("tradinghours.week.later"));
        add(both, earlier, later);
    }

    /** @param chosen null for the week that repeats */
    void show(@Nullable LocalDate chosen, LocalDate now) {
        monday = chosen;
        today = now;
        var shown = shown();
        dated.setText(new HoursWords(getLocale()).dates(shown, shown.plusDays(6)));
        press(every, chosen == null);
        press(dated, chosen != null);
        earlier.setVisible(chosen != null);
        later.setVisible(chosen != null);
        earlier.setEnabled(shown.isAfter(monday(now).minusWeeks(MOST_WEEKS)));
        later.setEnabled(shown.isBefore(monday(now).plusWeeks(MOST_WEEKS)));
    }

    private LocalDate shown() {
        return monday == null ? monday(today) : monday;
    }

    static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static void press(NativeButton button, boolean pressed) {
        button.getElement().setAttribute("aria-pressed", String.valueOf(pressed));
    }
}
