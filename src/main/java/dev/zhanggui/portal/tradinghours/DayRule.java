package dev.zhanggui.portal.tradinghours;

import java.time.DayOfWeek;

/** What a kind of day does instead of the week's plan. */
public sealed interface DayRule {

    /** Its own shifts; none means closed. */
    record Own(DayPlan plan) implements DayRule {}

    /** The plan that the week, or the season, has for that day: a make-up Saturday works like a Monday. */
    record Like(DayOfWeek day) implements DayRule {}
}
