package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.DayKind;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The next thirty days as they will be; a day touched says its hours and why. Arrow keys walk along it. */
class MonthStrip extends Div {

    private static final int DAYS = 30;
    private static final int WEEK = 7;

    private final transient WorkCalendar calendar;
    private final Div days = new Div();
    private final Div detail = new Div();
    private final List<NativeButton> buttons = new ArrayList<>();
    private int selected;
    private @Nullable HoursEvaluator evaluator;
    private @Nullable HumanTime time;

    MonthStrip(WorkCalendar calendar) {
        this.calendar = calendar;
        addClassName("zg-strip");
        days.addClassName("zg-strip-days");
        detail.addClassName("zg-strip-detail");
        detail.getElement().setAttribute("aria-live", "polite");
        add(days, detail);
        Shortcuts.addShortcutListener(this, () -> select(selected + 1, true), Key.ARROW_RIGHT)
                .listenOn(days);
        Shortcuts.addShortcutListener(this, () -> select(selected - 1, true), Key.ARROW_LEFT)
                .listenOn(days);
    }

    void show(HoursEvaluator hours, HumanTime humanTime) {
        evaluator = hours;
        time = humanTime;
        days.removeAll();
        buttons.clear();
        var today = humanTime.today();
        for (int i = 0; i < DAYS; i++) {
            var day = day(today.plusDays(i), i, hours, humanTime);
            buttons.add(day);
            days.add(day);
        }
        select(selected, false);
    }

    private NativeButton day(LocalDate date, int index, HoursEvaluator hours, HumanTime humanTime) {
        var special = calendar.day(date);
        var button = new NativeButton("", click -> select(index, false));
        button.addClassName("zg-strip-day");
        button.setClassName("holiday", special.holiday());
        button.setAriaLabel(humanTime.day(date) + " " + humanTime.weekday(date) + " " + words(date, hours));
        button.add(mark(special), picture(date, hours), foot(date, index));
        return button;
    }

    private Component mark(CalendarDay day) {
        var mark = new Span();
        mark.addClassName("mark");
        if (day.kind() == DayKind.MAKE_UP_WORKDAY) {
            mark.setText(getTranslation("tradinghours.strip.makeUp"));
            mark.addClassName("open");
        } else if (day.holiday() && !calendar.day(day.date().minusDays(1)).holiday() && day.festival() != null) {
            mark.setText(
                    new HoursWords(getLocale()).locale().getLanguage().equals("en")
                            ? day.festival().english()
                            : day.festival().chinese());
            mark.addClassName("block");
        }
        return mark;
    }

    private static Component picture(LocalDate date, HoursEvaluator hours) {
        var svg = new StringBuilder("<svg width=\"100%\" height=\"100%\" aria-hidden=\"true\">"
                + "<rect class=\"track\" width=\"100%\" height=\"100%\" rx=\"3\"/>");
        var tracks = DayTrack.cut(
                hours.planOn(date),
                hours.planOn(date),
                hours.planOn(date.minusDays(1)),
                hours.planOn(date.minusDays(1)));
        for (var track : tracks) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" width=\"100%%\" y=\"%.2f%%\" height=\"%.2f%%\" rx=\"2\"/>",
                    track.kind().cssClass(),
                    track.start() * 100.0 / Period.DAY,
                    (track.end() - track.start()) * 100.0 / Period.DAY));
        }
        var picture = new Span(new Svg(svg.append("</svg>").toString()));
        picture.addClassName("picture");
        return picture;
    }

    private Component foot(LocalDate date, int index) {
        var foot = new Span(
                index == 0
                        ? getTranslation("tradinghours.today")
                        : index % WEEK == 0 ? DateTimeFormatter.ofPattern("M/d").format(date) : "");
        foot.addClassName("foot");
        return foot;
    }

    private String words(LocalDate date, HoursEvaluator hours) {
        var plan = hours.planOn(date);
        var words = new HoursWords(getLocale());
        return plan == null ? words.plan(null) : words.ranges(plan);
    }

    private void select(int index, boolean focus) {
        if (index < 0 || index >= buttons.size() || evaluator == null || time == null) {
            return;
        }
        selected = index;
        for (int i = 0; i < buttons.size(); i++) {
            var button = buttons.get(i);
            button.setClassName("selected", i == index);
            // One stop for the tab key; the arrows do the rest.
            button.setTabIndex(i == index ? 0 : -1);
            button.getElement().setAttribute("aria-pressed", String.valueOf(i == index));
        }
        if (focus) {
            buttons.get(index).focus();
        }
        var hours = evaluator;
        var humanTime = time;
        var words = new HoursWords(getLocale());
        var date = humanTime.today().plusDays(index);
        var rules = hours.rulesOn(date);
        var title = new Span(humanTime.day(date) + " " + humanTime.weekday(date));
        title.addClassName("zg-strong");
        var why = new Button(getTranslation("tradinghours.why"), click -> new WhyDialog(date, rules, humanTime).open());
        why.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        var more =
                new Div(getTranslation("tradinghours.strip.detail", words.rule(rules.getFirst()), words(date, hours)));
        more.addClassNames("zg-small", "zg-muted", "more");
        detail.removeAll();
        detail.add(title, why, more);
    }
}
