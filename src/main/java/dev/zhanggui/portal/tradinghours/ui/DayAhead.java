package dev.zhanggui.portal.tradinghours.ui;

import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Rule;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the next days, asked for once.
 *
 * @param rules the deciding one first
 * @param before the shifts of the day before, which may go on into this one
 */
record DayAhead(
        LocalDate date,
        CalendarDay day,
        List<Rule> rules,
        @Nullable DayPlan before) {

    @Nullable
    DayPlan plan() {
        return rules.getFirst().plan();
    }

    static List<DayAhead> from(LocalDate today, int days, HoursEvaluator hours, WorkCalendar calendar) {
        var ahead = new ArrayList<DayAhead>(days);
        var before = hours.planOn(today.minusDays(1));
        for (int i = 0; i < days; i++) {
            var date = today.plusDays(i);
            var day = new DayAhead(date, calendar.day(date), hours.rulesOn(date), before);
            ahead.add(day);
            before = day.plan();
        }
        return ahead;
    }
}
