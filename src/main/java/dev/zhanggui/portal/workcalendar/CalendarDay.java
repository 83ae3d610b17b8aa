package dev.zhanggui.portal.workcalendar;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One date of the work calendar.
 *
 * @param holiday inside an official holiday block, whatever its kind: a Saturday within the Spring Festival block is a
 *     {@link DayKind#WEEKEND} and a holiday
 * @param festival what the block, or the exchange for it, is due to; absent on ordinary days
 */
public record CalendarDay(
        LocalDate date,
        DayKind kind,
        boolean holiday,
        @Nullable Festival festival) {

    public boolean statutory() {
        return kind == DayKind.STATUTORY;
    }

    public boolean workday() {
        return kind.worked();
    }
}
