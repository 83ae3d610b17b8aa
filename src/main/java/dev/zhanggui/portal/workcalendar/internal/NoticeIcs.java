package dev.zhanggui.portal.workcalendar.internal;

import dev.zhanggui.portal.workcalendar.Festival;
import dev.zhanggui.portal.workcalendar.Notice;
import dev.zhanggui.portal.workcalendar.NoticeDay;
import dev.zhanggui.portal.workcalendar.NoticeFault;
import dev.zhanggui.portal.workcalendar.NoticeFault.Kind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * iCalendar (RFC 5545) as Chinese feeds of days off write it: whole-day events, DTEND exclusive, 休 or 班 in the summary, or Apple's
 * {@code X-APPLE-SPECIAL-DAY}. 班 is looked for first, because 「调休上班」 holds both. An event with neither is a festival that is no day
 * off, as feeds carry them; it is left out with a warning. So are events of other years: a feed holds several.
 *
 * <p>Read line by line and without expressions that could be made slow. Nothing is fetched: no link in the file is followed.
 */
final class NoticeIcs {

    private static final int MOST_LINES = 50_000;
    private static final int LONGEST_LINE = 4_000;
    private static final int LONGEST_EVENT = 31;
    private static final int DEEPEST = 8;
    private static final Set<String> REPEATING = Set.of("RRULE", "RDATE", "EXRULE");
    private static final String APPLE = "X-APPLE-SPECIAL-DAY";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final int year;
    private final List<NoticeFault> faults;
    private final List<Found> found = new ArrayList<>();
    private final Map<LocalDate, Boolean> seen = new HashMap<>();
    private int otherYears;

    /** A logical line: unfolded, with the number of its first physical line. */
    private record Line(int number, String name, String value) {}

    private static final class Event {
        private final int line;
        private final Map<String, Line> properties = new HashMap<>();

        Event(int line) {
            this.line = line;
        }

        String value(String name) {
            var line = properties.get(name);
            return line == null ? "" : line.value();
        }
    }

    NoticeIcs(int year, List<NoticeFault> faults) {
        this.year = year;
        this.faults = faults;
    }

    List<Found> read(String text) {
        var open = new ArrayDeque<String>();
        Event event = null;
        boolean ended = false;
        var lines = unfold(text);
        for (var line : lines) {
            if (ended) {
                fault(line.number(), Kind.NOT_ICS, line.name());
                return found;
            }
            switch (line.name()) {
                case "BEGIN" -> {
                    var component = line.value().toUpperCase(Locale.ROOT);
                    if (open.size() == DEEPEST || open.isEmpty() != component.equals("VCALENDAR")) {
                        fault(line.number(), Kind.NOT_ICS, "BEGIN:" + component);
                        return found;
                    }
                    open.push(component);
                    if (component.equals("VEVENT")) {
                        event = new Event(line.number());
                    }
                }
                case "END" -> {
                    var component = line.value().toUpperCase(Locale.ROOT);
                    if (!component.equals(open.peek())) {
                        fault(line.number(), Kind.NOT_ICS, "END:" + component);
                        return found;
                    }
                    open.pop();
                    if (component.equals("VEVENT") && event != null) {
                        take(event);
                        event = null;
                    }
                    ended = open.isEmpty();
                }
                default -> property(line, open, event);
            }
        }
        if (!ended) {
            fault(lines.isEmpty() ? 1 : lines.getLast().number(), Kind.NOT_ICS, "END:VCALENDAR");
        }
        if (otherYears > 0) {
            faults.add(new NoticeFault("", Kind.OTHER_YEARS, String.valueOf(otherYears)));
        }
        return found;
    }

    private void property(Line line, Deque<String> open, @Nullable Event event) {
        if (line.name().isEmpty() || open.isEmpty()) {
            fault(line.number(), Kind.NOT_ICS, line.value());
        } else if (event != null && "VEVENT".equals(open.peek())) {
            event.properties.putIfAbsent(line.name(), line);
        }
    }

