package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What a text does not say by itself.
 *
 * @param zone of the store; texts speak of its wall clock
 * @param calendar which dates a festival, or a holiday, falls on
 * @param today where "12 月 24 日" without a year starts to look, and dated lists begin
 */
public record Setting(ZoneId zone, WorkCalendar calendar, LocalDate today) {}
