package dev.zhanggui.portal.workcalendar.internal;

import com.tyme.holiday.LegalHoliday;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.DayKind;
import dev.zhanggui.portal.workcalendar.Festival;
import dev.zhanggui.portal.workcalendar.NoticeDay;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Notices of 2002 to 2026 from tyme4j; statutory days of every year from the law. */
public final class ChinaCalendar implements WorkCalendar {

    public static final ChinaCalendar INSTANCE = new ChinaCalendar();

    private static final int FIRST_PUBLISHED = 2002;
    private static final int LAST_PUBLISHED = 2026;
    /** The lunar tables reach further, but no one should read a promise into a century. */
    private static final int LAST_COMPUTED = 2100;

    /**
     * tyme4j counts the weekend before the Dragon Boat day of 2024 as holiday. The notice says 「6月10日放假，与周末连休」:
     * a weekend like any other.
     */
    private static final Set<LocalDate> ORDINARY_WEEKENDS = Set.of(LocalDate.of(2024, 6, 8), LocalDate.of(2024, 6, 9));

    private final Map<Integer, CalendarDay[]> years = new ConcurrentHashMap<>();

    private ChinaCalendar() {}

    @Override
    public YearState state(int year) {
        if (year < FIRST_PUBLISHED || year > LAST_COMPUTED) {
            return YearState.MISSING;
        }
        return year <= LAST_PUBLISHED ? YearState.PUBLISHED : YearState.PROVISIONAL;
    }

    @Override
    public CalendarDay day(LocalDate date) {
        if (state(date.getYear()) == YearState.MISSING) {
            return ordinary(date);
        }
        return years.computeIfAbsent(date.getYear(), ChinaCalendar::compute)[date.getDayOfYear() - 1];
    }

    private static CalendarDay[] compute(int year) {
        var statutory = StatutoryDays.of(year);
        return LocalDate.of(year, 1, 1)
                .datesUntil(LocalDate.of(year + 1, 1, 1))
                .map(date -> compute(date, statutory.get(date)))
                .toArray(CalendarDay[]::new);
    }

    private static CalendarDay compute(LocalDate date, @Nullable Festival byLaw) {
        var notice = LegalHoliday.fromYmd(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
        return day(
                date,
                byLaw,
                notice == null || ORDINARY_WEEKENDS.contains(date)
                        ? null
                        : new NoticeDay(date, !notice.isWork(), notice.getName()));
    }

    /** What a date is by law and by the notice of its year. */
    static CalendarDay day(LocalDate date, @Nullable Festival byLaw, @Nullable NoticeDay notice) {
        if (byLaw != null) {
            return new CalendarDay(date, DayKind.STATUTORY, true, byLaw);
        }
        return notice == null ? ordinary(date) : noticed(notice);
    }

    /** What a date that is no day off by law becomes by a notice. */
    static CalendarDay noticed(NoticeDay notice) {
        var date = notice.date();
        boolean weekend = WorkCalendar.isWeekend(date);
        if (notice.off()) {
            return new CalendarDay(date, weekend ? DayKind.WEEKEND : DayKind.TRANSFERRED_REST, true, notice.festival());
        }
        return weekend ? new CalendarDay(date, DayKind.MAKE_UP_WORKDAY, false, notice.festival()) : ordinary(date);
    }

    private static CalendarDay ordinary(LocalDate date) {
        return new CalendarDay(date, WorkCalendar.isWeekend(date) ? DayKind.WEEKEND : DayKind.WORKDAY, false, null);
    }
}
