package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Season;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.Glyph;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.EnumMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of the year with a week of its own: every year, or once. Days left out go on as usual. */
class SeasonDialog extends ChangeDialog<Season> {

    enum Kind {
        YEARLY,
        DATED
    }

    private static final MonthDay SUMMER = MonthDay.of(6, 1);
    private static final MonthDay AUTUMN = MonthDay.of(8, 31);

    private final RadioButtonGroup<Kind> kind = new RadioButtonGroup<>();
    private final MonthDayField yearlyFrom;
    private final MonthDayField yearlyTo;
    private final DatePicker from = new DatePicker();
    private final DatePicker to = new DatePicker();
    private final Div rows = new Div();
    private final Div error = new Div();
    private Weekly week;

    /**
     * @param season null for a new one, which starts from the usual week
     * @param onChange empty when it is removed
     */
    SeasonDialog(@Nullable Season season, Weekly usual, LocalDate today, Consumer<Optional<Season>> onChange) {
        super(title(season), season != null, onChange);
        var span = season == null ? new Season.Span.Yearly(SUMMER, AUTUMN) : season.span();
        week = season == null ? usual : season.weekly();
        kind.setItems(Kind.values());
        kind.setItemLabelGenerator(it -> getTranslation("tradinghours.season." + it));
        kind.addThemeVariants(RadioGroupVariant.AURA_HORIZONTAL);
        kind.setAriaLabel(getTranslation("tradinghours.season.when"));
        var yearly = span instanceof Season.Span.Yearly it ? it : new Season.Span.Yearly(SUMMER, AUTUMN);
        yearlyFrom = new MonthDayField("tradinghours.dated.from", yearly.from());
        yearlyTo = new MonthDayField("tradinghours.dated.to", yearly.to());
        for (var field : new DatePicker[] {from, to}) {
            ComponentTexts.speak(field);
            field.setInitialPosition(today);
            field.addValueChangeListener(change -> field.setInvalid(false));
        }
        from.setLabel(getTranslation("tradinghours.dated.from"));
        to.setLabel(getTranslation("tradinghours.dated.to"));
        if (span instanceof Season.Span.Dated dated) {
            from.setValue(dated.from());
            to.setValue(dated.to());
        }
        var everyYear = pair(yearlyFrom, yearlyTo);
        var once = pair(from, to);
        kind.addValueChangeListener(change -> {
            everyYear.setVisible(change.getValue() == Kind.YEARLY);
            once.setVisible(change.getValue() == Kind.DATED);
        });
        kind.setValue(span instanceof Season.Span.Yearly ? Kind.YEARLY : Kind.DATED);
        everyYear.setVisible(kind.getValue() == Kind.YEARLY);
        once.setVisible(kind.getValue() == Kind.DATED);
        rows.addClassName("zg-season-week");
        error.addClassNames("zg-small", "zg-stop");
        error.getElement().setAttribute("role", "alert");
        showWeek();
        fill(getTranslation("tradinghours.season.why"), kind, everyYear, once, rows, error);
    }

    private static String title(@Nullable Season season) {
        return UI.getCurrent().getTranslation(season == null ? "tradinghours.season.add" : "tradinghours.season");
    }

    private void showWeek() {
        rows.removeAll();
        error.setText("");
        for (var day : DayOfWeek.values()) {
            rows.add(row(day));
        }
    }

    private Div row(DayOfWeek day) {
        var words = new HoursWords(getLocale());
        var plan = week.on(day);
        var name = new Span(words.day(day));
        var value = new Span(plan == null ? getTranslation("tradinghours.season.asUsual") : words.ranges(plan));
        value.addClassName(plan == null ? "zg-faint" : "zg-strong");
        var change = new NativeButton(
                "",
                click -> new DayDialog(day, plan, (days, changed) -> {
                            week = week.with(days, changed);
                            showWeek();
                        })
                        .open());
        change.addClassNames("zg-grow", "zg-season-day");
        change.add(name, value);
        var row = new Div(change);
        row.addClassName("zg-row");
        if (plan != null) {
            var clear = new Button(Glyph.CROSS.icon(), click -> {
                var days = new EnumMap<DayOfWeek, DayPlan>(DayOfWeek.class);
                days.putAll(week.days());
                days.remove(day);
                week = new Weekly(days);
                showWeek();
            });
            clear.setAriaLabel(getTranslation("tradinghours.season.clear", words.day(day)));
            row.add(clear);
        }
        return row;
    }

    @Override
    Optional<Season> read() {
        error.setText("");
        Optional<Season.Span> span = kind.getValue() == Kind.YEARLY
                ? Optional.of(new Season.Span.Yearly(yearlyFrom.value(), yearlyTo.value()))
                : readDates();
        if (week.notSet()) {
            error.setText(getTranslation("tradinghours.season.empty"));
            return Optional.empty();
        }
        return span.map(when -> new Season(when, week));
    }

    private Optional<Season.Span> readDates() {
        var first = from.getValue();
        var last = to.getValue();
        if (first == null) {
            return refuse(from, "tradinghours.dated.from.missing");
        }
        if (last == null) {
            return refuse(to, "tradinghours.dated.from.missing");
        }
        return last.isBefore(first)
                ? refuse(to, "tradinghours.error.REVERSED")
                : Optional.of(new Season.Span.Dated(first, last));
    }
}
