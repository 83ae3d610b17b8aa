package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Place;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the two JSON formats share: strict reading that collects every error with its path. */
abstract class JsonReading {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /** What the minute before midnight means to others: all day. */
    static final int LAST_MINUTE = Period.DAY - 1;

    private static final int MAX_LENGTH = 256 * 1024;
    private static final int MAX_ELEMENTS = 2_000;

    final List<Finding> errors = new ArrayList<>();
    final List<Finding> warnings = new ArrayList<>();

    @Nullable
    JsonNode tree(String text) {
        if (text.length() > MAX_LENGTH) {
            return error("", Kind.TOO_LONG, Integer.toString(text.length()));
        }
        if (text.isBlank()) {
            return error("", Kind.EMPTY, "");
        }
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            return error("", Kind.NOT_JSON, e.getOriginalMessage());
        }
    }

    /** The elements of a list, or the one that stands where a list may. */
    List<JsonNode> elements(JsonNode node, String path) {
        if (!(node instanceof ArrayNode array)) {
            return List.of(node);
        }
        if (array.size() > MAX_ELEMENTS) {
            error(path, Kind.TOO_MANY, Integer.toString(array.size()));
            return List.of();
        }
        return array.valueStream().toList();
    }

    static String at(JsonNode list, String path, int index) {
        return list instanceof ArrayNode ? path + "[" + index + "]" : path;
    }

    static String in(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    void known(ObjectNode object, String path, Set<String> names) {
        for (var name : object.propertyNames()) {
            if (!names.contains(name)) {
                error(in(path, name), Kind.UNKNOWN_FIELD, name);
            }
        }
    }

    @Nullable
    LocalDate date(@Nullable JsonNode node, String path, String name) {
        if (node == null || !node.isString()) {
            return node == null ? error(path, Kind.MISSING, name) : error(in(path, name), Kind.WRONG_TYPE, text(node));
        }
        try {
            return LocalDate.parse(node.stringValue(), DATE);
        } catch (DateTimeException e) {
            return error(in(path, name), Kind.NOT_A_DATE, text(node));
        }
    }

    <T> @Nullable T error(String path, Kind kind, String value) {
        errors.add(new Finding(new Place.Path(path), kind, value));
        return null;
    }

    void warn(String path, Kind kind, String value) {
        warnings.add(new Finding(new Place.Path(path), kind, value));
    }

    static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : node.toString();
    }

    /** What is said about one day, gathered from several places: shifts, or closed, but not both. */
    static final class Day {
        private final List<Period> periods = new ArrayList<>();
        private boolean closed;

        DayPlan plan() {
            return new DayPlan(periods);
        }
    }

    /** @param period null for closed */
    <K> void say(Map<K, Day> days, K key, @Nullable Period period, String path, String value) {
        var day = days.computeIfAbsent(key, it -> new Day());
        if (period == null ? !day.periods.isEmpty() || day.closed : day.closed) {
            error(path, Kind.CONTRADICTION, value);
        } else if (period == null) {
            day.closed = true;
        } else if (day.periods.stream().anyMatch(period::overlaps)) {
            error(path, Kind.OVERLAP, value);
        } else {
            day.periods.add(period);
        }
    }

    static @Nullable DayOfWeek day(String name) {
        for (var day : DayOfWeek.values()) {
            if (day.name().equalsIgnoreCase(name)) {
                return day;
            }
        }
        return null;
    }
}