    private void take(Event event) {
        if (event.value("STATUS").equalsIgnoreCase("CANCELLED")) {
            return;
        }
        var start = date(event, "DTSTART");
        if (start == null) {
            return;
        }
        var end = event.properties.containsKey("DTEND") ? date(event, "DTEND") : start.plusDays(1);
        if (end == null) {
            return;
        }
        if (!end.isAfter(start)) {
            fault(
                    event.properties
                            .getOrDefault("DTEND", new Line(event.line, "", ""))
                            .number(),
                    Kind.REVERSED,
                    start + "..");
            return;
        }
        // Days off in the last two weeks of December are the next New Year's, whoever announced them.
        if (!end.isAfter(Notice.first(year)) || start.getYear() > year) {
            otherYears++;
            return;
        }
        var summary = event.value("SUMMARY").strip();
        var off = mark(event, summary);
        if (off == null) {
            fault(event.line, Kind.NO_MARK, summary);
            return;
        }
        for (var name : REPEATING) {
            if (event.properties.containsKey(name)) {
                fault(event.properties.get(name).number(), Kind.REPEATED_EVENT, name);
                return;
            }
        }
        if (start.plusDays(LONGEST_EVENT).isBefore(end)) {
            fault(event.line, Kind.TOO_LONG_EVENT, start + ".." + end);
            return;
        }
        var name = name(summary);
        start.datesUntil(end).forEach(date -> take(event, date, off, name));
    }

    private void take(Event event, LocalDate date, boolean off, String name) {
        var before = seen.putIfAbsent(date, off);
        if (before == null) {
            found.add(new Found(String.valueOf(event.line), new NoticeDay(date, off, name)));
        } else if (before != off) {
            fault(event.line, Kind.DUPLICATE, date.toString());
        }
        // The same said twice, as feeds do that give a block and its days, is no contradiction.
    }

    private @Nullable LocalDate date(Event event, String property) {
        var line = event.properties.get(property);
        if (line == null) {
            fault(event.line, Kind.MISSING, property);
            return null;
        }
        var written = line.value();
        int time = written.indexOf('T');
        // Midnight in the calendar's own zone is a date; any other hour, and UTC, is not.
        var day = time > 0 && written.substring(time).equals("T000000") ? written.substring(0, time) : written;
        try {
            return LocalDate.parse(day, DATE);
        } catch (DateTimeException e) {
            fault(line.number(), Kind.NOT_A_DATE, written);
            return null;
        }
    }

    /** True for a day off, false for one that is worked, null for neither. */
    private static @Nullable Boolean mark(Event event, String summary) {
        switch (event.value(APPLE).toUpperCase(Locale.ROOT)) {
            case "ALTERNATE-WORKDAY" -> {
                return false;
            }
            case "WORK-HOLIDAY" -> {
                return true;
            }
            default -> {}
        }
        if (summary.contains("班")) {
            return false;
        }
        return summary.contains("休") || summary.contains("放假") || summary.contains("假期") ? true : null;
    }

    /** The festival's name when the summary holds one, else the summary itself. */
    private static String name(String summary) {
        var festival = Festival.named(summary);
        if (festival != Festival.OTHER) {
            return festival.chinese();
        }
        var text = summary.isBlank() ? "?" : summary;
        return text.length() <= NoticeDay.LONGEST_NAME ? text : text.substring(0, NoticeDay.LONGEST_NAME);
    }

    private List<Line> unfold(String text) {
        var lines = new ArrayList<Line>();
        int number = 0;
        int first = 0;
        var current = new StringBuilder();
        for (var physical : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (number > MOST_LINES || physical.length() > LONGEST_LINE || current.length() > LONGEST_LINE) {
                fault(number, Kind.TOO_LONG, String.valueOf(physical.length()));
                return List.of();
            }
            if (!physical.isEmpty() && (physical.charAt(0) == ' ' || physical.charAt(0) == '\t')) {
                current.append(physical, 1, physical.length());
                continue;
            }
            add(lines, first, current);
            first = number;
            current.append(physical);
        }
        add(lines, first, current);
        return lines;
    }

    /** A line without a colon keeps an empty name: whoever reads it says that it is none. */
    private static void add(List<Line> lines, int number, StringBuilder current) {
        var text = current.toString().stripTrailing();
        current.setLength(0);
        if (text.isEmpty()) {
            return;
        }
        int colon = colon(text);
        if (colon < 0) {
            lines.add(new Line(number, "", text));
            return;
        }
        var head = text.substring(0, colon);
        int parameters = head.indexOf(';');
        lines.add(new Line(
                number,
                (parameters < 0 ? head : head.substring(0, parameters)).toUpperCase(Locale.ROOT),
                text.substring(colon + 1)));
    }

    /** The colon that ends name and parameters; one inside quotes does not. */
    private static int colon(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '"') {
                quoted = !quoted;
            } else if (line.charAt(i) == ':' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private void fault(int line, Kind kind, String value) {
        faults.add(new NoticeFault(String.valueOf(line), kind, value));
    }
}
