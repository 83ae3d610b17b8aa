package dev.zhanggui.portal.workcalendar;

/**
 * What is known of a year, and of the December before it, is another from now on; published inside the approving transaction.
 * Whoever keeps something that was computed from the calendar computes it anew.
 */
public record CalendarPublished(int year) {}
