package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Interval;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.interchange.Finding;
import dev.zhanggui.portal.tradinghours.interchange.HoursFormat;
import dev.zhanggui.portal.tradinghours.interchange.Read;
import dev.zhanggui.portal.tradinghours.interchange.Setting;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What can be asked about the hours of a merchant, a store or a terminal alike. */
@Component
class HoursCalls {

    /** Longer than any year with its holidays. */
    static final int MOST_DAYS = 400;

    private final TradingHours hours;
    private final WorkCalendar calendar;
    private final CurrentActor actor;
    private final Clock clock;
    private final JsonMapper json;

    HoursCalls(TradingHours hours, WorkCalendar calendar, CurrentActor actor, Clock clock, JsonMapper json) {
        this.hours = hours;
        this.calendar = calendar;
        this.actor = actor;
        this.clock = clock;
        this.json = json;
    }

    /** The document in the {@code zhanggui} format; its version is the ETag. */
    ResponseEntity<String> document(HoursScope scope) {
        return document(hours.current(actor.get(), scope));
    }

    ResponseEntity<String> change(HoursScope scope, String body, @Nullable String reason, @Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new ApiException(ProblemCode.IF_MATCH_REQUIRED, null);
        }
        var document = HoursProblems.readable(HoursDocument.parse(body), "");
        var command = new ChangeHours(scope, document, Versions.version(ifMatch), reason);
        return document(HoursProblems.accepted(hours.change(actor.get(), command)));
    }

    private static ResponseEntity<String> document(HoursVersion version) {
        return ResponseEntity.ok()
                .eTag(Versions.etag(version.version()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(version.document().json());
    }

    /** @param intervals moments in UTC, merged where they touch, closures of now included */
    record IntervalsJson(String zone, List<Interval> intervals) {}

    /** {@code from} and {@code to} are moments with offset, or local times of the place. */
    IntervalsJson intervals(HoursScope scope, String from, String to) {
        var evaluator = hours.evaluator(actor.get(), scope);
        var zone = evaluator.zone();
        var faults = new ArrayList<Problem.Fault>();
        var first = localOrMoment("from", from, zone, faults);
        var last = localOrMoment("to", to, zone, faults);
        if (first != null && last != null) {
            range(first.atZone(zone).toLocalDateTime(), last.atZone(zone).toLocalDateTime(), faults);
        }
        if (first == null || last == null || !faults.isEmpty()) {
            throw new ApiException(ProblemCode.INVALID, null, faults);
        }
        return new IntervalsJson(zone.getId(), evaluator.openIntervals(first, last));
    }

    /**
     * @param hours text, or JSON for the formats that are JSON; what PUT with the same format takes
     * @param notCarried what the format has no words for
     */
    record Exported(String format, JsonNode hours, List<Problem.Fault> notCarried) {}

    ResponseEntity<Exported> export(Supplier<HoursScope> scope, String format) {
        var chosen = format(format);
        var current = hours.current(actor.get(), scope.get());
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

    ResponseEntity<Imported> change(
            Supplier<HoursScope> whose,
            String format,
            boolean dryRun,
            @Nullable String reason,
            @Nullable String body,
            @Nullable String ifMatch) {
        var chosen = format(format);
        var scope = whose.get();
        if (ifMatch == null && !dryRun) {
            throw new ApiException(ProblemCode.IF_MATCH_REQUIRED, null);
        }
        var current = hours.current(actor.get(), scope);
        var read = read(
                chosen,
                unwrapped(body == null ? "" : body),
                setting(current.document().zone()));
        var document = chosen.into(current.document(), read.document());
        if (dryRun) {
            return answer(current.version(), document, read.warnings());
        }
        var command = new ChangeHours(scope, document, Versions.version(ifMatch), reason);
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

    static Read.Valid read(HoursFormat format, String text, Setting setting) {
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

    static String text(JsonNode hours) {
        return hours.isString() ? hours.stringValue() : hours.toString();
    }

    static List<Problem.Fault> faults(List<Finding> findings) {
        return findings.stream().map(HoursCalls::fault).toList();
    }

    static Problem.Fault fault(Finding finding) {
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

    static @Nullable LocalDateTime moment(String path, @Nullable String text, List<Problem.Fault> faults) {
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

    static void range(LocalDateTime from, LocalDateTime to, List<Problem.Fault> faults) {
        if (!from.isBefore(to)) {
            faults.add(new Problem.Fault("to", "REVERSED", to.toString()));
        } else if (ChronoUnit.DAYS.between(from, to) > MOST_DAYS) {
            faults.add(new Problem.Fault("to", "RANGE_TOO_LONG", to + " is more than " + MOST_DAYS + " days later"));
        } else if (from.getYear() < 1900 || to.getYear() > 2199) {
            faults.add(new Problem.Fault("from", "OUT_OF_RANGE", from.toString()));
        }
    }
}
