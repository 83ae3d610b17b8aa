package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.Impact;
import dev.zhanggui.portal.tradinghours.PlannedRestriction;
import dev.zhanggui.portal.tradinghours.PlannedRestriction.Band;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.RestrictionId;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.RestrictionScope;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.portal.tradinghours.Restrictions.After;
import dev.zhanggui.portal.tradinghours.Restrictions.Filter;
import dev.zhanggui.portal.tradinghours.Restrictions.Plan;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Maintenance, faults, network trouble and locks, for staff's keys: SERVICE, REVIEWER, ADMIN and AUDITOR read them. */
@RestController
@RequestMapping(path = "/api/v1/restrictions", produces = MediaType.APPLICATION_JSON_VALUE)
class RestrictionsController {

    private static final int PAGE = 50;
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("MM-dd HH:mm");

    private final Restrictions restrictions;
    private final Merchants merchants;
    private final Terminals terminals;
    private final CurrentActor actor;
    private final Clock clock;

    RestrictionsController(
            Restrictions restrictions, Merchants merchants, Terminals terminals, CurrentActor actor, Clock clock) {
        this.restrictions = restrictions;
        this.merchants = merchants;
        this.terminals = terminals;
        this.actor = actor;
        this.clock = clock;
    }

    /**
     * @param target id of the merchant, store or terminal; the model's; the first 2, 4 or 6 digits of the region; empty for ALL
     * @param label what the target was called when this was planned
     * @param until null means until someone ends it
     * @param reason what customers read instead of the kind's own words
     * @param band NOW, PLANNED or PAST
     * @param endedAt when somebody ended or cancelled it
     */
    record RestrictionJson(
            String id,
            Restriction.Kind kind,
            RestrictionScope scope,
            @Nullable String target,
            String label,
            Instant from,
            @Nullable Instant until,
            @Nullable String reason,
            Band band,
            Instant madeAt,
            String madeBy,
            @Nullable Instant endedAt,
            @Nullable String endedBy) {}

    /** @param next what the next page is asked for with; null on the last */
    record PageJson(List<RestrictionJson> items, @Nullable String next) {}

    /**
     * @param band NOW (the default; latest first), PLANNED (next first) or PAST (latest first)
     * @param kind of this kind only
     * @param cursor next of the page before
     */
    @GetMapping
    @Operation(summary = "What holds, is planned or is over")
    @RequiresScope(Scope.RESTRICTIONS_READ)
    PageJson list(
            @RequestParam @Nullable String band,
            @RequestParam @Nullable String kind,
            @RequestParam @Nullable String cursor) {
        var filter = new Filter(
                band == null ? Band.NOW : Given.one(Band.class, "band", band),
                Given.oneOrNone(Restriction.Kind.class, "kind", kind));
        var page = restrictions.list(actor.get(), filter, cursor == null ? null : after(cursor), PAGE);
        var next = page.next();
        return new PageJson(page.items().stream().map(this::json).toList(), next == null ? null : cursor(next));
    }

    @GetMapping("/{id}")
    @Operation(summary = "One restriction")
    @RequiresScope(Scope.RESTRICTIONS_READ)
    RestrictionJson get(@PathVariable String id) {
        return json(restrictions.restriction(actor.get(), id(id)));
    }

    /**
     * @param kind MAINTENANCE, FAULT or NETWORK_TROUBLE for SERVICE and ADMIN; LEGAL_LOCK or ACQUIRER_LOCK for REVIEWER and ADMIN
     * @param scope ALL, REGION, MERCHANT, STORE, MODEL or TERMINAL
     * @param target as in the answer
     * @param from a moment with its offset; now when missing
     * @param until a moment with its offset; until somebody ends it when missing, which maintenance may not
     * @param reason what customers read; the kind's own words when missing
     * @param why for the audit record: on what a lock is grounded, or why maintenance must take open time
     */
    record NewRestriction(
            @Nullable String kind,
            @Nullable String scope,
            @Nullable String target,
            @Nullable String from,
            @Nullable String until,
            @Nullable String reason,
            @Nullable String why) {}

