package dev.zhanggui.portal.workcalendar.internal;

import com.tyme.lunar.LunarDay;
import com.tyme.solar.SolarDay;
import com.tyme.solar.SolarTerm;
import dev.zhanggui.portal.workcalendar.Festival;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * The days off by law, 全国年节及纪念日放假办法: Order 795 (13 days, from 2025), 644 (2014), 513 (2008), 270 (2000). They follow
 * from the lunar calendar and the solar terms, so they are known before the yearly notice is.
 */
final class StatutoryDays {

    private StatutoryDays() {}

    static Map<LocalDate, Festival> of(int year) {
        var days = new TreeMap<LocalDate, Festival>();
        days.put(LocalDate.of(year, 1, 1), Festival.NEW_YEAR);

        var newYear = lunar(year, 1, 1);
        // The eve counted from 2008 to 2013 in place of the third day, and again, in addition, from 2025.
        boolean eve = year >= 2008 && year <= 2013 || year >= 2025;
        boolean thirdDay = year < 2008 || year > 2013;
        for (var day = newYear.minusDays(eve ? 1 : 0);
                !day.isAfter(newYear.plusDays(thirdDay ? 2 : 1));
                day = day.plusDays(1)) {
            days.put(day, Festival.SPRING_FESTIVAL);
        }

        int labour = year < 2008 ? 3 : year < 2025 ? 1 : 2;
        for (int day = 1; day <= labour; day++) {
            days.put(LocalDate.of(year, 5, day), Festival.LABOUR_DAY);
        }
        for (int day = 1; day <= 3; day++) {
            days.put(LocalDate.of(year, 10, day), Festival.NATIONAL_DAY);
        }
        if (year >= 2008) {
            days.put(date(SolarTerm.fromName(year, "清明").getSolarDay()), Festival.QINGMING);
            days.put(lunar(year, 5, 5), Festival.DRAGON_BOAT);
            days.merge(
                    lunar(year, 8, 15),
                    Festival.MID_AUTUMN,
                    (national, midAutumn) -> Festival.NATIONAL_DAY_AND_MID_AUTUMN);
        }
        return days;
    }

    private static LocalDate lunar(int year, int month, int day) {
        return date(LunarDay.fromYmd(year, month, day).getSolarDay());
    }

    private static LocalDate date(SolarDay day) {
        return LocalDate.of(day.getYear(), day.getMonth(), day.getDay());
    }
}
