package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Interval;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.interchange.Finding;
import dev.zhanggui.portal.tradinghours.interchange.HoursFormat;
import dev.zhanggui.portal.tradinghours.interchange.Read;
import dev.zhanggui.portal.tradinghours.interchange.Setting;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Hours in the formats of others, and when they are open: tried out without a store, or a store's own. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class HoursController {

    /** Longer than any year with its holidays. */
    private static final int MOST_DAYS = 400;

    private final Merchants merchants;
    private final TradingHours hours;
    private final WorkCalendar calendar;
    private final CurrentActor actor;
    private final Clock clock;
    private final JsonMapper json;

    HoursController(
            Merchants merchants,
            TradingHours hours,
            WorkCalendar calendar,
            CurrentActor actor,
            Clock clock,
            JsonMapper json) {
        this.merchants = merchants;
        this.hours = hours;
        this.calendar = calendar;
        this.actor = actor;
        this.clock = clock;
        this.json = json;
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
        var from = moment("from", wish.from(), faults);
        var to = moment("to", wish.to(), faults);
        if (from != null && to != null) {
            range(from, to, faults);
        }
        if (format == null || zone == null || from == null || to == null || wish.hours() == null || !faults.isEmpty()) {
            throw new ApiException(ProblemCode.INVALID, null, faults);
        }
        if (!format.json() && !wish.hours().isString()) {
            var wrong = new Finding(
                    new Finding.Place.Path("hours"),
                    Finding.Kind.WRONG_TYPE,
                    wish.hours().toString());
            throw HoursProblems.invalid(List.of(fault(wrong)));
        }
        var read = read(format, text(zoned(format, wish.hours(), zone)), new Setting(zone, days, from.toLocalDate()));
        var intervals = new HoursEvaluator(read.document(), days, List.of())
                .openIntervals(from.atZone(zone).toInstant(), to.atZone(zone).toInstant());
        return new PreviewJson(
                intervals.stream().map(it -> IntervalJson.of(it, zone)).toList(), faults(read.warnings()), List.of());
    }

    /** @param intervals moments in UTC, merged where they touch, closures of now included */
    record IntervalsJson(String zone, List<Interval> intervals) {}

    /** When a store's sign says open. {@code from} and {@code to} are moments with offset, or local times of the store. */
    @Operation(summary = "When a store's sign says open")
    @GetMapping("/stores/{id}/hours/intervals")
    @RequiresScope(Scope.HOURS_READ)
    IntervalsJson intervals(@PathVariable String id, @RequestParam String from, @RequestParam String to) {
        var store = merchants.storeByPublicId(actor.get(), id);
        var zone = hours.current(actor.get(), store.id()).document().zone();
        var faults = new ArrayList<Problem.Fault>();
        var first = localOrMoment("from", from, zone, faults);
        var last = localOrMoment("to", to, zone, faults);
        if (first != null && last != null) {
            range(first.atZone(zone).toLocalDateTime(), last.atZone(zone).toLocalDateTime(), faults);
        }
        if (first == null || last == null || !faults.isEmpty()) {
            throw new ApiException(ProblemCode.INVALID, null, faults);
        }
        var evaluator = hours.evaluator(actor.get(), store.id());
        return new IntervalsJson(zone.getId(), evaluator.openIntervals(first, last));
    }

    /**
     * @param hours text, or JSON for the formats that are JSON; what PUT with the same format takes
     * @param notCarried what the format has no words for
     */
    record Exported(String format, JsonNode hours, List<Problem.Fault> notCarried) {}

    /** The store's hours in another format; the version is the ETag. */
    @Operation(summary = "Trading hours in another format")
    @GetMapping(path = "/stores/{id}/hours", params = "format")
    @RequiresScope(Scope.HOURS_READ)
    ResponseEntity<Exported> export(@PathVariable String id, @RequestParam String format) {
        var chosen = format(format);
        var store = merchants.storeByPublicId(actor.get(), id);
        var current = hours.current(actor.get(), store.id());
        var written =
                chosen.write(current.document(), setting(current.document().zone()));
        var text = chosen.json()
                ? json.readTree(written.text())
                : json.getNodeFactory().stringNode(written.text());
        return ResponseEntity.ok()
                .eTag(Versions.etag(current.version()))
                .body(new Exported(chosen.code(), text, faults(written.notCarried())));
    }

    /**
     * @param document as it is, or would be after a dry run
     * @param sentence the same in words
     */
    record Imported(JsonNode document, Problem.Words sentence, List<Problem.Fault> warnings) {}

    /**
     * Takes hours in another format. What the format has no words for stays as it is.
     *
     * @param body the text itself, or the JSON value, or {hours: …} as GET gives it
     * @param dryRun answers what would become of it and changes nothing
     * @param reason why, for the history
     */
    @Operation(summary = "Take trading hours in another format")
    @PutMapping(path = "/stores/{id}/hours", params = "format")
    @RequiresScope(Scope.HOURS_WRITE)
    ResponseEntity<Imported> change(
            @PathVariable String id,
            @RequestParam String format,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam @Nullable String reason,
            @RequestBody(required = false) @Nullable String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var chosen = format(format);
        var store = merchants.storeByPublicId(actor.get(), id);
        if (ifMatch == null && !dryRun) {
            throw new ApiException(ProblemCode.IF_MATCH_REQUIRED, null);
        }
        var current = hours.current(actor.get(), store.id());
        var read = read(
                chosen,
                unwrapped(body == null ? "" : body),
                setting(current.document().zone()));
        var document = chosen.into(current.document(), read.document());
        if (dryRun) {
            return answer(current.version(), document, read.warnings());
        }
        var command = new ChangeHours(store.id(), document, Versions.version(ifMatch), reason);
        var now = HoursProblems.accepted(hours.change(actor.get(), command));
        return answer(now.version(), now.document(), read.warnings());
    }

    private ResponseEntity<Imported> answer(int version, HoursDocument document, List<Finding> warnings) {
        return ResponseEntity.ok()
                .eTag(Versions.etag(version))
                .body(new Imported(
                        json.readTree(document.json()),
                        new Problem.Words(HoursWords.CHINESE.sentence(document), HoursWords.ENGLISH.sentence(document)),
                        faults(warnings)));
    }

    private Setting setting(ZoneId zone) {
        return new Setting(zone, calendar, LocalDate.ofInstant(clock.instant(), zone));
    }

    private static Read.Valid read(HoursFormat format, String text, Setting setting) {
        return switch (format.read(text, setting)) {
            case Read.Valid valid -> valid;
            case Read.Invalid(var errors) -> throw HoursProblems.invalid(faults(errors));
        };
    }

    /** The hours within the answer of GET, or the body as it is. */
    private String unwrapped(String body) {
        try {
            return json.readTree(body) instanceof ObjectNode object
                            && object.has("hours")
                            && (object.has("format") || object.size() == 1)
                    ? text(object.get("hours"))
                    : body;
        } catch (JacksonException e) {
            return body;
        }
    }

    /** Our own document may leave out the zone that the request names. */
    private static JsonNode zoned(HoursFormat format, JsonNode hours, ZoneId zone) {
        return format == HoursFormat.ZHANGGUI && hours instanceof ObjectNode object && !object.has("zone")
                ? object.deepCopy().put("zone", zone.getId())
                : hours;
    }

    private static String text(JsonNode hours) {
        return hours.isString() ? hours.stringValue() : hours.toString();
    }

    private static List<Problem.Fault> faults(List<Finding> findings) {
        return findings.stream().map(HoursController::fault).toList();
    }

    private static Problem.Fault fault(Finding finding) {
        var words = new Problem.Words(finding.words(Locale.SIMPLIFIED_CHINESE), finding.words(Locale.ENGLISH));
        return switch (finding.place()) {
            case Finding.Place.Path(var path) ->
                new Problem.Fault(path, finding.kind().name(), finding.value(), null, null, words);
            case Finding.Place.Text(var from, var to) ->
                new Problem.Fault("hours", finding.kind().name(), finding.value(), from, to - from, words);
        };
    }

    private static HoursFormat format(String format) {
        return HoursFormat.of(format)
                .orElseThrow(() -> new ApiException(
                        ProblemCode.INVALID, null, List.of(new Problem.Fault("format", "UNKNOWN", format))));
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
        if (list == null || !list.isArray() || list.size() > MOST_DAYS) {
            faults.add(new Problem.Fault("calendar", "UNKNOWN", node.toString()));
            return WorkCalendar.none();
        }
        var holidays = new ArrayList<LocalDate>();
        for (int i = 0; i < list.size(); i++) {
            try {
                holidays.add(LocalDate.parse(text(list.get(i))));
            } catch (DateTimeException e) {
                faults.add(new Problem.Fault("calendar.publicHolidays[" + i + "]", "NOT_A_DATE", text(list.get(i))));
            }
        }
        return WorkCalendar.withHolidays(holidays);
    }

    private static @Nullable LocalDateTime moment(String path, @Nullable String text, List<Problem.Fault> faults) {
        if (text == null) {
            faults.add(new Problem.Fault(path, "MISSING", null));
            return null;
        }
        try {
            return text.length() == "2026-01-01".length()
                    ? LocalDate.parse(text).atStartOfDay()
                    : LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            faults.add(new Problem.Fault(path, "NOT_A_LOCAL_TIME", text));
            return null;
        }
    }

    private static @Nullable Instant localOrMoment(String path, String text, ZoneId zone, List<Problem.Fault> faults) {
        try {
            // A plus sign in a query arrives as a blank.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            var local = moment(path, text, faults);
            return local == null ? null : local.atZone(zone).toInstant();
        }
    }

    private static void range(LocalDateTime from, LocalDateTime to, List<Problem.Fault> faults) {
        if (!from.isBefore(to)) {
            faults.add(new Problem.Fault("to", "REVERSED", to.toString()));
        } else if (ChronoUnit.DAYS.between(from, to) > MOST_DAYS) {
            faults.add(new Problem.Fault("to", "RANGE_TOO_LONG", to + " is more than " + MOST_DAYS + " days later"));
        } else if (from.getYear() < 1900 || to.getYear() > 2199) {
            faults.add(new Problem.Fault("from", "OUT_OF_RANGE", from.toString()));
        }
    }
}
