package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.tradinghours.Alternative;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.ClosureEnd;
import dev.zhanggui.portal.tradinghours.ClosureOutcome;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.EndOutcome;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Layer;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.Phase;
import dev.zhanggui.portal.tradinghours.ReasonCode;
import dev.zhanggui.portal.tradinghours.Rule;
import dev.zhanggui.portal.tradinghours.StartClosure;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.TradingState;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stores, their hours, what may be collected when, and closing now. */
@RestController
@RequestMapping(path = "/api/v1/stores", produces = MediaType.APPLICATION_JSON_VALUE)
class StoresController extends HoursOfScope {

    private static final int LONGEST_REASON = 200;

    private final Merchants merchants;
    private final TradingHours hours;
    private final CurrentActor actor;
    private final Clock clock;

    StoresController(Merchants merchants, TradingHours hours, HoursCalls calls, CurrentActor actor, Clock clock) {
        super(calls);
        this.merchants = merchants;
        this.hours = hours;
        this.actor = actor;
        this.clock = clock;
    }

    record Page<T>(List<T> items) {}

    record StoreJson(
            String id,
            String name,
            @Nullable String nameEn,
            String merchant,
            String region,
            String address,
            String zone,
            String industry) {

        static StoreJson of(Store store) {
            return new StoreJson(
                    store.publicId(),
                    store.name(),
                    store.nameEn(),
                    store.merchantName(),
                    store.regionCode(),
                    store.address(),
                    store.zone().getId(),
                    store.industry());
        }
    }

