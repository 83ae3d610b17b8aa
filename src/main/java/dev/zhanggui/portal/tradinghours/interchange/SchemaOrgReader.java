package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Season;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads schema.org OpeningHoursSpecification: one, a list, or a place that has them. Closes before it opens is the next day;
 * 00:00 to 00:00 is closed and 00:00 to 23:59 all day, as Google's structured-data guide reads them. With a range of validity, a
 * specification that names days is a season; one that names none is an exception.
 */
final class SchemaOrgReader extends JsonReading {

    private static final Pattern TIME = Pattern.compile("(\\d{2}):(\\d{2})(?::(\\d{2}))?");
    private static final Pattern PREFIX = Pattern.compile("^(?:https?://schema\\.org/|schema:)");
    private static final Set<String> REGULAR = Set.of("openingHoursSpecification");
    private static final String SPECIAL = "specialOpeningHoursSpecification";
    private static final Set<String> FIELDS =
            Set.of("@type", "@context", "@id", "name", "dayOfWeek", "opens", "closes", "validFrom", "validThrough");
    private static final int MOST_DAYS = 400;

    private final Setting setting;
    private final Map<DayOfWeek, Day> week = new EnumMap<>(DayOfWeek.class);
    private final Map<String, Day> holidays = new LinkedHashMap<>();
    private final Map<Range, Map<DayOfWeek, Day>> seasons = new LinkedHashMap<>();
    private final Map<Range, Day> ranges = new LinkedHashMap<>();
    private final Map<LocalDate, Day> dates = new TreeMap<>();
    private final Map<Range, String> reasons = new LinkedHashMap<>();

    private record Range(LocalDate from, LocalDate to) {}

    SchemaOrgReader(Setting setting) {
        this.setting = setting;
    }

    Read read(String text) {
        var root = tree(text);
        if (root != null) {
            root(root);
        }
        return errors.isEmpty() ? new Read.Valid(document(), warnings) : new Read.Invalid(errors);
    }

    private void root(JsonNode root) {
        boolean place =
                root instanceof ObjectNode object && (object.has("openingHoursSpecification") || object.has(SPECIAL));
        if (!place) {
            list(root, "", false);
            return;
        }
        for (var entry : ((ObjectNode) root).properties()) {
            if (REGULAR.contains(entry.getKey())) {
                list(entry.getValue(), entry.getKey(), false);
            } else if (entry.getKey().equals(SPECIAL)) {
                list(entry.getValue(), entry.getKey(), true);
            } else if (!entry.getKey().startsWith("@")) {
                warn(entry.getKey(), Kind.FIELD_IGNORED, entry.getKey());
            }
        }
    }

    private void list(JsonNode node, String path, boolean special) {
        var elements = elements(node, path);
        if (elements.isEmpty() && path.isEmpty() && errors.isEmpty()) {
            error(path, Kind.EMPTY, "");
        }
        for (int i = 0; i < elements.size(); i++) {
            var at = at(node, path, i);
            if (elements.get(i) instanceof ObjectNode object) {
                specification(object, at, special);
            } else {
                error(at, Kind.WRONG_TYPE, text(elements.get(i)));
            }
        }
    }

    private void specification(ObjectNode object, String path, boolean special) {
        int before = errors.size();
        known(object, path, FIELDS);
        var type = object.get("@type");
        if (type != null
                && !(type.isString()
                        && PREFIX.matcher(type.stringValue()).replaceFirst("").equals("OpeningHoursSpecification"))) {
            error(in(path, "@type"), Kind.WRONG_TYPE, text(type));
        }
        var days = EnumSet.noneOf(DayOfWeek.class);
        boolean onHolidays = days(object.get("dayOfWeek"), in(path, "dayOfWeek"), days);
        var range = range(object, path);
        var shift = new Shift[1];
        boolean whole = shift(object, path, shift);
        if (errors.size() > before || !whole) {
            return;
        }
        var period = shift[0].period;
        var value = shift[0].text;
        if (onHolidays) {
            if (range != null) {
                error(in(path, "dayOfWeek"), Kind.CONTRADICTION, "PublicHolidays");
                return;
            }
            say(holidays, "", period, path, value);
        }
        if (range == null) {
            if (days.isEmpty() && !onHolidays) {
                if (special) {
                    error(path, Kind.MISSING, "validFrom");
                    return;
                }
                warn(path, Kind.EVERY_DAY_ASSUMED, "");
                days = EnumSet.allOf(DayOfWeek.class);
            }
            days.forEach(day -> say(week, day, period, path, value));
        } else if (days.isEmpty()) {
            say(ranges, range, period, path, value);
            var name = object.get("name");
            if (name != null && name.isString() && !name.stringValue().isBlank()) {
                reasons.putIfAbsent(range, name.stringValue());
            }
        } else if (special) {
            if (ChronoUnit.DAYS.between(range.from, range.to) > MOST_DAYS) {
                error(path, Kind.TOO_MANY, range.from + ".." + range.to);
                return;
            }
            for (var date = range.from; !date.isAfter(range.to); date = date.plusDays(1)) {
                if (days.contains(date.getDayOfWeek())) {
                    say(dates, date, period, path, value);
                }
            }
        } else {
            var season = seasons.computeIfAbsent(range, it -> new EnumMap<>(DayOfWeek.class));
            days.forEach(day -> say(season, day, period, path, value));
        }
    }

