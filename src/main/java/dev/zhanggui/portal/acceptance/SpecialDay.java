package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Rule;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.DayKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A date that customers should look up: a holiday, a make-up workday, or one with hours of its own.
 *
 * @param rule what decides on that date; on a holiday without a rule that is the usual week
 */
public record SpecialDay(CalendarDay day, Rule rule) {

    /** Days in a row that have the same name and the same hours. */
    public record Span(
            LocalDate from,
            LocalDate to,
            Optional<String> name,
            @Nullable DayPlan plan) {}

    public LocalDate date() {
        return day.date();
    }

    /** The shifts that start on the date; null if not set. */
    public @Nullable DayPlan plan() {
        return rule.plan();
    }

    boolean isInTheCalendar() {
        return day.holiday() || day.kind() == DayKind.MAKE_UP_WORKDAY;
    }

    /** The merchant's own reason, else the festival or the kind of day; empty when it has no name. */
    public Optional<String> name(HoursWords words) {
        var note = rule.note();
        if (note != null && !note.isBlank()) {
            return Optional.of(note);
        }
        var festival = day.festival();
        if (day.kind() == DayKind.MAKE_UP_WORKDAY) {
            return Optional.of(words.makeUpWorkday());
        }
        return festival == null
                ? Optional.empty()
                : Optional.of(words.locale().getLanguage().equals("en") ? festival.english() : festival.chinese());
    }

    public static List<Span> spans(List<SpecialDay> days, HoursWords words) {
        var spans = new ArrayList<Span>();
        for (var day : days) {
            var last = spans.isEmpty() ? null : spans.getLast();
            var name = day.name(words);
            boolean goesOn = last != null
                    && last.to().plusDays(1).equals(day.date())
                    && last.name().equals(name)
                    && Objects.equals(last.plan(), day.plan());
            var from = goesOn ? spans.removeLast().from() : day.date();
            spans.add(new Span(from, day.date(), name, day.plan()));
        }
        return spans;
    }
}
