package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Season;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a schema.org Place with its opening hours, ready for JSON-LD. */
final class SchemaOrgWriter {

    private static final String SPECIAL = "specialOpeningHoursSpecification";
    private static final String SCHEMA = "https://schema.org/";
    /** Seasons that come every year are written for this year and the next. */
    private static final int YEARS = 2;

    private final HoursDocument document;
    private final Setting setting;
    private final List<Finding> lost = new ArrayList<>();
    private final Map<Range, Weekly> seasons = new LinkedHashMap<>();
    private final ObjectNode root = JsonReading.MAPPER.createObjectNode();

    private record Range(LocalDate from, LocalDate to) {}

    SchemaOrgWriter(HoursDocument document, Setting setting) {
        this.document = document;
        this.setting = setting;
    }

    Written write() {
        root.put("@context", "https://schema.org");
        root.put("@type", "Place");
        var regular = root.putArray("openingHoursSpecification");
        if (document.weekly().days().size() < DayOfWeek.values().length) {
            lost.add(Finding.of(Kind.NO_NOT_SET, ""));
        }
        week(regular, document.weekly(), null, null);
        for (var season : document.seasons()) {
            switch (season.span()) {
                case Season.Span.Dated(var from, var to) -> season(season.weekly(), from, to);
                case Season.Span.Yearly(var from, var to) -> yearly(season.weekly(), from, to);
            }
        }
        seasons.forEach((range, weekly) -> week(regular, weekly, range.from, range.to));
        holidays(regular);
        var special = root.putArray(SPECIAL);
        var ranges = new LinkedHashMap<Range, DatedRule>();
        document.dates().forEach(rule -> ranges.put(new Range(rule.from(), rule.to()), rule));
        for (var rule : ranges.values()) {
            for (var spec : specifications(special, rule.plan(), rule.from(), rule.to())) {
                if (rule.reason() != null) {
                    spec.put("name", rule.reason());
                }
            }
        }
        if (!document.events().isEmpty()) {
            lost.add(Finding.of(Kind.NO_EVENTS, ""));
        }
        lost.addAll(Lost.always(document));
        return new Written(JsonReading.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root), lost);
    }

    /** Of two seasons for the same dates the later has the word. */
    private void season(Weekly weekly, LocalDate from, LocalDate to) {
        var range = new Range(from, to);
        var both = seasons.getOrDefault(range, Weekly.NOT_SET);
        for (var entry : weekly.days().entrySet()) {
            both = both.with(entry.getKey(), entry.getValue());
        }
        seasons.remove(range);
        seasons.put(range, both);
    }

    private void yearly(Weekly weekly, MonthDay from, MonthDay to) {
        int first = setting.today().getYear() - (from.isAfter(to) ? 1 : 0);
        for (int year = first; year < setting.today().getYear() + YEARS; year++) {
            var start = from.atYear(year);
            if (!from.isValidYear(year)) {
                start = start.plusDays(1);
            }
            var end = to.atYear(from.isAfter(to) ? year + 1 : year);
            if (!end.isBefore(start)) {
                season(weekly, start, end);
            }
        }
        lost.add(Finding.of(Kind.ONLY_DATES, Integer.toString(setting.today().getYear() + YEARS - 1)));
    }

    private void week(ArrayNode list, Weekly weekly, @Nullable LocalDate from, @Nullable LocalDate to) {
        var same = new LinkedHashMap<DayPlan, List<DayOfWeek>>();
        weekly.days()
                .forEach((day, plan) ->
                        same.computeIfAbsent(plan, it -> new ArrayList<>()).add(day));
        same.forEach((plan, days) -> {
            for (var spec : specifications(list, plan, from, to)) {
                var names = spec.putArray("dayOfWeek");
                days.forEach(day -> names.add(SCHEMA + day.getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
            }
        });
    }

    private void holidays(ArrayNode list) {
        var kinds = document.dayKinds();
        var holiday = kinds.holiday();
        var plan = switch (holiday) {
            case null -> null;
            case DayRule.Own own -> own.plan();
            case DayRule.Like like -> {
                if (document.seasons().stream().anyMatch(it -> it.weekly().on(like.day()) != null)) {
                    lost.add(Finding.of(Kind.NO_HOLIDAY_LIKE_SEASON, ""));
                }
                yield document.weekly().on(like.day());
            }
        };
        if (plan != null) {
            specifications(list, plan, null, null).forEach(spec -> spec.put("dayOfWeek", SCHEMA + "PublicHolidays"));
        }
        if (kinds.transferredRest() != null && !kinds.transferredRest().equals(holiday)) {
            lost.add(Finding.of(Kind.NO_TRANSFERRED_REST, ""));
        }
        if (kinds.makeUpWorkday() != null) {
            lost.add(Finding.of(Kind.NO_MAKE_UP, ""));
        }
    }

    private List<ObjectNode> specifications(
            ArrayNode list, DayPlan plan, @Nullable LocalDate from, @Nullable LocalDate to) {
        var specs = new ArrayList<ObjectNode>();
        if (plan.closed()) {
            specs.add(specification(list, "00:00", "00:00"));
        }
        for (var period : plan.periods()) {
            if (period.equals(Period.ALL_DAY)) {
                specs.add(specification(list, "00:00", "23:59"));
                continue;
            }
            if (period.start() == 0 && period.end() == JsonReading.LAST_MINUTE) {
                lost.add(Finding.of(Kind.LAST_MINUTE, period.text()));
            }
            specs.add(specification(list, Period.clock(period.start()), Period.clock(period.end() % Period.DAY)));
        }
        if (from != null && to != null) {
            specs.forEach(spec -> spec.put("validFrom", JsonReading.DATE.format(from))
                    .put("validThrough", JsonReading.DATE.format(to)));
        }
        return specs;
    }

    private static ObjectNode specification(ArrayNode list, String opens, String closes) {
        return list.addObject()
                .put("@type", "OpeningHoursSpecification")
                .put("opens", opens)
                .put("closes", closes);
    }
}
