package dev.zhanggui.portal.api.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhanggui.portal.ordering.Carrier;
import dev.zhanggui.portal.qrcode.emv.EmvFinding;
import dev.zhanggui.portal.qrcode.emv.EmvPayload;
import dev.zhanggui.portal.qrcode.emv.EmvReading;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shared.ResidentId;
import dev.zhanggui.portal.shared.Uscc;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What belongs to nobody: the work calendar, checks of numbers, and what problems mean. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class ReferenceController {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final int FIRST_YEAR = 1950;
    private static final int LAST_YEAR = 2199;
    private static final int ADULT = 18;
    private static final int LONGEST_NUMBER = 200;
    /** Longer than any payload may be, so that its verdict can say so. */
    private static final int LONGEST_PAYLOAD = 2_000;

    private final WorkCalendar calendar;
    private final Clock clock;

    ReferenceController(WorkCalendar calendar, Clock clock) {
        this.calendar = calendar;
        this.clock = clock;
    }

    record DayJson(
            LocalDate date,
            String kind,
            boolean holiday,
            boolean statutory,
            boolean workday,
            @Nullable String name,
            @Nullable String nameEn) {

        static DayJson of(CalendarDay day) {
            var festival = day.festival();
            return new DayJson(
                    day.date(),
                    day.kind().code(),
                    day.holiday(),
                    day.statutory(),
                    day.workday(),
                    festival == null ? null : festival.chinese(),
                    festival == null ? null : festival.english());
        }
    }

    record YearJson(int year, YearState state, List<DayJson> days) {}

    @GetMapping("/calendar/{year}")
    @Operation(summary = "Every day of a year")
    @RequiresScope
    YearJson calendar(@PathVariable int year) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new ApiException(ProblemCode.NOT_FOUND, "years " + FIRST_YEAR + " to " + LAST_YEAR);
        }
        return new YearJson(
                year,
                calendar.state(year),
                calendar.year(year).stream().map(DayJson::of).toList());
    }

    /**
     * @param kind resident-id, uscc, bank-card, phone, tracking-number, or emv-qr for what a merchant-presented code of EMVCo
     *     (version 1.1) says when scanned
     * @param carrier of a tracking number, such as SF; guessed from the number when missing
     */
    record Check(
            @Nullable String kind,
            @Nullable String value,
            @Nullable String carrier) {}

    /**
     * @param reason why it is not valid; null when it is
     * @param masked how it may be shown
     * @param adult of a resident id: 18 years or older today
     * @param carrier of a tracking number: the one that was named or guessed
     * @param emv of a payload that keeps every rule: what it says
     * @param errors of a payload that does not: every breach with its place, in the order of the text
     * @param remarks of a payload: what is allowed but odd
     */
    record Verdict(
            boolean valid,
            @Nullable String reason,
            @Nullable String masked,
            @Nullable LocalDate birthDate,
            @Nullable Boolean adult,
            @Nullable Carrier carrier,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            EmvJson emv,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Problem.Fault> errors,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Problem.Fault> remarks) {

        Verdict(
                boolean valid,
                @Nullable String reason,
                @Nullable String masked,
                @Nullable LocalDate birthDate,
                @Nullable Boolean adult,
                @Nullable Carrier carrier) {
            this(valid, reason, masked, birthDate, adult, carrier, null, null, null);
        }

        static Verdict of(Checked<?> checked, @Nullable String masked) {
            return new Verdict(
                    checked.isValid(),
                    checked instanceof Checked.Invalid<?>(var reason) ? reason : null,
                    masked,
                    null,
                    null,
                    null);
        }
    }

    /** Checks a number by its own rules, without asking or keeping anything. */
    @PostMapping(path = "/checks", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Check a number by its own rules",
            description =
                    "Kinds: resident-id, uscc, bank-card, phone, tracking-number, and emv-qr for the text of a"
                            + " merchant-presented code (EMVCo 1.1), answered with its fields or with every breach and its place.")
    @RequiresScope
    Verdict check(@RequestBody Check check) {
        var value = check.value();
        int most = "emv-qr".equals(check.kind()) ? LONGEST_PAYLOAD : LONGEST_NUMBER;
        if (value == null || value.length() > most) {
            throw ApiException.invalid("value", value == null ? "MISSING" : "TOO_LONG");
        }
        return switch (check.kind()) {
            case "resident-id" -> residentId(value);
            case "uscc" -> {
                var checked = Uscc.check(value);
                yield Verdict.of(checked, checked instanceof Checked.Valid<Uscc>(var it) ? it.masked() : null);
            }
            case "bank-card" -> {
                var checked = BankCard.check(value);
                yield Verdict.of(checked, checked instanceof Checked.Valid<BankCard>(var it) ? it.masked() : null);
            }
            case "phone" -> {
                var checked = Phone.check(value);
                yield Verdict.of(checked, checked instanceof Checked.Valid<Phone>(var it) ? it.masked() : null);
            }
            case "tracking-number" -> trackingNumber(value, check.carrier());
            case "emv-qr" -> emv(value);
            case null -> throw ApiException.invalid("kind", "MISSING");
            default -> throw ApiException.invalid("kind", "UNKNOWN");
        };
    }

    private Verdict residentId(String value) {
        var today = LocalDate.ofInstant(clock.instant(), CHINA);
        var checked = ResidentId.check(value, today);
        return checked instanceof Checked.Valid<ResidentId>(var id)
                ? new Verdict(true, null, id.masked(), id.birthDate(), id.ageOn(today) >= ADULT, null)
                : Verdict.of(checked, null);
    }

    /** Shapes seen in practice, no grammar: a number that is not valid here may still arrive. */
    private static Verdict trackingNumber(String value, @Nullable String named) {
        var number = Carrier.normalise(value);
        var carrier = named == null
                ? Carrier.guess(number)
                : Arrays.stream(Carrier.values())
                        .filter(it -> it.name().equals(named))
                        .findFirst()
                        .orElseThrow(() -> ApiException.invalid("carrier", "UNKNOWN"));
        return switch (carrier.look(number)) {
            case PLAUSIBLE -> new Verdict(true, null, null, null, null, carrier);
            case UNUSUAL -> new Verdict(false, "unusual", null, null, null, carrier);
            case CHECK_DIGIT -> new Verdict(false, "checksum", null, null, null, carrier);
        };
    }

    private static Verdict emv(String value) {
        return switch (EmvPayload.read(value)) {
            case EmvReading.Read(var payload, var remarks) ->
                new Verdict(true, null, null, null, null, null, EmvJson.of(payload), List.of(), faults(remarks, value));
            case EmvReading.Refused(var errors) ->
                new Verdict(
                        false,
                        reason(errors.getFirst().kind()),
                        null,
                        null,
                        null,
                        null,
                        null,
                        faults(errors, value),
                        List.of());
        };
    }

    /** In the spelling of the other kinds' reasons: TOO_LONG is tooLong. */
    private static String reason(EmvFinding.Kind kind) {
        var words = kind.name().toLowerCase(Locale.ROOT).split("_");
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining());
    }

    private static List<Problem.Fault> faults(List<EmvFinding> findings, String text) {
        return findings.stream()
                .map(it -> new Problem.Fault(
                        it.path(),
                        it.kind().name(),
                        it.value(),
                        text.offsetByCodePoints(0, it.position()),
                        null,
                        new Problem.Words(it.words(Locale.SIMPLIFIED_CHINESE), it.words(Locale.ENGLISH))))
                .toList();
    }

    record ProblemJson(String type, String code, int status, String title, String help) {}

    /** What a problem's type leads to; open to everybody. */
    @GetMapping("/problems/{code}")
    @SecurityRequirements
    @Operation(summary = "What a problem means")
    @RequiresScope
    ProblemJson problem(@PathVariable String code) {
        var problem = ProblemCode.of(code).orElseThrow(() -> new ApiException(ProblemCode.NOT_FOUND, null));
        return new ProblemJson(problem.type(), problem.text(), problem.status.value(), problem.title, problem.help);
    }

    /** Paths and methods that do not exist, said as a problem instead of a page. */
    @Hidden
    @RequestMapping(path = "/**", produces = MediaType.APPLICATION_JSON_VALUE)
    @RequiresScope
    Problem nothingHere() {
        throw new ApiException(ProblemCode.NOT_FOUND, "no such path, or not with this method");
    }
}