    @GetMapping
    @Operation(summary = "Stores of the key")
    @RequiresScope(Scope.STORES_READ)
    Page<StoreJson> stores() {
        return new Page<>(
                merchants.stores(actor.get()).stream().map(StoreJson::of).toList());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One store")
    @RequiresScope(Scope.STORES_READ)
    StoreJson store(@PathVariable String id) {
        return StoreJson.of(merchants.storeByPublicId(actor.get(), id));
    }

    @Override
    HoursScope scope(String id) {
        return HoursScope.of(merchants.storeByPublicId(actor.get(), id).id());
    }

    /**
     * @param level where it was written; null for what no merchant wrote
     * @param periods the shifts it gives to the day; null where it gives none of its own */
    record RuleJson(
            Layer layer,
            @Nullable Level level,
            @Nullable String note,
            @Nullable List<String> periods) {

        static RuleJson of(Rule rule) {
            var plan = rule.plan();
            return new RuleJson(rule.layer(), rule.level(), rule.note(), plan == null ? null : plan.texts());
        }
    }

    record Text(String zh, String en) {}

    record ChangeJson(Instant at, Phase phase) {}

    record StateJson(
            Instant at,
            boolean open,
            Phase phase,
            Decision decision,
            @Nullable Long capFen,
            ReasonCode reason,
            Text text,
            RuleJson winning,
            List<RuleJson> beaten,
            @Nullable ChangeJson nextChange,
            List<Alternative> alternatives) {

        static StateJson of(TradingState state) {
            var note = state.winning().note();
            var next = state.next();
            return new StateJson(
                    state.at(),
                    state.open(),
                    state.phase(),
                    state.decision(),
                    state.decision() == Decision.ALLOW_CAPPED ? state.capFen() : null,
                    state.reason(),
                    new Text(
                            HoursWords.CHINESE.reason(state.reason(), note),
                            HoursWords.ENGLISH.reason(state.reason(), note)),
                    RuleJson.of(state.winning()),
                    state.beaten().stream().map(RuleJson::of).toList(),
                    next == null ? null : new ChangeJson(next.at(), next.phase()),
                    state.alternatives());
        }
    }

    /** @param at a moment with its offset; now when missing. For the past, what held then. */
    @GetMapping("/{id}/trading-state")
    @Operation(summary = "Whether the store may collect, and why")
    @RequiresScope(Scope.HOURS_READ)
    StateJson state(@PathVariable String id, @RequestParam @Nullable String at) {
        var store = merchants.storeByPublicId(actor.get(), id);
        return StateJson.of(
                hours.stateAt(actor.get(), store.id(), at == null ? clock.instant() : Moments.parse("at", at)));
    }

    /**
     * @param kind close, open or emergencyStop
     * @param minutes how long; or {@code until}; or {@code end}: nextOpening (the default) or untilEnded
     * @param reason shown to customers
     * @param secondPerson of an emergency stop: somebody else has to lift it
     */
    record NewClosure(
            String kind,
            @Nullable Integer minutes,
            @Nullable String until,
            @Nullable String end,
            @Nullable String reason,
            @Nullable Boolean secondPerson) {}

    record ClosureJson(
            String kind,
            Instant from,
            @Nullable Instant until,
            @Nullable String reason) {

        static ClosureJson of(Closure closure) {
            return new ClosureJson(
                    switch (closure.kind()) {
                        case EMERGENCY_STOP -> "emergencyStop";
                        case CLOSE_NOW -> "close";
                        case OPEN_NOW -> "open";
                    },
                    closure.from(),
                    closure.until(),
                    closure.reason());
        }
    }

    /** Closes or opens the store now, instead of any closure that holds. */
    @PostMapping(path = "/{id}/closures", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Close or open the store now")
    @RequiresScope(Scope.HOURS_WRITE)
    ClosureJson close(@PathVariable String id, @RequestBody NewClosure wish) {
        var store = merchants.storeByPublicId(actor.get(), id);
        var reason = wish.reason();
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw ApiException.invalid("reason", "TOO_LONG");
        }
        var kind = kind(wish.kind());
        boolean secondPerson = Boolean.TRUE.equals(wish.secondPerson());
        if (secondPerson && kind != Closure.Kind.EMERGENCY_STOP) {
            throw ApiException.invalid("secondPerson", "CONTRADICTION");
        }
        var command = new StartClosure(store.id(), kind, end(wish), reason, secondPerson);
        return switch (hours.start(actor.get(), command)) {
            case ClosureOutcome.Started(var closure) -> ClosureJson.of(closure);
            case ClosureOutcome.NoOpeningAhead it -> throw new ApiException(ProblemCode.NO_OPENING_AHEAD, null);
            case ClosureOutcome.EndNotAhead it -> throw new ApiException(ProblemCode.END_NOT_AHEAD, null);
            case ClosureOutcome.SecondPersonNeeded it -> throw new ApiException(ProblemCode.SECOND_PERSON_NEEDED, null);
        };
    }

    /** Ends what was closed or opened now. */
    @DeleteMapping("/{id}/closures/current")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End what was closed or opened now")
    @RequiresScope(Scope.HOURS_WRITE)
    void end(@PathVariable String id) {
        var store = merchants.storeByPublicId(actor.get(), id);
        if (hours.end(actor.get(), store.id()) instanceof EndOutcome.SecondPersonNeeded) {
            throw new ApiException(ProblemCode.SECOND_PERSON_NEEDED, null);
        }
    }

    @SuppressWarnings("NullAway") // a JSON body may lack what the record demands
    private static Closure.Kind kind(String kind) {
        if (kind == null) {
            throw ApiException.invalid("kind", "MISSING");
        }
        return switch (kind) {
            case "emergencyStop" -> Closure.Kind.EMERGENCY_STOP;
            case "close" -> Closure.Kind.CLOSE_NOW;
            case "open" -> Closure.Kind.OPEN_NOW;
            default -> throw ApiException.invalid("kind", "UNKNOWN");
        };
    }

    private static ClosureEnd end(NewClosure wish) {
        var minutes = wish.minutes();
        var until = wish.until();
        var end = wish.end();
        if ((minutes == null ? 0 : 1) + (until == null ? 0 : 1) + (end == null ? 0 : 1) > 1) {
            throw ApiException.invalid("end", "CONTRADICTION");
        }
        if (minutes != null) {
            if (minutes < 1 || minutes > ClosureEnd.LONGEST.toMinutes()) {
                throw ApiException.invalid("minutes", "OUT_OF_RANGE");
            }
            return new ClosureEnd.After(Duration.ofMinutes(minutes));
        }
        if (until != null) {
            return new ClosureEnd.At(Moments.parse("until", until));
        }
        if (end == null || end.equals("nextOpening")) {
            return ClosureEnd.NEXT_OPENING;
        }
        if (end.equals("untilEnded")) {
            return ClosureEnd.UNTIL_I_SAY;
        }
        throw ApiException.invalid("end", "UNKNOWN");
    }
}
