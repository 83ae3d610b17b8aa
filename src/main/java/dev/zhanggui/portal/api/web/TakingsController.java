package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.acceptance.CollectionLimits;
import dev.zhanggui.portal.acceptance.CollectionLimits.Limits;
import dev.zhanggui.portal.acceptance.CollectionLimits.LimitsOutcome;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.Takings;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.Money;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a store collected by codes, what it refused, and how much it may. Days are the store's own. */
@RestController
@RequestMapping(path = "/api/v1/stores/{id}")
class TakingsController {

    private static final String CSV = "text/csv";

    private final Takings takings;
    private final CollectionLimits limits;
    private final Merchants merchants;
    private final CurrentActor actor;
    private final Clock clock;

    TakingsController(Takings takings, CollectionLimits limits, Merchants merchants, CurrentActor actor, Clock clock) {
        this.takings = takings;
        this.limits = limits;
        this.merchants = merchants;
        this.actor = actor;
        this.clock = clock;
    }

    /**
     * @param outside how many of the payments came outside trading hours
     * @param refused how many wishes to pay were refused
     */
    record GlanceJson(
            LocalDate from, LocalDate to, long amountFen, String currency, int payments, int outside, int refused) {}

    /**
     * @param from a day of the store; today when missing
     * @param to included; as from when missing, at most 366 days later
     */
    @GetMapping(path = "/takings", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Takings at a glance")
    @RequiresScope(Scope.COLLECTIONS_READ)
    GlanceJson glance(@PathVariable String id, @RequestParam @Nullable String from, @RequestParam @Nullable String to) {
        var store = store(id);
        var days = days(store, from, to);
        var glance = takings.glance(actor.get(), store.id(), days);
        return new GlanceJson(
                days.from(),
                days.to(),
                glance.amount().fen(),
                "CNY",
                glance.payments(),
                glance.outside(),
                glance.refused());
    }

    /** @param qrCode the plate */
    record CodeFiguresJson(
            String qrCode, String number, String place, int scans, int payments, int refused, long amountFen) {}

    /**
     * Plates by number, those never scanned too; order codes are left out.
     *
     * @param from as in the glance
     * @param to as in the glance
     */
    @GetMapping(path = "/takings/codes", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Takings by code")
    @RequiresScope(Scope.COLLECTIONS_READ)
    StoresController.Page<CodeFiguresJson> byCode(
            @PathVariable String id, @RequestParam @Nullable String from, @RequestParam @Nullable String to) {
        var store = store(id);
        return new StoresController.Page<>(takings.byCode(actor.get(), store.id(), days(store, from, to)).stream()
                .map(it -> new CodeFiguresJson(
                        it.code().code(),
                        it.code().numberText(),
                        it.code().place(),
                        it.scans(),
                        it.payments(),
                        it.refused(),
                        it.amount().fen()))
                .toList());
    }

    /** @param hour of the day, 0 to 23 */
    record RefusedHourJson(String reason, int hour, int wishes, long amountFen) {}

    /**
     * How many wishes to pay were refused, by reason and hour of the day.
     *
     * @param from as in the glance
     * @param to as in the glance
     */
    @GetMapping(path = "/takings/refused-hours", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Refusals by hour")
    @RequiresScope(Scope.COLLECTIONS_READ)
    StoresController.Page<RefusedHourJson> refusedByHour(
            @PathVariable String id, @RequestParam @Nullable String from, @RequestParam @Nullable String to) {
        var store = store(id);
        return new StoresController.Page<>(
                takings.refusedByHour(actor.get(), store.id(), days(store, from, to)).stream()
                        .map(it -> new RefusedHourJson(
                                it.reason(), it.hour(), it.wishes(), it.amount().fen()))
                        .toList());
    }

    /**
     * The book of attempts, oldest first, in the language asked for: what the page of collections exports. For OWNER and MANAGER
     * keys; each export is on record.
     *
     * @param from as in the glance
     * @param to as in the glance
     */
    @GetMapping(path = "/attempts.csv", produces = CSV)
    @Operation(summary = "Attempts as CSV (RFC 4180)")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
    @RequiresScope(Scope.COLLECTIONS_READ)
    void export(
            @PathVariable String id,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage,
            HttpServletResponse response)
            throws IOException {
        var store = store(id);
        var days = days(store, from, to);
        var language = ScanTexts.choose("", acceptLanguage).locale();
        response.setContentType(CSV + ";charset=UTF-8");
        // Not the response's own writer: after it nothing else may answer, a refusal neither.
        var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        takings.export(actor.get(), store.id(), days, language, out);
        out.flush();
    }

    record LimitsJson(long perPaymentFen, long perDayFen) {}

    record NewLimits(@Nullable Long perPaymentFen, @Nullable Long perDayFen) {}

    /** Their version is the ETag. */
    @GetMapping(path = "/limits", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "How much the store may collect by codes")
    @RequiresScope(Scope.COLLECTIONS_READ)
    ResponseEntity<LimitsJson> limits(@PathVariable String id) {
        return found(limits.get(actor.get(), store(id).id()));
    }

    /** Within what the merchant may. For OWNER and MANAGER keys. */
    @PutMapping(
            path = "/limits",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Choose how much the store may collect by codes")
    @RequiresScope(Scope.COLLECTIONS_WRITE)
    @Refuses(ProblemCode.LIMIT_TOO_HIGH)
    ResponseEntity<LimitsJson> choose(
            @PathVariable String id,
            @RequestBody NewLimits wish,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var store = store(id);
        if (ifMatch == null) {
            throw new ApiException(ProblemCode.IF_MATCH_REQUIRED, null);
        }
        var perPayment = new Money(Given.present("perPaymentFen", wish.perPaymentFen()));
        var perDay = new Money(Given.present("perDayFen", wish.perDayFen()));
        return switch (limits.choose(actor.get(), store.id(), perPayment, perDay, Versions.version(ifMatch))) {
            case LimitsOutcome.Chosen(var chosen) -> found(chosen);
            case LimitsOutcome.Above(var most) ->
                throw new ApiException(
                        ProblemCode.LIMIT_TOO_HIGH,
                        "at most %d fen a payment and %d fen a day"
                                .formatted(
                                        most.perPayment().fen(), most.perDay().fen()));
            case LimitsOutcome.Unfit it ->
                throw perPayment.fen() <= 0
                        ? ApiException.invalid("perPaymentFen", "OUT_OF_RANGE")
                        : ApiException.invalid("perDayFen", "BELOW_PER_PAYMENT");
        };
    }

    private static ResponseEntity<LimitsJson> found(Limits it) {
        return ResponseEntity.ok()
                .eTag(Versions.etag(it.version()))
                .body(new LimitsJson(it.perPayment().fen(), it.perDay().fen()));
    }

    private Store store(String id) {
        return merchants.storeByPublicId(actor.get(), id);
    }

    private Takings.Days days(Store store, @Nullable String from, @Nullable String to) {
        var first = from == null ? LocalDate.ofInstant(clock.instant(), store.zone()) : Given.day("from", from);
        var last = to == null ? first : Given.day("to", to);
        if (last.isBefore(first)) {
            throw ApiException.invalid("to", "REVERSED");
        }
        if (first.plusDays(Takings.DAYS_MOST).isBefore(last)) {
            throw ApiException.invalid("to", "RANGE_TOO_LONG");
        }
        return new Takings.Days(first, last);
    }
}
