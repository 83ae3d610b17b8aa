package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.DayKind;
import org.jspecify.annotations.Nullable;

/**
 * Rules for special days; absent means the week's plan goes on.
 *
 * @param holiday every day inside an official holiday block, weekends within it included
 * @param transferredRest weekdays moved into a block; where absent, {@code holiday} speaks for them
 * @param makeUpWorkday Saturdays and Sundays that are worked in exchange
 */
public record DayKindRules(
        @Nullable DayRule holiday,
        @Nullable DayRule transferredRest,
        @Nullable DayRule makeUpWorkday) {

    public static final DayKindRules NONE = new DayKindRules(null, null, null);

    public @Nullable DayRule on(CalendarDay day) {
        if (day.kind() == DayKind.MAKE_UP_WORKDAY) {
            return makeUpWorkday;
        }
        if (day.kind() == DayKind.TRANSFERRED_REST && transferredRest != null) {
            return transferredRest;
        }
        return day.holiday() ? holiday : null;
    }
}
