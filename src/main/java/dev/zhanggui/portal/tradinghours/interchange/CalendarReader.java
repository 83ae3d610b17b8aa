package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Season;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Place;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads an iCalendar file (RFC 5545): an event that repeats every week is the week's plan, or a season where it ends; any other
 * event is a date on which it is open as well. What repeats otherwise is refused.
 */
final class CalendarReader {

    private static final int MAX_LENGTH = 512 * 1024;
    private static final int MAX_EVENTS = 1_000;
    private static final int MAX_EXCEPTIONS = 400;
    private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Set<String> REFUSED = Set.of("RDATE", "EXRULE", "RECURRENCE-ID");

    private final Setting setting;
    private final List<Finding> warnings = new ArrayList<>();
    private final Map<DayOfWeek, List<Period>> week = new EnumMap<>(DayOfWeek.class);
    private final Map<Range, Map<DayOfWeek, List<Period>>> seasons = new LinkedHashMap<>();
    private final Map<LocalDate, List<Period>> dates = new TreeMap<>();
    private final Map<LocalDate, List<Period>> without = new TreeMap<>();

    private record Range(LocalDate from, LocalDate to) {}

    /** @param number of the line, from 1 */
    private record Line(int number, String name, Map<String, String> parameters, String value) {
        Refusal refusal(Kind kind) {
            return new Refusal(new Finding(new Place.Path("line " + number), kind, value));
        }
    }

    private record Moment(LocalDateTime local, boolean date) {}

    CalendarReader(Setting setting) {
        this.setting = setting;
    }

    Read read(String text) {
        try {
            if (text.length() > MAX_LENGTH) {
                throw new Refusal(Finding.of(Kind.TOO_LONG, Integer.toString(text.length())));
            }
            events(lines(text));
            if (week.isEmpty() && dates.isEmpty() && seasons.isEmpty()) {
                throw new Refusal(Finding.of(Kind.EMPTY, ""));
            }
            return new Read.Valid(document(), warnings);
        } catch (Refusal refused) {
            return new Read.Invalid(List.of(refused.finding()));
        }
    }

    private static List<Line> lines(String text) {
        var lines = new ArrayList<Line>();
        var unfolded = new StringBuilder();
        int number = 0;
        int first = 1;
        for (var line : text.split("\r\n|\n|\r", -1)) {
            number++;
            if (!line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t')) {
                unfolded.append(line, 1, line.length());
                continue;
            }
            if (!unfolded.isEmpty()) {
                lines.add(line(first, unfolded.toString()));
            }
            unfolded.setLength(0);
            unfolded.append(line);
            first = number;
        }
        if (!unfolded.isEmpty()) {
            lines.add(line(first, unfolded.toString()));
        }
        return lines;
    }

