package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursDocument.Parsed;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.HoursError.Kind;
import dev.zhanggui.portal.tradinghours.NightSafety;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Part;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Season;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The one reader and writer of the {@code zhanggui} hours document. Collects every error instead of stopping at the first. */
public final class HoursJson {

    private static final int MAX_LENGTH = 256 * 1024;
    private static final int MAX_PERIODS = 24;
    private static final int MAX_DATES = 1_000;
    private static final int MAX_SEASONS = 24;
    private static final int MAX_REASON = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Map<String, DayOfWeek> DAYS =
            Stream.of(DayOfWeek.values()).collect(Collectors.toUnmodifiableMap(HoursJson::name, day -> day));
    private static final Pattern PERIOD = Pattern.compile("(\\d{2}):(\\d{2})-(\\d{2}):(\\d{2})");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern MONTH_DAY = Pattern.compile("\\d{2}-\\d{2}");

    private final List<HoursError> errors = new ArrayList<>();

    private HoursJson() {}

    public static Parsed read(String json) {
        var reader = new HoursJson();
        var document = reader.document(json);
        return document == null || !reader.errors.isEmpty()
                ? new Parsed.Invalid(List.copyOf(reader.errors))
                : new Parsed.Valid(document);
    }

    private @Nullable HoursDocument document(String json) {
        if (json.length() > MAX_LENGTH) {
            return error("", Kind.TOO_LONG, Integer.toString(json.length()));
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JacksonException e) {
            return error("", Kind.NOT_JSON, e.getOriginalMessage());
        }
        if (!(root instanceof ObjectNode object)) {
            return error("", Kind.WRONG_TYPE, root.toString());
        }
        known(
                object,
                "",
                Set.of("zone", "weekly", "dayKinds", "dates", "events", "seasons", "night", "outside", "off"));
        var zone = zone(object.get("zone"));
        var weekly = object.has("weekly") ? weekly(object.get("weekly"), "weekly") : Weekly.NOT_SET;
        var dayKinds = object.has("dayKinds") ? dayKinds(object.get("dayKinds")) : DayKindRules.NONE;
        var dates = list(object.get("dates"), "dates", MAX_DATES, this::dated);
        var seasons = list(object.get("seasons"), "seasons", MAX_SEASONS, this::season);
        var events = list(object.get("events"), "events", MAX_DATES, this::dated);
        var night = object.has("night") ? night(object.get("night")) : null;
        var outside = object.has("outside") ? outside(object.get("outside")) : null;
        var off = list(object.get("off"), "off", Part.values().length, this::part);
        if (off.size() > new HashSet<>(off).size()) {
            error("off", Kind.TWICE, "");
        }
        return zone == null || weekly == null || dayKinds == null
                ? null
                : new HoursDocument(zone, weekly, dayKinds, dates, events, seasons, night, outside, new HashSet<>(off));
    }

    private @Nullable ZoneId zone(@Nullable JsonNode node) {
        if (node == null) {
            return error("zone", Kind.MISSING, "");
        }
        // Region ids only: an offset such as +08:00 would silently have no rules.
        return node.isString() && ZoneId.getAvailableZoneIds().contains(node.stringValue())
                ? ZoneId.of(node.stringValue())
                : error("zone", node.isString() ? Kind.UNKNOWN_ZONE : Kind.WRONG_TYPE, text(node));
    }