    /** Maintenance that takes open time is a conflict that names the stores, unless {@code why} says why it must. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Plan maintenance, or say that something is broken or locked")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    @RequiresScope(Scope.RESTRICTIONS_WRITE)
    ResponseEntity<RestrictionJson> plan(@RequestBody NewRestriction wish) {
        var kind = Given.one(Restriction.Kind.class, "kind", wish.kind());
        // Before anything is looked up: who may not plan learns nothing about targets.
        if (!restrictions.mayPlan(actor.get(), kind)) {
            throw new NotAllowedException("needs a staff role that plans " + kind);
        }
        var target = target(Given.one(RestrictionScope.class, "scope", wish.scope()), wish.target());
        var until = wish.until() == null ? null : Moments.parse("until", wish.until());
        var plan = new Plan(
                kind,
                target,
                wish.from() == null ? null : Moments.parse("from", wish.from()),
                until,
                wish.reason(),
                wish.why());
        var planned = json(done(restrictions.plan(actor.get(), plan), until));
        return ResponseEntity.created(URI.create("/api/v1/restrictions/" + planned.id()))
                .body(planned);
    }

    /** @param why for the audit record; needed for locks */
    record End(@Nullable String why) {}

    /** Ends what holds, cancels what is only planned. For those who may plan the kind. */
    @PostMapping(path = "/{id}/end", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "End or cancel a restriction")
    @RequiresScope(Scope.RESTRICTIONS_WRITE)
    RestrictionJson end(@PathVariable String id, @RequestBody End end) {
        return json(done(restrictions.end(actor.get(), id(id), end.why()), null));
    }

    /** @param until as it was wished */
    private PlannedRestriction done(RestrictionOutcome outcome, @Nullable Instant until) {
        return switch (outcome) {
            case RestrictionOutcome.Done(var now) -> now;
            case RestrictionOutcome.Refused(var fault) -> throw refused(fault, until);
            case RestrictionOutcome.TakesOpenTime(var impact) ->
                throw new ApiException(ProblemCode.TAKES_OPEN_TIME, said(impact), conflicts(impact));
            case RestrictionOutcome.ChangedMeanwhile(var theirs) ->
                throw new ApiException(ProblemCode.VERSION_CONFLICT, null);
        };
    }

    private ApiException refused(RestrictionOutcome.Fault fault, @Nullable Instant until) {
        return switch (fault) {
            case TARGET_UNKNOWN -> ApiException.invalid("target", "UNKNOWN");
            case REASON_TOO_LONG -> ApiException.invalid("reason", "TOO_LONG");
            case WHY_MISSING -> ApiException.invalid("why", "MISSING");
            case WHY_TOO_LONG -> ApiException.invalid("why", "TOO_LONG");
            case END_MISSING -> ApiException.invalid("until", "MISSING");
            case END_NOT_AFTER_START -> ApiException.invalid("until", "REVERSED");
            case IN_THE_PAST ->
                ApiException.invalid(
                        until != null && !until.isAfter(clock.instant()) ? "until" : "from", "IN_THE_PAST");
            case TOO_FAR -> ApiException.invalid("from", "TOO_FAR");
            case TOO_LONG -> ApiException.invalid("until", "RANGE_TOO_LONG");
            case BEGUN, OVER -> new ApiException(ProblemCode.RESTRICTION_OVER, null);
        };
    }

    private static String said(Impact impact) {
        return "of %d stores that were looked at (of %d), %d are open then or within the guard after it, %d are free, %d set no hours"
                .formatted(impact.examined(), impact.stores(), impact.conflicting(), impact.free(), impact.unknown());
    }

    /** One for each store, the worst first; its value is the store's id. */
    private List<Problem.Fault> conflicts(Impact impact) {
        var ids = impact.conflicts().stream().map(Impact.Conflict::store).toList();
        Map<StoreId, Store> stores =
                merchants.stores(actor.get(), ids).stream().collect(Collectors.toMap(Store::id, Function.identity()));
        return impact.conflicts().stream()
                .map(it -> conflict(it, Objects.requireNonNull(stores.get(it.store()))))
                .toList();
    }

