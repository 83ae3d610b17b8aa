package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes an iCalendar feed (RFC 5545) of the days to come: one event a shift, in UTC, so that no time zone needs describing. An
 * event keeps its UID as long as it starts at the same moment; calendars that subscribe update what changed.
 */
final class CalendarWriter {

    /** How far a file looks ahead. */
    private static final int DAYS_AHEAD = 90;

    private static final int LINE_OCTETS = 75;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final HoursDocument document;
    private final Setting setting;
    private final StringBuilder text = new StringBuilder();

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
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line("PRODID:-//Zhanggui//Trading hours//EN");
        line("CALSCALE:GREGORIAN");
        line("METHOD:PUBLISH");
        line("NAME:" + escaped(name));
        line("X-WR-CALNAME:" + escaped(name));
        line("X-WR-TIMEZONE:" + document.zone().getId());
        line("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
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
        line("END:VCALENDAR");
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
        line("BEGIN:VEVENT");
        line("UID:" + UTC.format(start) + "-" + key + "@zhanggui");
        line("DTSTAMP:" + UTC.format(stamp));
        line("DTSTART:" + UTC.format(start));
        line("DTEND:" + UTC.format(end));
        line("SUMMARY:" + escaped(name));
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }

    private Instant at(LocalDate date, int minute) {
        return date.atStartOfDay().plusMinutes(minute).atZone(document.zone()).toInstant();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\r", "")
                .replace("\n", "\\n");
    }

    /** Folded after 75 octets, never inside a character. */
    private void line(String line) {
        int octets = 0;
        for (int i = 0; i < line.length(); ) {
            int point = line.codePointAt(i);
            var piece = Character.toString(point);
            int length = piece.getBytes(StandardCharsets.UTF_8).length;
            if (octets + length > LINE_OCTETS) {
                text.append("\r\n ");
                octets = 1;
            }
            text.append(piece);
            octets += length;
            i += piece.length();
        }
        text.append("\r\n");
    }
}
