package dev.zhanggui.portal.workcalendar.internal;

import com.tyme.holiday.LegalHoliday;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.DayKind;
import dev.zhanggui.portal.workcalendar.Festival;
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
        if (byLaw != null) {
            return new CalendarDay(date, DayKind.STATUTORY, true, byLaw);
        }
        if (notice == null || ORDINARY_WEEKENDS.contains(date)) {
            return ordinary(date);
        }
        var festival = festival(notice.getName());
        if (notice.isWork()) {
            return new CalendarDay(date, DayKind.MAKE_UP_WORKDAY, false, festival);
        }
        return new CalendarDay(
                date, WorkCalendar.isWeekend(date) ? DayKind.WEEKEND : DayKind.TRANSFERRED_REST, true, festival);
    }

    private static CalendarDay ordinary(LocalDate date) {
        return new CalendarDay(date, WorkCalendar.isWeekend(date) ? DayKind.WEEKEND : DayKind.WORKDAY, false, null);
    }

    private static Festival festival(String name) {
        return switch (name) {
            case "元旦" -> Festival.NEW_YEAR;
            case "春节" -> Festival.SPRING_FESTIVAL;
            case "清明节" -> Festival.QINGMING;
            case "劳动节" -> Festival.LABOUR_DAY;
            case "端午节" -> Festival.DRAGON_BOAT;
            case "中秋节" -> Festival.MID_AUTUMN;
            case "国庆节" -> Festival.NATIONAL_DAY;
            case "国庆中秋" -> Festival.NATIONAL_DAY_AND_MID_AUTUMN;
            case "抗战胜利日" -> Festival.VICTORY_DAY;
            default -> Festival.OTHER;
        };
    }
}
