package dev.zhanggui.portal.workcalendar;

import java.time.Instant;

/**
 * What is known of a year, and of the December before it, is another from now on; published inside the approving transaction.
 * Whoever keeps something that was computed from the calendar computes it anew.
 *
 * @param at from when it holds
 */
public record CalendarPublished(int year, Instant at) {}
