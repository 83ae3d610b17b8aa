package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an iCalendar feed (RFC 5545) of the days to come: one event a shift, in UTC, so that no time zone needs describing. An
 * event keeps its UID as long as it starts at the same moment; calendars that subscribe update what changed.
 */
final class CalendarWriter {

    /** How far a file looks ahead. */
    private static final int DAYS_AHEAD = 90;

    private final HoursDocument document;
    private final Setting setting;
    private final CalendarText text = new CalendarText();

    CalendarWriter(HoursDocument document, Setting setting) {
        this.document = document;
        this.setting = setting;
    }

    /**
     * @param key what tells this store's events from those of others, in letters, digits and hyphens
     * @param name of the calendar and of every event
     * @param stamp when the hours were last changed
     */
    static Written feed(HoursDocument document, Setting setting, String key, String name, Instant stamp) {
        return new CalendarWriter(document, setting).write(key, name, stamp);
    }

    Written write(String key, String name, Instant stamp) {
        text.line("BEGIN:VCALENDAR");
        text.line("VERSION:2.0");
        text.line("PRODID:-//Zhanggui//Trading hours//EN");
        text.line("CALSCALE:GREGORIAN");
        text.line("METHOD:PUBLISH");
        text.line("NAME:" + CalendarText.escaped(name));
        text.line("X-WR-CALNAME:" + CalendarText.escaped(name));
        text.line("X-WR-TIMEZONE:" + document.zone().getId());
        text.line("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
        var evaluator = new HoursEvaluator(document, setting.calendar(), List.of());
        var last = setting.today().plusDays(DAYS_AHEAD);
        for (var date = setting.today(); date.isBefore(last); date = date.plusDays(1)) {
            var plan = evaluator.planOn(date);
            if (plan != null) {
                for (var period : plan.periods()) {
                    event(date, period, key, name, stamp);
                }
            }
        }
        text.line("END:VCALENDAR");
        var lost = new ArrayList<Finding>();
        lost.add(Finding.of(Kind.ONLY_DATES, last.minusDays(1).toString()));
        lost.addAll(Lost.always(document));
        return new Written(text.toString(), lost);
    }

    private void event(LocalDate date, Period period, String key, String name, Instant stamp) {
        var start = at(date, period.start());
        var end = at(date, period.end());
        if (!start.isBefore(end)) {
            // Swallowed by the hour that clocks skip.
            return;
        }
        text.line("BEGIN:VEVENT");
        text.line("UID:" + CalendarText.utc(start) + "-" + key + "@zhanggui");
        text.line("DTSTAMP:" + CalendarText.utc(stamp));
        text.line("DTSTART:" + CalendarText.utc(start));
        text.line("DTEND:" + CalendarText.utc(end));
        text.line("SUMMARY:" + CalendarText.escaped(name));
        text.line("TRANSP:TRANSPARENT");
        text.line("END:VEVENT");
    }

    private Instant at(LocalDate date, int minute) {
        return date.atStartOfDay().plusMinutes(minute).atZone(document.zone()).toInstant();
    }
}
