package dev.zhanggui.portal.workcalendar;

import dev.zhanggui.portal.workcalendar.internal.ChinaCalendar;
import dev.zhanggui.portal.workcalendar.internal.NoticedCalendar;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers what a date is. Total, thread-safe and fast: evaluators ask it for every day they look at. */
public interface WorkCalendar {

    CalendarDay day(LocalDate date);

    YearState state(int year);

    /** When and from where the year's notice was approved here; null for years that came with the program, and unpublished ones. */
    default @Nullable Publication publication(int year) {
        return null;
    }

    /** An approved notice. */
    record Publication(Instant at, String source) {}

    default boolean isWorkday(LocalDate date) {
        return day(date).workday();
    }

    /** All days of a year, first to last. */
    default List<CalendarDay> year(int year) {
        return LocalDate.of(year, 1, 1)
                .datesUntil(LocalDate.of(year + 1, 1, 1))
                .map(this::day)
                .toList();
    }

    /** Days that belong to a holiday block or are worked for one, from {@code from} (included) to {@code until}. */
    default Stream<CalendarDay> specialDays(LocalDate from, LocalDate until) {
        return from.datesUntil(until)
                .map(this::day)
                .filter(day -> day.holiday() || day.kind() == DayKind.MAKE_UP_WORKDAY);
    }

    /** Mainland China: published years exact to the day, later years by law. */
    static WorkCalendar china() {
        return ChinaCalendar.INSTANCE;
    }

    /** Mainland China with notices that are newer than the tables, or instead of them: at most one a year. */
    static WorkCalendar china(Collection<Notice> notices) {
        return new NoticedCalendar(ChinaCalendar.INSTANCE, notices);
    }

    /** Weekdays and weekends, nothing else. */
    static WorkCalendar none() {
        return withHolidays(List.of());
    }

    /** Weekdays, weekends and the given public holidays; no make-up workdays. */
    static WorkCalendar withHolidays(Collection<LocalDate> publicHolidays) {
        var holidays = Set.copyOf(publicHolidays);
        return new WorkCalendar() {
            @Override
            public CalendarDay day(LocalDate date) {
                return holidays.contains(date)
                        ? new CalendarDay(date, DayKind.STATUTORY, true, Festival.OTHER)
                        : new CalendarDay(date, isWeekend(date) ? DayKind.WEEKEND : DayKind.WORKDAY, false, null);
            }

            @Override
            public YearState state(int year) {
                return YearState.PUBLISHED;
            }
        };
    }

    static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