    private @Nullable Weekly weekly(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            return error(path, Kind.WRONG_TYPE, text(node));
        }
        var days = new EnumMap<DayOfWeek, DayPlan>(DayOfWeek.class);
        for (var entry : object.properties()) {
            var day = DAYS.get(entry.getKey());
            if (day == null) {
                error(path + "." + entry.getKey(), Kind.UNKNOWN_DAY, entry.getKey());
            } else {
                var plan = plan(entry.getValue(), path + "." + entry.getKey());
                if (plan != null) {
                    days.put(day, plan);
                }
            }
        }
        return new Weekly(days);
    }

    private @Nullable DayKindRules dayKinds(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return error("dayKinds", Kind.WRONG_TYPE, text(node));
        }
        known(object, "dayKinds", Set.of("holiday", "transferredRest", "makeUpWorkday"));
        return new DayKindRules(
                dayRule(object.get("holiday"), "dayKinds.holiday"),
                dayRule(object.get("transferredRest"), "dayKinds.transferredRest"),
                dayRule(object.get("makeUpWorkday"), "dayKinds.makeUpWorkday"));
    }

    private @Nullable DayRule dayRule(@Nullable JsonNode node, String path) {
        if (node == null) {
            return null;
        }
        if (node.isString()) {
            var day = DAYS.get(node.stringValue());
            return day == null ? error(path, Kind.UNKNOWN_DAY, text(node)) : new DayRule.Like(day);
        }
        var plan = plan(node, path);
        return plan == null ? null : new DayRule.Own(plan);
    }

    private @Nullable DatedRule dated(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            return error(path, Kind.WRONG_TYPE, text(node));
        }
        known(object, path, Set.of("from", "to", "periods", "reason"));
        var from = date(object.get("from"), path + ".from");
        var to = object.has("to") ? date(object.get("to"), path + ".to") : from;
        var plan = object.has("periods")
                ? plan(object.get("periods"), path + ".periods")
                : this.<DayPlan>error(path + ".periods", Kind.MISSING, "");
        var reason = object.get("reason");
        if (reason != null && !reason.isString()) {
            error(path + ".reason", Kind.WRONG_TYPE, text(reason));
        } else if (reason != null && reason.stringValue().length() > MAX_REASON) {
            error(path + ".reason", Kind.TOO_LONG, text(reason));
        }
        if (from == null || to == null || plan == null) {
            return null;
        }
        if (to.isBefore(from)) {
            return error(path, Kind.REVERSED, from + ".." + to);
        }
        return new DatedRule(from, to, plan, reason == null || !reason.isString() ? null : reason.stringValue());
    }

    private @Nullable Season season(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            return error(path, Kind.WRONG_TYPE, text(node));
        }
        known(object, path, Set.of("from", "to", "weekly"));
        var span = span(object, path);
        var weekly = object.has("weekly")
                ? weekly(object.get("weekly"), path + ".weekly")
                : this.<Weekly>error(path + ".weekly", Kind.MISSING, "");
        return span == null || weekly == null ? null : new Season(span, weekly);
    }

    private Season.@Nullable Span span(ObjectNode object, String path) {
        var from = object.get("from");
        var to = object.get("to");
        if (from != null
                && to != null
                && from.isString()
                && to.isString()
                && MONTH_DAY.matcher(from.stringValue()).matches()
                && MONTH_DAY.matcher(to.stringValue()).matches()) {
            var first = monthDay(from, path + ".from");
            var last = monthDay(to, path + ".to");
            return first == null || last == null ? null : new Season.Span.Yearly(first, last);
        }
        var first = date(from, path + ".from");
        var last = date(to, path + ".to");
        if (first == null || last == null) {
            return null;
        }
        return last.isBefore(first)
                ? error(path, Kind.REVERSED, first + ".." + last)
                : new Season.Span.Dated(first, last);
    }

    private @Nullable Part part(JsonNode node, String path) {
        for (var part : Part.values()) {
            if (node.isString() && part.code().equals(node.stringValue())) {
                return part;
            }
        }
        return error(path, node.isString() ? Kind.UNKNOWN_FIELD : Kind.WRONG_TYPE, text(node));
    }

    private @Nullable NightSafety night(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return error("night", Kind.WRONG_TYPE, text(node));
        }
        known(object, "night", Set.of("hours", "policy", "capFen"));
        var hours = object.has("hours")
                ? period(object.get("hours"), "night.hours")
                : this.<Period>error("night.hours", Kind.MISSING, "");
        var terms = terms(object, "night");
        if (terms != null && terms.policy() == Decision.ALLOW) {
            return error("night.policy", Kind.UNKNOWN_POLICY, "ALLOW");
        }
        return hours == null || terms == null ? null : new NightSafety(hours, terms);
    }

    private @Nullable Outside outside(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return error("outside", Kind.WRONG_TYPE, text(node));
        }
        known(object, "outside", Set.of("policy", "capFen"));
        return terms(object, "outside");
    }

    private @Nullable Outside terms(ObjectNode object, String path) {
        var policy = policy(object.get("policy"), path + ".policy");
        var cap = object.get("capFen");
        if (cap != null && !cap.isIntegralNumber()) {
            return error(path + ".capFen", Kind.WRONG_TYPE, text(cap));
        }
        if (policy == null) {
            return null;
        }
        if (policy != Decision.ALLOW_CAPPED) {
            return cap == null || cap.canConvertToLong() && cap.longValue() == 0
                    ? Outside.of(policy)
                    : error(path + ".capFen", Kind.CAP, text(cap));
        }
        return cap != null && cap.canConvertToLong() && cap.longValue() > 0 && cap.longValue() <= Outside.MAX_CAP_FEN
                ? Outside.capped(cap.longValue())
                : error(path + ".capFen", Kind.CAP, cap == null ? "" : text(cap));
    }

    private @Nullable Decision policy(@Nullable JsonNode node, String path) {
        if (node == null) {
            return error(path, Kind.MISSING, "");
        }
        for (var policy : Decision.values()) {
            if (node.isString() && policy.name().equals(node.stringValue())) {
                return policy;
            }
        }
        return error(path, Kind.UNKNOWN_POLICY, text(node));
    }

    private @Nullable DayPlan plan(JsonNode node, String path) {
        if (!(node instanceof ArrayNode array)) {
            return error(path, Kind.WRONG_TYPE, text(node));
        }
        if (array.size() > MAX_PERIODS) {
            return error(path, Kind.TOO_MANY, Integer.toString(array.size()));
        }
        var periods = new ArrayList<Period>();
        boolean whole = true;
        for (int i = 0; i < array.size(); i++) {
            var period = period(array.get(i), path + "[" + i + "]");
            if (period == null) {
                whole = false;
            } else if (periods.stream().anyMatch(period::overlaps)) {
                whole = false;
                error(path + "[" + i + "]", Kind.OVERLAP, text(array.get(i)));
            } else {
                periods.add(period);
            }
        }
        return whole ? new DayPlan(periods) : null;
    }

    private @Nullable Period period(JsonNode node, String path) {
        if (!node.isString()) {
            return error(path, Kind.WRONG_TYPE, text(node));
        }
        var matcher = PERIOD.matcher(node.stringValue());
        if (!matcher.matches()) {
            return error(path, Kind.NOT_A_PERIOD, text(node));
        }
        int startHour = Integer.parseInt(matcher.group(1));
        int startMinute = Integer.parseInt(matcher.group(2));
        int endHour = Integer.parseInt(matcher.group(3));
        int endMinute = Integer.parseInt(matcher.group(4));
        boolean endsAtMidnight = endHour == 24 && endMinute == 0;
        if (startHour > 23 || startMinute > 59 || endMinute > 59 || endHour > 23 && !endsAtMidnight) {
            return error(path, Kind.NOT_A_TIME, text(node));
        }
        if (startHour == endHour && startMinute == endMinute) {
            return error(path, Kind.ZERO_LENGTH, text(node));
        }
        return Period.of(startHour, startMinute, endHour, endMinute);
    }

    private @Nullable LocalDate date(@Nullable JsonNode node, String path) {
        if (node == null) {
            return error(path, Kind.MISSING, "");
        }
        if (!node.isString()) {
            return error(path, Kind.WRONG_TYPE, text(node));
        }
        try {
            return LocalDate.parse(node.stringValue(), DATE);
        } catch (DateTimeException e) {
            return error(path, Kind.NOT_A_DATE, text(node));
        }
    }

    private @Nullable MonthDay monthDay(JsonNode node, String path) {
        try {
            return MonthDay.parse("--" + node.stringValue());
        } catch (DateTimeException e) {
            return error(path, Kind.NOT_A_DATE, text(node));
        }
    }

    private <T> List<T> list(@Nullable JsonNode node, String path, int max, Element<T> element) {
        var list = new ArrayList<T>();
        if (node == null) {
            return list;
        }
        if (!(node instanceof ArrayNode array)) {
            error(path, Kind.WRONG_TYPE, text(node));
        } else if (array.size() > max) {
            error(path, Kind.TOO_MANY, Integer.toString(array.size()));
        } else {
            for (int i = 0; i < array.size(); i++) {
                var value = element.read(array.get(i), path + "[" + i + "]");
                if (value != null) {
                    list.add(value);
                }
            }
        }
        return list;
    }

    private interface Element<T> {
        @Nullable
        T read(JsonNode node, String path);
    }

    private void known(ObjectNode object, String path, Set<String> names) {
        for (var name : object.propertyNames()) {
            if (!names.contains(name)) {
                error(path.isEmpty() ? name : path + "." + name, Kind.UNKNOWN_FIELD, name);
            }
        }
    }

    private <T> @Nullable T error(String path, Kind kind, String value) {
        errors.add(new HoursError(path, kind, value.length() > 60 ? value.substring(0, 60) + "…" : value));
        return null;
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : node.toString();
    }

    public static String write(HoursDocument document) {
        var root = MAPPER.createObjectNode();
        root.put("zone", document.zone().getId());
        write(root.putObject("weekly"), document.weekly());
        var dayKinds = document.dayKinds();
        if (!dayKinds.equals(DayKindRules.NONE)) {
            var object = root.putObject("dayKinds");
            write(object, "holiday", dayKinds.holiday());
            write(object, "transferredRest", dayKinds.transferredRest());
            write(object, "makeUpWorkday", dayKinds.makeUpWorkday());
        }
        write(root, "dates", document.dates());
        write(root, "events", document.events());
        if (!document.seasons().isEmpty()) {
            var array = root.putArray("seasons");
            for (var season : document.seasons()) {
                var object = array.addObject();
                switch (season.span()) {
                    case Season.Span.Yearly(var from, var to) -> {
                        object.put("from", from.toString().substring(2));
                        object.put("to", to.toString().substring(2));
                    }
                    case Season.Span.Dated(var from, var to) -> {
                        object.put("from", DATE.format(from));
                        object.put("to", DATE.format(to));
                    }
                }
                write(object.putObject("weekly"), season.weekly());
            }
        }
        var night = document.night();
        if (night != null) {
            var object = root.putObject("night");
            object.put("hours", night.hours().text());
            write(object, night.terms());
        }
        var outside = document.outside();
        if (outside != null) {
            write(root.putObject("outside"), outside);
        }
        if (!document.off().isEmpty()) {
            var array = root.putArray("off");
            document.off().forEach(part -> array.add(part.code()));
        }
        return MAPPER.writeValueAsString(root);
    }

    private static void write(ObjectNode root, String name, List<DatedRule> dates) {
        if (dates.isEmpty()) {
            return;
        }
        var array = root.putArray(name);
        for (var dated : dates) {
            var object = array.addObject();
            object.put("from", DATE.format(dated.from()));
            object.put("to", DATE.format(dated.to()));
            write(object.putArray("periods"), dated.plan());
            if (dated.reason() != null) {
                object.put("reason", dated.reason());
            }
        }
    }

    private static void write(ObjectNode object, Outside terms) {
        object.put("policy", terms.policy().name());
        if (terms.policy() == Decision.ALLOW_CAPPED) {
            object.put("capFen", terms.capFen());
        }
    }

    private static void write(ObjectNode object, Weekly weekly) {
        weekly.days().forEach((day, plan) -> write(object.putArray(name(day)), plan));
    }

    private static void write(ArrayNode array, DayPlan plan) {
        plan.periods().forEach(period -> array.add(period.text()));
    }

    private static void write(ObjectNode object, String name, @Nullable DayRule rule) {
        switch (rule) {
            case null -> {}
            case DayRule.Own own -> write(object.putArray(name), own.plan());
            case DayRule.Like like -> object.put(name, name(like.day()));
        }
    }

    /** {@code mon} to {@code sun}. */
    private static String name(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }
}