    private static Line line(int number, String text) {
        boolean quoted = false;
        int colon = -1;
        var cuts = new ArrayList<Integer>();
        for (int i = 0; i < text.length() && colon < 0; i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (!quoted && c == ';') {
                cuts.add(i);
            } else if (!quoted && c == ':') {
                colon = i;
            }
        }
        if (colon <= 0) {
            throw new Refusal(new Finding(new Place.Path("line " + number), Kind.NOT_ICALENDAR, text));
        }
        cuts.add(colon);
        var parameters = new LinkedHashMap<String, String>();
        for (int i = 0; i + 1 < cuts.size(); i++) {
            var parameter = text.substring(cuts.get(i) + 1, cuts.get(i + 1));
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parameter.substring(0, equals).toUpperCase(Locale.ROOT),
                        parameter.substring(equals + 1).replace("\"", ""));
            }
        }
        return new Line(
                number,
                text.substring(0, cuts.getFirst()).toUpperCase(Locale.ROOT),
                parameters,
                text.substring(colon + 1).strip());
    }

    private void events(List<Line> lines) {
        if (lines.isEmpty()
                || !lines.getFirst().name.equals("BEGIN")
                || !lines.getFirst().value.equalsIgnoreCase("VCALENDAR")) {
            throw new Refusal(Finding.of(Kind.NOT_ICALENDAR, lines.isEmpty() ? "" : lines.getFirst().value));
        }
        var open = new ArrayList<String>();
        List<Line> event = null;
        int count = 0;
        for (var line : lines) {
            if (open.isEmpty() && line != lines.getFirst()) {
                throw line.refusal(Kind.NOT_ICALENDAR);
            }
            if (line.name.equals("BEGIN")) {
                open.add(line.value.toUpperCase(Locale.ROOT));
                if (open.equals(List.of("VCALENDAR", "VEVENT"))) {
                    event = new ArrayList<>();
                    event.add(line);
                    if (++count > MAX_EVENTS) {
                        throw line.refusal(Kind.TOO_MANY);
                    }
                } else if (open.size() > 4 || open.size() == 1 && line != lines.getFirst()) {
                    throw line.refusal(Kind.NOT_ICALENDAR);
                } else if (open.size() == 2 && !open.getLast().equals("VTIMEZONE")) {
                    warnings.add(new Finding(new Place.Path("line " + line.number), Kind.EVENT_IGNORED, line.value));
                }
            } else if (line.name.equals("END")) {
                if (open.isEmpty() || !open.getLast().equalsIgnoreCase(line.value)) {
                    throw line.refusal(Kind.NOT_ICALENDAR);
                }
                open.removeLast();
                if (event != null && open.size() == 1) {
                    event(event);
                    event = null;
                }
            } else if (event != null && open.size() == 2) {
                event.add(line);
            }
        }
        if (!open.isEmpty()) {
            throw lines.getLast().refusal(Kind.NOT_ICALENDAR);
        }
    }

    private void event(List<Line> lines) {
        var begin = lines.getFirst();
        var properties = new LinkedHashMap<String, Line>();
        var exceptions = new ArrayList<Line>();
        for (var line : lines.subList(1, lines.size())) {
            if (REFUSED.contains(line.name)) {
                throw line.refusal(Kind.RECURRENCE);
            }
            if (line.name.equals("EXDATE")) {
                exceptions.add(line);
            } else if (Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "STATUS").contains(line.name)
                    && properties.put(line.name, line) != null) {
                throw line.refusal(Kind.TWICE);
            }
        }
        var status = properties.get("STATUS");
        if (status != null && status.value.equalsIgnoreCase("CANCELLED")) {
            warnings.add(new Finding(new Place.Path("line " + begin.number), Kind.EVENT_IGNORED, status.value));
            return;
        }
        var startLine = properties.get("DTSTART");
        if (startLine == null) {
            throw new Refusal(new Finding(new Place.Path("line " + begin.number), Kind.MISSING, "DTSTART"));
        }
        var rule = properties.get("RRULE");
        var start = moment(startLine, startLine.value, rule != null);
        var end = end(start, startLine, properties.get("DTEND"), properties.get("DURATION"), rule != null);
        long minutes = Duration.between(start.local, end).toMinutes();
        if (minutes <= 0) {
            throw startLine.refusal(minutes == 0 ? Kind.ZERO_LENGTH : Kind.REVERSED);
        }
        if (rule == null) {
            if (!exceptions.isEmpty()) {
                throw exceptions.getFirst().refusal(Kind.RECURRENCE);
            }
            pieces(start.local, minutes, startLine)
                    .forEach((date, periods) -> periods.forEach(period -> put(dates, date, period, startLine)));
            return;
        }
        weekly(rule, start, minutes, startLine, exceptions);
    }

    private LocalDateTime end(
            Moment start, Line startLine, @Nullable Line endLine, @Nullable Line duration, boolean repeats) {
        if (endLine != null && duration != null) {
            throw duration.refusal(Kind.CONTRADICTION);
        }
        if (endLine != null) {
            return moment(endLine, endLine.value, repeats).local;
        }
        if (duration == null) {
            if (start.date) {
                return start.local.plusDays(1);
            }
            throw startLine.refusal(Kind.OPEN_END);
        }
        try {
            var text = duration.value.toUpperCase(Locale.ROOT);
            var length = text.matches("P\\d{1,2}W")
                    ? Duration.ofDays(7L * Integer.parseInt(text.substring(1, text.length() - 1)))
                    : Duration.parse(text);
            if (length.toSecondsPart() != 0 || length.toNanosPart() != 0 || length.toDays() > 400) {
                throw duration.refusal(Kind.NOT_A_TIME);
            }
            return start.local.plus(length);
        } catch (DateTimeException | ArithmeticException e) {
            throw duration.refusal(Kind.NOT_A_TIME);
        }
    }

    private Moment moment(Line line, String value, boolean repeats) {
        try {
            if ("DATE".equalsIgnoreCase(line.parameters.get("VALUE")) || value.length() == 8) {
                return new Moment(years(line, LocalDate.parse(value, DATE).atStartOfDay()), true);
            }
            boolean utc = value.endsWith("Z");
            var local = years(line, LocalDateTime.parse(utc ? value.substring(0, value.length() - 1) : value, TIME));
            if (local.getSecond() != 0) {
                throw line.refusal(Kind.NOT_A_TIME);
            }
            var zone = zone(line, utc);
            if (zone == null || zone.equals(setting.zone())) {
                return new Moment(local, false);
            }
            boolean same = zone.getRules().equals(setting.zone().getRules());
            if (repeats && !same) {
                // Its week would drift against the store's with every change of the clocks.
                throw new Refusal(
                        new Finding(new Place.Path("line " + line.number), Kind.RECURRENCE_ZONE, zone.getId()));
            }
            return new Moment(
                    local.atZone(zone).withZoneSameInstant(setting.zone()).toLocalDateTime(), false);
        } catch (DateTimeException e) {
            boolean day = value.matches("\\d{8}(T\\d{6}Z?)?") && !date(value.substring(0, 8));
            throw line.refusal(day ? Kind.NOT_A_DATE : Kind.NOT_A_TIME);
        }
    }

    private static LocalDateTime years(Line line, LocalDateTime local) {
        if (local.getYear() < 1900 || local.getYear() > 2199) {
            throw line.refusal(Kind.NOT_A_DATE);
        }
        return local;
    }

    private static boolean date(String text) {
        try {
            LocalDate.parse(text, DATE);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Null for a floating time, which is the store's own. */
    private static @Nullable ZoneId zone(Line line, boolean utc) {
        if (utc) {
            return ZoneOffset.UTC;
        }
        var name = line.parameters.get("TZID");
        if (name == null) {
            return null;
        }
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new Refusal(new Finding(new Place.Path("line " + line.number), Kind.UNKNOWN_ZONE, name));
        }
        return ZoneId.of(name);
    }

    private void weekly(Line rule, Moment start, long minutes, Line startLine, List<Line> exceptions) {
        var parts = new LinkedHashMap<String, String>();
        for (var part : rule.value.toUpperCase(Locale.ROOT).split(";", 20)) {
            int equals = part.indexOf('=');
            if (equals < 1 || parts.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                throw rule.refusal(Kind.RECURRENCE);
            }
        }
        var frequency = parts.remove("FREQ");
        var interval = parts.remove("INTERVAL");
        var byDay = parts.remove("BYDAY");
        var until = parts.remove("UNTIL");
        parts.remove("WKST");
        boolean daily = "DAILY".equals(frequency);
        if (!daily && !"WEEKLY".equals(frequency)
                || interval != null && !interval.equals("1")
                || daily && byDay != null
                || !parts.isEmpty()) {
            throw rule.refusal(Kind.RECURRENCE);
        }
        var days = EnumSet.noneOf(DayOfWeek.class);
        if (daily) {
            days = EnumSet.allOf(DayOfWeek.class);
        } else if (byDay == null) {
            days.add(start.local.getDayOfWeek());
        } else {
            for (var name : byDay.split(",", 10)) {
                int index = DAYS.indexOf(name);
                if (index < 0) {
                    throw rule.refusal(Kind.RECURRENCE);
                }
                days.add(DayOfWeek.of(index + 1));
            }
        }
        var target = week;
        if (until != null) {
            var last = moment(rule, until, false).local.toLocalDate();
            if (last.isBefore(start.local.toLocalDate())) {
                throw rule.refusal(Kind.REVERSED);
            }
            target = seasons.computeIfAbsent(
                    new Range(start.local.toLocalDate(), last), it -> new EnumMap<>(DayOfWeek.class));
        }
        var said = new TreeSet<LocalDate>();
        for (var line : exceptions) {
            for (var value : line.value.split(",", MAX_EXCEPTIONS + 1)) {
                said.add(moment(line, value, true).local.toLocalDate());
            }
            if (said.size() > MAX_EXCEPTIONS) {
                throw line.refusal(Kind.TOO_MANY);
            }
        }
        var monday = LocalDate.of(2024, 1, 1);
        for (var day : days) {
            var date = monday.plusDays(day.getValue() - 1L);
            for (var piece : pieces(date.atTime(start.local.toLocalTime()), minutes, startLine)
                    .entrySet()) {
                for (var period : piece.getValue()) {
                    put(target, piece.getKey().getDayOfWeek(), period, startLine);
                    for (var exception : said) {
                        if (exception.getDayOfWeek() == day) {
                            without.computeIfAbsent(
                                            exception.plusDays(piece.getKey().toEpochDay() - date.toEpochDay()),
                                            it -> new ArrayList<>())
                                    .add(period);
                        }
                    }
                }
            }
        }
    }

    /** The shifts of an event; one of 24 hours and more goes on day by day. */
    private Map<LocalDate, List<Period>> pieces(LocalDateTime start, long minutes, Line line) {
        var pieces = new LinkedHashMap<LocalDate, List<Period>>();
        int from = start.toLocalTime().toSecondOfDay() / 60;
        if (minutes < Period.DAY || minutes == Period.DAY && from == 0) {
            pieces.put(start.toLocalDate(), List.of(new Period(from, from + (int) minutes)));
            return pieces;
        }
        if (minutes > 400L * Period.DAY) {
            throw line.refusal(Kind.TOO_LONG);
        }
        warnings.add(new Finding(new Place.Path("line " + line.number), Kind.LONG_SHIFT, line.value));
        long left = from + minutes;
        for (var date = start.toLocalDate(); left > from; date = date.plusDays(1), left -= Period.DAY, from = 0) {
            pieces.put(date, List.of(new Period(from, (int) Math.min(left, Period.DAY))));
        }
        return pieces;
    }

    private static <K> void put(Map<K, List<Period>> target, K key, Period period, Line line) {
        var periods = target.computeIfAbsent(key, it -> new ArrayList<>());
        if (periods.stream().anyMatch(period::overlaps)) {
            throw line.refusal(Kind.OVERLAP);
        }
        periods.add(period);
    }

    private HoursDocument document() {
        var weekly = Weekly.NOT_SET;
        if (!week.isEmpty()) {
            weekly = Weekly.everyDay(DayPlan.CLOSED);
            for (var entry : week.entrySet()) {
                weekly = weekly.with(entry.getKey(), new DayPlan(entry.getValue()));
            }
            if (week.size() < DayOfWeek.values().length) {
                warnings.add(Finding.of(Kind.REST_CLOSED, ""));
            }
        }
        var parts = new ArrayList<Season>();
        seasons.forEach((range, days) -> {
            var plans = new EnumMap<DayOfWeek, DayPlan>(DayOfWeek.class);
            days.forEach((day, periods) -> plans.put(day, new DayPlan(periods)));
            parts.add(new Season(new Season.Span.Dated(range.from, range.to), new Weekly(plans)));
        });
        var document = HoursDocument.weekly(setting.zone(), weekly).withSeasons(parts);
        var touched = new TreeSet<>(dates.keySet());
        touched.addAll(without.keySet());
        var rules = new ArrayList<DatedRule>();
        for (var date : touched) {
            var periods = new ArrayList<>(usual(document, date));
            periods.removeAll(without.getOrDefault(date, List.of()));
            for (var period : dates.getOrDefault(date, List.of())) {
                if (periods.stream().anyMatch(period::overlaps)) {
                    throw new Refusal(Finding.of(Kind.OVERLAP, date + " " + period.text()));
                }
                periods.add(period);
            }
            rules.add(new DatedRule(date, date, new DayPlan(periods), null));
        }
        return document.withDates(rules);
    }

    private static List<Period> usual(HoursDocument document, LocalDate date) {
        var day = date.getDayOfWeek();
        for (int i = document.seasons().size() - 1; i >= 0; i--) {
            var season = document.seasons().get(i);
            var plan = season.weekly().on(day);
            if (plan != null && season.span().covers(date)) {
                return plan.periods();
            }
        }
        var plan = document.weekly().on(day);
        return plan == null ? List.of() : plan.periods();
    }
}
