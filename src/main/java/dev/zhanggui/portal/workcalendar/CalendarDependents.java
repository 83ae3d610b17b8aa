package dev.zhanggui.portal.workcalendar;

/** Told by modules above: how much hangs on the calendar, so that an approver knows the weight of a change. */
public interface CalendarDependents {

    /** Stores whose hours on holidays or make-up workdays follow a rule for such days. */
    int stores();
}
