package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Interval;
import dev.zhanggui.portal.tradinghours.interchange.Finding;
import dev.zhanggui.portal.tradinghours.interchange.HoursFormat;
import dev.zhanggui.portal.tradinghours.interchange.Setting;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import io.swagger.v3.oas.annotations.Operation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Hours in any format, tried out without a store. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class HoursController {

    private final WorkCalendar calendar;

    HoursController(WorkCalendar calendar) {
        this.calendar = calendar;
    }

    /**
     * @param format zhanggui, osm, schema.org, google, words or ical
     * @param hours text, or JSON for the formats that are JSON
     * @param zone of the store, as Asia/Shanghai
     * @param calendar "CN" (the default), "none" or {publicHolidays: [date…]}
     * @param from local time without offset, included; a date is its midnight
     * @param to excluded; at most 400 days later
     */
    record Preview(
            @Nullable String format,
            @Nullable JsonNode hours,
            @Nullable String zone,
            @Nullable JsonNode calendar,
            @Nullable String from,
            @Nullable String to) {}

    /** Local times of the zone, to the minute; {@code start} belongs to it, {@code end} does not. */
    record IntervalJson(String start, String end) {

        static IntervalJson of(Interval interval, ZoneId zone) {
            return new IntervalJson(local(interval.start(), zone), local(interval.end(), zone));
        }

        private static String local(Instant instant, ZoneId zone) {
            return LocalDateTime.ofInstant(instant, zone).toString();
        }
    }

    record PreviewJson(List<IntervalJson> intervals, List<Problem.Fault> warnings, List<Problem.Fault> errors) {}

    /** When hours would be open, without keeping anything. Hours that are invalid are a problem with each error's place. */
    @Operation(summary = "When hours would be open, without keeping them")
    @PostMapping(path = "/hours/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresScope
    PreviewJson preview(@RequestBody Preview wish) {
        var faults = new ArrayList<Problem.Fault>();
        var format = format(wish.format(), faults);
        if (wish.hours() == null || wish.hours().isNull()) {
            faults.add(new Problem.Fault("hours", "MISSING", null));
        }
        var zone = zone(wish.zone(), faults);
        var days = calendar(wish.calendar(), faults);
        var from = HoursCalls.moment("from", wish.from(), faults);
        var to = HoursCalls.moment("to", wish.to(), faults);
        if (from != null && to != null) {
            HoursCalls.range(from, to, faults);
        }
        if (format == null || zone == null || from == null || to == null || wish.hours() == null || !faults.isEmpty()) {
            throw new ApiException(ProblemCode.INVALID, null, faults);
        }
        if (!format.json() && !wish.hours().isString()) {
            var wrong = new Finding(
                    new Finding.Place.Path("hours"),
                    Finding.Kind.WRONG_TYPE,
                    wish.hours().toString());
            throw HoursProblems.invalid(List.of(HoursCalls.fault(wrong)));
        }
        var read = HoursCalls.read(
                format,
                HoursCalls.text(zoned(format, wish.hours(), zone)),
                new Setting(zone, days, from.toLocalDate()));
        var intervals = new HoursEvaluator(read.document(), days, List.of())
                .openIntervals(from.atZone(zone).toInstant(), to.atZone(zone).toInstant());
        return new PreviewJson(
                intervals.stream().map(it -> IntervalJson.of(it, zone)).toList(),
                HoursCalls.faults(read.warnings()),
                List.of());
    }

    /** Our own document may leave out the zone that the request names. */
    private static JsonNode zoned(HoursFormat format, JsonNode hours, ZoneId zone) {
        return format == HoursFormat.ZHANGGUI && hours instanceof ObjectNode object && !object.has("zone")
                ? object.deepCopy().put("zone", zone.getId())
                : hours;
    }

    private static @Nullable HoursFormat format(@Nullable String format, List<Problem.Fault> faults) {
        var found = format == null ? null : HoursFormat.of(format).orElse(null);
        if (found == null) {
            faults.add(new Problem.Fault("format", format == null ? "MISSING" : "UNKNOWN", format));
        }
        return found;
    }

    private static @Nullable ZoneId zone(@Nullable String zone, List<Problem.Fault> faults) {
        if (zone == null || !ZoneId.getAvailableZoneIds().contains(zone)) {
            faults.add(new Problem.Fault("zone", zone == null ? "MISSING" : "UNKNOWN_ZONE", zone));
            return null;
        }
        return ZoneId.of(zone);
    }

    private WorkCalendar calendar(@Nullable JsonNode node, List<Problem.Fault> faults) {
        if (node == null
                || node.isNull()
                || node.isString() && node.stringValue().equals("CN")) {
            return calendar;
        }
        if (node.isString() && node.stringValue().equals("none")) {
            return WorkCalendar.none();
        }
        var list = node instanceof ObjectNode object && object.size() == 1 ? object.get("publicHolidays") : null;
        if (list == null || !list.isArray() || list.size() > HoursCalls.MOST_DAYS) {
            faults.add(new Problem.Fault("calendar", "UNKNOWN", node.toString()));
            return WorkCalendar.none();
        }
        var holidays = new ArrayList<LocalDate>();
        for (int i = 0; i < list.size(); i++) {
            try {
                holidays.add(LocalDate.parse(HoursCalls.text(list.get(i))));
            } catch (DateTimeException e) {
                faults.add(new Problem.Fault(
                        "calendar.publicHolidays[" + i + "]", "NOT_A_DATE", HoursCalls.text(list.get(i))));
            }
        }
        return WorkCalendar.withHolidays(holidays);
    }
}
