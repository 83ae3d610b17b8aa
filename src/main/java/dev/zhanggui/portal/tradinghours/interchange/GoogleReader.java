package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the hours of a Google Business Profile location: {@code regularHours.periods} with openDay, openTime, closeDay, closeTime,
 * and {@code specialHours.specialHourPeriods}, which are shorter than a day and end by 11:59 of the next.
 */
final class GoogleReader extends JsonReading {

    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})");
    private static final int LATEST_SPECIAL_END = Period.DAY + 12 * 60 - 1;
    private static final int MOST_CLOSED_DAYS = 400;

    private final Setting setting;
    private final Map<DayOfWeek, Day> week = new EnumMap<>(DayOfWeek.class);
    private final Map<LocalDate, Day> dates = new TreeMap<>();
    private boolean regular;

    GoogleReader(Setting setting) {
        this.setting = setting;
    }

    Read read(String text) {
        var root = tree(text);
        if (root instanceof ObjectNode object) {
            if (!object.has("regularHours") && !object.has("specialHours")) {
                error("", Kind.MISSING, "regularHours");
            }
            for (var entry : object.properties()) {
                switch (entry.getKey()) {
                    case "regularHours" -> {
                        regular = true;
                        list(entry.getValue(), "regularHours", "periods", this::period);
                    }
                    case "specialHours" -> list(entry.getValue(), "specialHours", "specialHourPeriods", this::special);
                    default -> warn(entry.getKey(), Kind.FIELD_IGNORED, entry.getKey());
                }
            }
        } else if (root != null) {
            error("", Kind.WRONG_TYPE, text(root));
        }
        return errors.isEmpty() ? new Read.Valid(document(), warnings) : new Read.Invalid(errors);
    }

    private interface Element {
        void read(ObjectNode object, String path);
    }

    private void list(JsonNode node, String path, String name, Element element) {
        if (!(node instanceof ObjectNode object)) {
            error(path, Kind.WRONG_TYPE, text(node));
            return;
        }
        known(object, path, Set.of(name));
        var list = object.get(name);
        if (list == null) {
            // An empty list is left out by Google: closed every day, or no special hours.
            return;
        }
        if (!list.isArray()) {
            error(in(path, name), Kind.WRONG_TYPE, text(list));
            return;
        }
        var elements = elements(list, in(path, name));
        for (int i = 0; i < elements.size(); i++) {
            var at = at(list, in(path, name), i);
            if (elements.get(i) instanceof ObjectNode one) {
                element.read(one, at);
            } else {
                error(at, Kind.WRONG_TYPE, text(elements.get(i)));
            }
        }
    }

    private void period(ObjectNode object, String path) {
        known(object, path, Set.of("openDay", "openTime", "closeDay", "closeTime"));
        var openDay = weekday(object.get("openDay"), path, "openDay");
        var closeDay = weekday(object.get("closeDay"), path, "closeDay");
        Integer open = time(object.get("openTime"), path, "openTime");
        Integer close = time(object.get("closeTime"), path, "closeTime");
        if (openDay == null || closeDay == null || open == null || close == null) {
            return;
        }
        if (open == Period.DAY) {
            error(in(path, "openTime"), Kind.NOT_A_TIME, "24:00");
            return;
        }
        var value = openDay + " " + Period.clock(open) + "-" + closeDay + " " + Period.clock(close);
        int end = (closeDay.getValue() - openDay.getValue() + 7) % 7 * Period.DAY + close;
        if (end <= open) {
            error(path, end == open ? Kind.ZERO_LENGTH : Kind.REVERSED, value);
            return;
        }
        if (end - open < Period.DAY || open == 0 && end == Period.DAY) {
            say(week, openDay, new Period(open, end), path, value);
            return;
        }
        // Google writes "always open" as one period over the week.
        warn(path, Kind.LONG_SHIFT, value);
        var day = openDay;
        for (int from = open, left = end; left > from; day = day.plus(1), from = 0, left -= Period.DAY) {
            say(week, day, new Period(from, Math.min(left, Period.DAY)), path, value);
        }
    }

    private void special(ObjectNode object, String path) {
        known(object, path, Set.of("startDate", "endDate", "openTime", "closeTime", "closed"));
        var start = date(object.get("startDate"), in(path, "startDate"));
        var end = object.has("endDate") ? date(object.get("endDate"), in(path, "endDate")) : start;
        var closed = object.get("closed");
        if (closed != null && !closed.isBoolean()) {
            error(in(path, "closed"), Kind.WRONG_TYPE, text(closed));
            return;
        }
        if (start == null || end == null) {
            return;
        }
        if (end.isBefore(start)) {
            error(path, Kind.REVERSED, start + ".." + end);
            return;
        }
        if (closed != null && closed.booleanValue()) {
            if (object.has("openTime") || object.has("closeTime")) {
                error(path, Kind.CONTRADICTION, "closed");
            } else if (end.isAfter(start.plusDays(MOST_CLOSED_DAYS))) {
                error(path, Kind.TOO_MANY, start + ".." + end);
            } else {
                for (var date = start; !date.isAfter(end); date = date.plusDays(1)) {
                    say(dates, date, null, path, date.toString());
                }
            }
            return;
        }
        Integer open = time(object.get("openTime"), path, "openTime");
        Integer close = time(object.get("closeTime"), path, "closeTime");
        if (open == null || close == null) {
            return;
        }
        long days = end.toEpochDay() - start.toEpochDay();
        var value = start + " " + Period.clock(open) + "-" + end + " " + Period.clock(close);
        long until = days * Period.DAY + close;
        if (open == Period.DAY || until <= open) {
            error(path, until == open ? Kind.ZERO_LENGTH : Kind.REVERSED, value);
        } else if (days > 1
                || until > LATEST_SPECIAL_END
                || until - open >= Period.DAY && !(open == 0 && until == Period.DAY)) {
            error(path, Kind.CUT_AT_NOON, value);
        } else {
            say(dates, start, new Period(open, (int) until), path, value);
        }
    }

    private @Nullable DayOfWeek weekday(@Nullable JsonNode node, String path, String name) {
        if (node == null) {
            return error(path, Kind.MISSING, name);
        }
        var day = node.isString() ? day(node.stringValue()) : null;
        return day == null ? error(in(path, name), Kind.UNKNOWN_DAY, text(node)) : day;
    }

    /** "09:30", or a TimeOfDay, whose zeroes are left out. */
    private @Nullable Integer time(@Nullable JsonNode node, String path, String name) {
        if (node == null) {
            return error(path, Kind.MISSING, name);
        }
        var at = in(path, name);
        int hour;
        int minute;
        if (node instanceof ObjectNode object) {
            int before = errors.size();
            known(object, at, Set.of("hours", "minutes", "seconds", "nanos"));
            hour = number(object, at, "hours");
            minute = number(object, at, "minutes");
            if (number(object, at, "seconds") != 0 || number(object, at, "nanos") != 0) {
                return error(at, Kind.NOT_A_TIME, text(node));
            }
            if (errors.size() > before) {
                return null;
            }
        } else {
            var matcher = TIME.matcher(node.isString() ? node.stringValue() : "");
            if (!matcher.matches()) {
                return error(at, Kind.NOT_A_TIME, text(node));
            }
            hour = Integer.parseInt(matcher.group(1));
            minute = Integer.parseInt(matcher.group(2));
        }
        return hour < 0 || hour > 24 || minute < 0 || minute > 59 || hour == 24 && minute > 0
                ? error(at, Kind.NOT_A_TIME, text(node))
                : Integer.valueOf(hour * 60 + minute);
    }

    private int number(ObjectNode object, String path, String name) {
        var node = object.get(name);
        if (node == null) {
            return 0;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            error(in(path, name), Kind.WRONG_TYPE, text(node));
            return 0;
        }
        return node.intValue();
    }

    private @Nullable LocalDate date(@Nullable JsonNode node, String path) {
        if (node == null) {
            return error(path, Kind.MISSING, path.substring(path.lastIndexOf('.') + 1));
        }
        if (!(node instanceof ObjectNode object)) {
            return error(path, Kind.WRONG_TYPE, text(node));
        }
        int before = errors.size();
        known(object, path, Set.of("year", "month", "day"));
        int year = number(object, path, "year");
        int month = number(object, path, "month");
        int day = number(object, path, "day");
        if (errors.size() > before) {
            return null;
        }
        try {
            return year < 1900 || year > 2199
                    ? error(path, Kind.NOT_A_DATE, text(node))
                    : LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            return error(path, Kind.NOT_A_DATE, text(node));
        }
    }

    private HoursDocument document() {
        var weekly = regular ? Weekly.everyDay(DayPlan.CLOSED) : Weekly.NOT_SET;
        for (var entry : week.entrySet()) {
            weekly = weekly.with(entry.getKey(), entry.getValue().plan());
        }
        var rules = new ArrayList<DatedRule>();
        dates.forEach((date, day) -> rules.add(new DatedRule(date, date, day.plan(), null)));
        return HoursDocument.weekly(setting.zone(), weekly).withDates(rules);
    }
}
