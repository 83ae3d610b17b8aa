package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.SpecialDay;
import dev.zhanggui.portal.acceptance.Storefront;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Interval;
import dev.zhanggui.portal.tradinghours.interchange.CalendarText;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A store's hours as a calendar to subscribe to (RFC 5545): an event per opening, an all-day one per special day. An event keeps
 * its UID as long as it begins at the same moment, so that a calendar updates instead of doubling.
 */
final class CalendarFeed {

    static final int DAYS_AHEAD = 60;

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;

    private final Storefront front;
    private final ScanTexts texts;
    private final String address;

    /** @param address where the store's hours can be read by everybody */
    CalendarFeed(Storefront front, ScanTexts texts, String address) {
        this.front = front;
        this.texts = texts;
        this.address = address;
    }

    String text(Instant now) {
        var zone = front.hours().zone();
        var today = LocalDate.ofInstant(now, zone);
        // From yesterday on: an opening that runs over midnight keeps the beginning it had.
        var from = today.minusDays(1).atStartOfDay(zone).toInstant();
        var until = today.plusDays(DAYS_AHEAD).atStartOfDay(zone).toInstant();
        var name = new StoreMarkup(texts, Clock.fixed(now, zone)).name(front.store());
        var lines = new ArrayList<String>(List.of(
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//Zhanggui//Opening hours//" + texts.code().toUpperCase(Locale.ROOT),
                "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH",
                "NAME:" + CalendarText.escaped(texts.plain("hours.title", name)),
                "X-WR-CALNAME:" + CalendarText.escaped(texts.plain("hours.title", name)),
                "X-WR-TIMEZONE:" + zone.getId(),
                "URL:" + address,
                "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
                "X-PUBLISHED-TTL:PT1H"));
        for (var interval : front.hours().openIntervals(from, until)) {
            for (var day : days(interval)) {
                event(
                        lines,
                        now,
                        CalendarText.utc(day.start()),
                        CalendarText.escaped(texts.plain("hours.feed.open", name)));
                lines.add("DTSTART:" + CalendarText.utc(day.start()));
                lines.add("DTEND:" + CalendarText.utc(day.end()));
                lines.add("URL:" + address);
                if (!front.store().address().isBlank()) {
                    lines.add("LOCATION:" + CalendarText.escaped(front.store().address()));
                }
                lines.add("TRANSP:TRANSPARENT");
                lines.add("END:VEVENT");
            }
        }
        for (var day : front.specialDays(today, DAYS_AHEAD)) {
            event(lines, now, "day-" + DATE.format(day.date()), CalendarText.escaped(summary(day, name)));
            lines.add("DTSTART;VALUE=DATE:" + DATE.format(day.date()));
            lines.add("DTEND;VALUE=DATE:" + DATE.format(day.date().plusDays(1)));
            lines.add("TRANSP:TRANSPARENT");
            lines.add("END:VEVENT");
        }
        lines.add("END:VCALENDAR");
        var text = new CalendarText();
        lines.forEach(text::line);
        return text.toString();
    }

    private void event(List<String> lines, Instant now, String id, String summary) {
        lines.add("BEGIN:VEVENT");
        lines.add("UID:" + front.store().publicId() + "-" + id + "@"
                + URI.create(address).getHost());
        lines.add("DTSTAMP:" + CalendarText.utc(now));
        lines.add("SEQUENCE:" + front.version());
        lines.add("SUMMARY:" + summary);
    }

    private String summary(SpecialDay day, String store) {
        var words = new HoursWords(texts.locale());
        var plan = day.plan();
        return texts.plain(
                "hours.feed.special",
                store,
                day.name(words).orElseGet(() -> texts.plain("hours.own")),
                plan == null ? words.plan(null) : words.ranges(plan));
    }

    /** What never closes is told day by day, or its beginning would move with every reading. */
    private List<Interval> days(Interval open) {
        if (Duration.between(open.start(), open.end()).toHours() < 24) {
            return List.of(open);
        }
        var days = new ArrayList<Interval>();
        for (var start = open.start(); start.isBefore(open.end()); ) {
            var midnight = start.atZone(front.hours().zone())
                    .toLocalDate()
                    .plusDays(1)
                    .atStartOfDay(front.hours().zone())
                    .toInstant();
            var end = midnight.isBefore(open.end()) ? midnight : open.end();
            days.add(new Interval(start, end));
            start = end;
        }
        return days;
    }
}