    /** Fills {@code days}; true if public holidays are among them. */
    private boolean days(@Nullable JsonNode node, String path, Set<DayOfWeek> days) {
        if (node == null) {
            return false;
        }
        boolean holidays = false;
        var elements = elements(node, path);
        for (int i = 0; i < elements.size(); i++) {
            var element = elements.get(i);
            var at = at(node, path, i);
            if (!element.isString()) {
                error(at, Kind.WRONG_TYPE, text(element));
                continue;
            }
            var name = PREFIX.matcher(element.stringValue()).replaceFirst("");
            var day = day(name);
            if (name.equals("PublicHolidays")) {
                holidays = true;
            } else if (day == null) {
                error(at, Kind.UNKNOWN_DAY, element.stringValue());
            } else if (!days.add(day)) {
                error(at, Kind.TWICE, element.stringValue());
            }
        }
        if (node instanceof ArrayNode && elements.isEmpty()) {
            error(path, Kind.EMPTY, "");
        }
        return holidays;
    }

    private @Nullable Range range(ObjectNode object, String path) {
        if (!object.has("validFrom") && !object.has("validThrough")) {
            return null;
        }
        var from = date(object.get("validFrom"), path, "validFrom");
        var to = date(object.get("validThrough"), path, "validThrough");
        if (from == null || to == null) {
            return null;
        }
        return to.isBefore(from) ? error(path, Kind.REVERSED, from + ".." + to) : new Range(from, to);
    }

    /** @param period null for closed */
    private record Shift(@Nullable Period period, String text) {}

    private boolean shift(ObjectNode object, String path, Shift[] shift) {
        Integer opens = time(object.get("opens"), path, "opens");
        Integer closes = time(object.get("closes"), path, "closes");
        if (opens == null || closes == null) {
            return false;
        }
        var value = text(object.get("opens")) + "-" + text(object.get("closes"));
        if (opens == Period.DAY) {
            error(in(path, "opens"), Kind.NOT_A_TIME, text(object.get("opens")));
            return false;
        }
        if (opens.equals(closes)) {
            if (opens != 0) {
                error(path, Kind.ZERO_LENGTH, value);
                return false;
            }
            shift[0] = new Shift(null, value);
            return true;
        }
        if (opens == 0 && closes == LAST_MINUTE) {
            shift[0] = new Shift(Period.ALL_DAY, value);
            return true;
        }
        shift[0] = new Shift(new Period(opens, closes > opens ? closes : closes + Period.DAY), value);
        return true;
    }

    private @Nullable Integer time(@Nullable JsonNode node, String path, String name) {
        if (node == null) {
            return error(path, Kind.MISSING, name);
        }
        if (!node.isString()) {
            return error(in(path, name), Kind.WRONG_TYPE, text(node));
        }
        var matcher = TIME.matcher(node.stringValue());
        if (!matcher.matches()) {
            return error(in(path, name), Kind.NOT_A_TIME, text(node));
        }
        int hour = Integer.parseInt(matcher.group(1));
        int minute = Integer.parseInt(matcher.group(2));
        int second = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        // 23:59:59 is another way to say the last minute of the day.
        boolean whole = second == 0 || second == 59 && hour == 23 && minute == 59;
        if (minute > 59 || !whole || hour > 24 || hour == 24 && minute > 0) {
            return error(in(path, name), Kind.NOT_A_TIME, text(node));
        }
        return hour * 60 + minute;
    }

    private HoursDocument document() {
        var weekly = Weekly.NOT_SET;
        if (!week.isEmpty()) {
            if (week.size() < DayOfWeek.values().length) {
                warn("", Kind.REST_CLOSED, "");
            }
            weekly = Weekly.everyDay(DayPlan.CLOSED);
            for (var entry : week.entrySet()) {
                weekly = weekly.with(entry.getKey(), entry.getValue().plan());
            }
        }
        var holiday = holidays.get("");
        var kinds = holiday == null ? DayKindRules.NONE : new DayKindRules(new DayRule.Own(holiday.plan()), null, null);
        var rules = new ArrayList<DatedRule>();
        ranges.forEach((range, day) -> rules.add(new DatedRule(range.from, range.to, day.plan(), reasons.get(range))));
        dates.forEach((date, day) -> rules.add(new DatedRule(date, date, day.plan(), null)));
        var parts = new ArrayList<Season>();
        seasons.forEach((range, days) -> {
            var plans = new EnumMap<DayOfWeek, DayPlan>(DayOfWeek.class);
            days.forEach((day, said) -> plans.put(day, said.plan()));
            parts.add(new Season(new Season.Span.Dated(range.from, range.to), new Weekly(plans)));
        });
        return HoursDocument.weekly(setting.zone(), weekly)
                .withDayKinds(kinds)
                .withDates(rules)
                .withSeasons(List.copyOf(parts));
    }
}