    private static Problem.Fault conflict(Impact.Conflict conflict, Store store) {
        var name = conflict.name();
        if (conflict.when().isEmpty()) {
            var opening = local(Objects.requireNonNull(conflict.opening()), store.zone());
            return new Problem.Fault(
                    "until",
                    "OPENS_SOON",
                    store.publicId(),
                    null,
                    null,
                    new Problem.Words(
                            name + "：" + opening + " 就要开门，留的余地不够",
                            name + " opens at " + opening + ", too soon after it"));
        }
        var open = conflict.when().stream()
                .map(it -> local(it.start(), store.zone()) + "–" + local(it.end(), store.zone()))
                .collect(Collectors.joining(", "));
        long minutes = conflict.lost().toMinutes();
        return new Problem.Fault(
                "from",
                "OPEN",
                store.publicId(),
                null,
                null,
                new Problem.Words(
                        name + "：" + open + " 在营业，会少收 " + minutes + " 分钟",
                        name + " is open " + open + " and would lose " + minutes + " minutes"));
    }

    private static String local(Instant at, ZoneId zone) {
        return LOCAL.format(LocalDateTime.ofInstant(at, zone));
    }

    /** What is named outside by its public id is named inside by its number. */
    private RestrictionTarget target(RestrictionScope scope, @Nullable String name) {
        if (scope == RestrictionScope.ALL) {
            if (name != null && !name.isEmpty()) {
                throw ApiException.invalid("target", "CONTRADICTION");
            }
            return RestrictionTarget.ALL;
        }
        if (name == null || name.isBlank()) {
            throw ApiException.invalid("target", "MISSING");
        }
        try {
            return switch (scope) {
                case STORE ->
                    RestrictionTarget.of(
                            merchants.storeByPublicId(actor.get(), name).id());
                case TERMINAL ->
                    RestrictionTarget.of(terminals.byPublicId(actor.get(), name).id());
                case MERCHANT ->
                    merchants.search(actor.get(), name).stream()
                            .filter(it -> it.publicId().equals(name))
                            .findFirst()
                            .map(it -> RestrictionTarget.of(it.id()))
                            .orElseThrow(() -> new NotFoundException("merchant"));
                case ALL, REGION, MODEL -> new RestrictionTarget(scope, name);
            };
        } catch (NotFoundException | IllegalArgumentException e) {
            throw ApiException.invalid("target", "UNKNOWN");
        }
    }

    private RestrictionJson json(PlannedRestriction planned) {
        var restriction = planned.restriction();
        return new RestrictionJson(
                Long.toString(planned.id().value()),
                restriction.kind(),
                planned.target().scope(),
                name(planned.target()),
                planned.label(),
                restriction.from(),
                restriction.until(),
                restriction.reason(),
                planned.band(clock.instant()),
                planned.madeAt(),
                planned.madeBy(),
                planned.endedAt(),
                planned.endedBy());
    }

    private @Nullable String name(RestrictionTarget target) {
        return switch (target.scope()) {
            case ALL -> null;
            case REGION, MODEL -> target.value();
            case MERCHANT ->
                merchants.merchant(actor.get(), new MerchantId(target.id())).publicId();
            case STORE -> merchants.store(actor.get(), new StoreId(target.id())).publicId();
            case TERMINAL ->
                terminals.terminal(actor.get(), new TerminalId(target.id())).publicId();
        };
    }

    /** Whatever is no number names nothing. */
    private static RestrictionId id(String text) {
        try {
            return new RestrictionId(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return new RestrictionId(0);
        }
    }

    private static String cursor(After after) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((after.from() + " " + after.id()).getBytes(StandardCharsets.UTF_8));
    }

    private static After after(String cursor) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 2);
            return new After(Instant.parse(parts[0]), Long.parseLong(parts[1]));
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw ApiException.invalid("cursor", "UNKNOWN");
        }
    }
}
