package dev.zhanggui.portal.workcalendar.internal;

import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.Notice;
import dev.zhanggui.portal.workcalendar.NoticeDay;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The calendar with notices laid over it. The notice of a year says all about that year; what it says of the December before is
 * laid over whatever that year's own notice says.
 */
public final class NoticedCalendar implements WorkCalendar {

    private final WorkCalendar base;
    private final Map<Integer, Notice> notices;
    private final Map<Integer, CalendarDay[]> years;

    public NoticedCalendar(WorkCalendar base, Collection<Notice> notices) {
        this.base = base;
        this.notices = notices.stream().collect(Collectors.toUnmodifiableMap(Notice::year, Function.identity()));
        var computed = new HashMap<Integer, CalendarDay[]>();
        for (var notice : notices) {
            computed.put(notice.year(), ofYear(notice));
        }
        for (var notice : notices) {
            for (var day : notice.days()) {
                var date = day.date();
                if (date.getYear() < notice.year()) {
                    computed.computeIfAbsent(date.getYear(), this::ofBase)[date.getDayOfYear() - 1] =
                            ChinaCalendar.noticed(day);
                }
            }
        }
        this.years = Map.copyOf(computed);
    }

    @Override
    public CalendarDay day(LocalDate date) {
        var year = years.get(date.getYear());
        return year == null ? base.day(date) : year[date.getDayOfYear() - 1];
    }

    @Override
    public YearState state(int year) {
        return notices.containsKey(year) ? YearState.PUBLISHED : base.state(year);
    }

    private CalendarDay[] ofBase(int year) {
        return base.year(year).toArray(CalendarDay[]::new);
    }

    private static CalendarDay[] ofYear(Notice notice) {
        var byLaw = StatutoryDays.of(notice.year());
        var given = notice.days().stream().collect(Collectors.toMap(NoticeDay::date, Function.identity()));
        return LocalDate.of(notice.year(), 1, 1)
                .datesUntil(LocalDate.of(notice.year() + 1, 1, 1))
                .map(date -> ChinaCalendar.day(date, byLaw.get(date), given.get(date)))
                .toArray(CalendarDay[]::new);
    }
}
