package dev.zhanggui.portal.workcalendar;

import java.time.Instant;

/**
 * The approved notices as this process knows them. {@link WorkCalendar} answers from memory and learns of a publication made by
 * another portal within about a second; whoever must not act on less than what is committed now asks to look first.
 */
public interface CalendarSnapshot {

    /** One small query; reads the notices again when there is something new. */
    void refresh();

    /** What was published by the moment, which is past, whatever came after. */
    WorkCalendar asOf(Instant moment);
}
