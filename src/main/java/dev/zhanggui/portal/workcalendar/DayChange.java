package dev.zhanggui.portal.workcalendar;

import java.time.LocalDate;
import java.util.List;

/** A date that one calendar sees otherwise than another. */
public record DayChange(CalendarDay before, CalendarDay after) {

    public LocalDate date() {
        return before.date();
    }

    /** Every date of the year, and of the last weeks of the year before, that differs. */
    public static List<DayChange> between(WorkCalendar before, WorkCalendar after, int year) {
        return Notice.first(year)
                .datesUntil(LocalDate.of(year + 1, 1, 1))
                .map(date -> new DayChange(before.day(date), after.day(date)))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }
}
