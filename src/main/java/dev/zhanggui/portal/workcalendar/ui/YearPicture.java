package dev.zhanggui.portal.workcalendar.ui;

import com.vaadin.flow.component.Html;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.DayKind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.Set;
import java.util.function.Function;

/** Twelve months: 休 on days off of a block, 班 on days worked for one, a ring on what would change. A table each, for every reader. */
class YearPicture extends Div {

    private static final int MONTHS = 12;
    private static final int WEEK = 7;

    private final transient CalendarWords words;

    YearPicture(CalendarWords words) {
        this.words = words;
        addClassName("zg-calendar");
    }

    void show(int year, Function<LocalDate, CalendarDay> calendar, Set<LocalDate> changed) {
        removeAll();
        var months = new Div();
        months.addClassName("zg-calendar-months");
        for (int month = 1; month <= MONTHS; month++) {
            months.add(new Html(month(YearMonth.of(year, month), calendar, changed)));
        }
        add(months, legend(!changed.isEmpty()));
    }

    private String month(YearMonth month, Function<LocalDate, CalendarDay> calendar, Set<LocalDate> changed) {
        var html = new StringBuilder("<table class=\"zg-calendar-month\"><caption>")
                .append(words.month(month.getMonthValue()))
                .append("</caption><thead><tr>");
        for (var day : DayOfWeek.values()) {
            html.append("<th scope=\"col\" abbr=\"")
                    .append(day.getDisplayName(TextStyle.FULL, words.locale()))
                    .append("\">")
                    .append(day.getDisplayName(TextStyle.NARROW, words.locale()))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody><tr>");
        int column = month.atDay(1).getDayOfWeek().getValue() - 1;
        html.append("<td></td>".repeat(column));
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            if (column == WEEK) {
                html.append("</tr><tr>");
                column = 0;
            }
            var date = month.atDay(day);
            html.append(cell(calendar.apply(date), changed.contains(date)));
            column++;
        }
        return html.append("<td></td>".repeat(WEEK - column))
                .append("</tr></tbody></table>")
                .toString();
    }

    private String cell(CalendarDay day, boolean changed) {
        boolean makeUp = day.kind() == DayKind.MAKE_UP_WORKDAY;
        var css = (day.holiday() ? "off" : makeUp ? "work" : day.workday() ? "" : "weekend")
                + (day.statutory() ? " statutory" : "")
                + (changed ? " changed" : "");
        var html = new StringBuilder("<td class=\"").append(css.strip()).append('"');
        if (day.holiday() || makeUp || changed) {
            html.append(" title=\"").append(words.kind(day)).append('"');
        }
        html.append("><b>").append(day.date().getDayOfMonth()).append("</b>");
        if (day.holiday() || makeUp) {
            html.append("<i>")
                    .append(words.say(makeUp ? "workcalendar.mark.work" : "workcalendar.mark.off"))
                    .append("</i>");
        }
        if (changed) {
            html.append("<span class=\"zg-sr\">")
                    .append(words.say("workcalendar.changes"))
                    .append("</span>");
        }
        return html.append("</td>").toString();
    }

    private Div legend(boolean withChanges) {
        var legend = new Div();
        legend.addClassName("zg-calendar-legend");
        legend.add(entry("off statutory", "workcalendar.legend.statutory"));
        legend.add(entry("off", "workcalendar.legend.off"));
        legend.add(entry("work", "workcalendar.legend.work"));
        if (withChanges) {
            legend.add(entry("changed", "workcalendar.legend.changed"));
        }
        return legend;
    }

    private Span entry(String css, String key) {
        var swatch = new Span();
        swatch.addClassName("zg-calendar-swatch");
        swatch.addClassNames(css.split(" "));
        swatch.getElement().setAttribute("aria-hidden", "true");
        return new Span(swatch, new Span(words.say(key)));
    }
}
