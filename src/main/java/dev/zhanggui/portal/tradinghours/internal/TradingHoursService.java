package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.ClosureChanged;
import dev.zhanggui.portal.tradinghours.ClosureEnd;
import dev.zhanggui.portal.tradinghours.ClosureOutcome;
import dev.zhanggui.portal.tradinghours.EndOutcome;
import dev.zhanggui.portal.tradinghours.Held;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursChanged;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursDocument.Parsed;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.StartClosure;
import dev.zhanggui.portal.tradinghours.StoreHours;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.TradingState;
import dev.zhanggui.portal.tradinghours.Transition;
import dev.zhanggui.portal.tradinghours.internal.TradingHoursRepository.Concerned;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class TradingHoursService implements TradingHours {

    private static final int MOST_VERSIONS = 100;
    private static final int LONGEST_REASON = 200;
    /** Of what is said for all stores of a merchant; each store reads it by its own clock. */
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final TradingHoursRepository hours;
    private final Merchants merchants;
    private final Terminals terminals;
    private final IndustryPacks packs;
    private final Access access;
    private final AuditLog audit;
    private final WorkCalendar calendar;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TradingHoursService(
            TradingHoursRepository hours,
            Merchants merchants,
            Terminals terminals,
            IndustryPacks packs,
            Access access,
            AuditLog audit,
            WorkCalendar calendar,
            ApplicationEventPublisher events,
            Clock clock) {
        this.hours = hours;
        this.merchants = merchants;
        this.terminals = terminals;
        this.packs = packs;
        this.access = access;
        this.audit = audit;
        this.calendar = calendar;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public HoursVersion current(Actor actor, HoursScope scope) {
        return current(place(actor, scope));
    }

    @Override
    @Transactional(readOnly = true)
    public List<HoursVersion> history(Actor actor, HoursScope scope, int limit) {
        return hours.versions(place(actor, scope).scope(), Math.clamp(limit, 1, MOST_VERSIONS));
    }

    @Override
    @Transactional(readOnly = true)
    public boolean mayChange(Actor actor, HoursScope scope) {
        var membership = access.memberships(actor).get(place(actor, scope).merchant());
        return actor.isSystem() || membership != null && membership.covers(Role.MANAGER);
    }

    @Override
    @Transactional
    public ChangeOutcome change(Actor actor, ChangeHours command) {
        var place = place(actor, command.scope());
        access.requireMember(actor, place.merchant(), Role.MANAGER);
        // What is written must be readable again: limits are the parser's.
        if (HoursDocument.parse(command.document().json()) instanceof Parsed.Invalid invalid) {
            return new ChangeOutcome.Invalid(invalid.errors());
        }
        if (tooLong(command.reason())) {
            return new ChangeOutcome.Invalid(List.of(new HoursError("reason", HoursError.Kind.TOO_LONG, "")));
        }
        var current = current(place);
        if (current.version() != command.expectedVersion()) {
            return new ChangeOutcome.Conflict(current, command.document());
        }
        if (current.version() > 0 && current.document().equals(command.document())) {
            return new ChangeOutcome.Unchanged(current);
        }
        var now = now();
        var next = new HoursVersion(
                place.scope(), current.version() + 1, command.document(), now, actor.label(), command.reason());
        if (!hours.add(next, now, actor)) {
            return new ChangeOutcome.Conflict(current(place), command.document());
        }
        audit.record(
                actor,
                "hours.changed",
                place.scope().toString(),
                place.merchant(),
                current.version() == 0 ? null : current.document().json(),
                next.document().json(),
                command.reason());
        events.publishEvent(new HoursChanged(place.scope(), place.stores(actor, merchants)));
        return new ChangeOutcome.Changed(next);
    }

    /** Somebody whose hours the actor may see. */
    private record Place(
            HoursScope scope,
            MerchantId merchant,
            ZoneId zone,
            @Nullable Store store,
            @Nullable Terminal terminal) {

        static Place of(Store store) {
            return new Place(HoursScope.of(store.id()), store.merchantId(), store.zone(), store, null);
        }

        /** Where what this place says may hold. */
        List<StoreId> stores(Actor actor, Merchants merchants) {
            return store != null
                    ? List.of(store.id())
                    : merchants.storesOf(actor, merchant).stream()
                            .map(Store::id)
                            .toList();
        }

        /** Who has a say here, nearest first. */
        List<HoursScope> levels() {
            var levels = new ArrayList<HoursScope>(3);
            levels.add(scope);
            if (terminal != null && store != null) {
                levels.add(HoursScope.of(store.id()));
            }
            if (store != null) {
                levels.add(new HoursScope.OfMerchant(merchant));
            }
            return levels;
        }

        Concerned concerned() {
            if (store == null) {
                return Concerned.of(merchant);
            }
            return Concerned.of(List.of(store), terminal == null ? List.of() : List.of(terminal));
        }

        boolean concernedBy(TradingHoursRepository.Scoped restriction) {
            return store == null
                    || restriction.concerns(store)
                    || terminal != null
                            && restriction.concerns(
                                    terminal.id(), terminal.model().value());
        }
    }

    private Place place(Actor actor, HoursScope scope) {
        return switch (scope) {
            case HoursScope.OfMerchant(var merchant) ->
                new Place(scope, merchants.merchant(actor, merchant).id(), CHINA, null, null);
            case HoursScope.OfStore(var id) -> Place.of(merchants.store(actor, id));
            case HoursScope.OfTerminal(var id) -> {
                var terminal = terminals.terminal(actor, id);
                var boundTo = terminal.storeId();
                if (boundTo == null) {
                    throw new NotFoundException(id.toString());
                }
                var store = merchants.store(actor, boundTo);
                yield new Place(scope, store.merchantId(), store.zone(), store, terminal);
            }
        };
    }

    @Override
    @Transactional(readOnly = true)
    public TradingState stateAt(Actor actor, StoreId id, Instant at) {
        return stateAt(actor, HoursScope.of(id), at);
    }

    @Override
    @Transactional(readOnly = true)
    public TradingState stateAt(Actor actor, HoursScope scope, Instant at) {
        var place = place(actor, scope);
        return (at.isBefore(now()) ? evaluatorOfThen(actor, place, at) : evaluator(actor, place)).stateAt(at);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Held> held(Actor actor, HoursScope scope, Instant from, Instant until) {
        var place = place(actor, scope);
        var now = now();
        var end = until.isBefore(now) ? until : now;
        if (!from.isBefore(end)) {
            return List.of();
        }
        var turns = new TreeSet<Instant>();
        turns.add(from);
        place.levels().forEach(level -> turns.addAll(hours.changes(level, from, end)));
        turns.addAll(hours.restrictionChanges(place.concerned(), from, end));
        var store = place.store();
        if (store != null) {
            turns.addAll(hours.closureChanges(store.id(), from, end));
        }
        industry(actor, place).ifPresent(industry -> turns.addAll(packs.changes(industry, from, end)));
        var held = new ArrayList<Held>();
        for (var turn : turns) {
            var next = turns.higher(turn);
            held.add(new Held(turn, next == null ? end : next, evaluatorOfThen(actor, place, turn)));
        }
        return held;
    }

    @Override
    @Transactional(readOnly = true)
    public HoursVersion versionAt(Actor actor, StoreId id, Instant at) {
        var place = place(actor, HoursScope.of(id));
        return at.isBefore(now()) ? hours.asOf(place.scope(), at).orElseGet(() -> notSet(place)) : current(place);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Closure> closure(Actor actor, StoreId id) {
        merchants.store(actor, id);
        return hours.closures(id, now()).stream().findFirst();
    }

    @Override
    @Transactional
    public ClosureOutcome start(Actor actor, StartClosure command) {
        var store = merchants.store(actor, command.store());
        access.requireMember(actor, store.merchantId(), Role.CASHIER);
        if (tooLong(command.reason())) {
            throw new IllegalArgumentException("reason longer than " + LONGEST_REASON);
        }
        var now = now();
        var locked = hours.lockedBySecondPerson(store.id(), now);
        if (locked.isPresent() && command.kind() != Closure.Kind.EMERGENCY_STOP && mustNotLift(actor, locked.get())) {
            return new ClosureOutcome.SecondPersonNeeded(locked.get().label());
        }
        boolean secondPerson =
                command.secondPerson() || command.kind() == Closure.Kind.EMERGENCY_STOP && locked.isPresent();
        return switch (until(actor, command, store, now)) {
            case Until.Refused refused -> refused.why();
            case Until.Known known ->
                start(actor, store, new Closure(command.kind(), now, known.at(), command.reason()), secondPerson);
        };
    }

    private ClosureOutcome start(Actor actor, Store store, Closure closure, boolean secondPerson) {
        hours.end(store.id(), closure.from(), actor);
        hours.start(store.id(), closure, secondPerson, actor);
        audit.record(
                actor,
                switch (closure.kind()) {
                    case EMERGENCY_STOP -> "store.emergency_stop";
                    case CLOSE_NOW -> "store.closed_now";
                    case OPEN_NOW -> "store.opened_now";
                },
                store.id().toString(),
                store.merchantId(),
                null,
                "{\"until\":" + (closure.until() == null ? "null" : "\"" + closure.until() + "\"") + "}",
                closure.reason());
        events.publishEvent(new ClosureChanged(store.id()));
        return new ClosureOutcome.Started(closure);
    }

    /** Staff of the platform and the system are somebody else. */
    private static boolean mustNotLift(Actor actor, TradingHoursRepository.Stopped stopped) {
        return !actor.isSystem() && stopped.by(actor);
    }

    @Override
    @Transactional
    public EndOutcome end(Actor actor, StoreId id) {
        var store = merchants.store(actor, id);
        access.requireMemberOrStaff(actor, store.merchantId(), Role.CASHIER, Role.SERVICE, Role.ADMIN);
        var now = now();
        var locked = hours.lockedBySecondPerson(id, now);
        if (locked.isPresent() && mustNotLift(actor, locked.get())) {
            return new EndOutcome.SecondPersonNeeded(locked.get().label());
        }
        if (hours.end(id, now, actor) == 0) {
            return new EndOutcome.NothingToEnd();
        }
        audit.record(actor, "store.back_to_plan", id.toString(), store.merchantId(), null, null, null);
        events.publishEvent(new ClosureChanged(id));
        return new EndOutcome.Ended();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Transition> transitions(Actor actor, StoreId id, Instant from, Instant until) {
        return evaluator(actor, id).transitions(from, until);
    }

    @Override
    @Transactional(readOnly = true)
    public HoursEvaluator evaluator(Actor actor, StoreId id) {
        return evaluator(actor, Place.of(merchants.store(actor, id)));
    }

    @Override
    @Transactional(readOnly = true)
    public HoursEvaluator evaluator(Actor actor, HoursScope scope) {
        return evaluator(actor, place(actor, scope));
    }

    @Override
    @Transactional(readOnly = true)
    public Map<StoreId, StoreHours> evaluators(Actor actor, MerchantId merchant) {
        var stores = merchants.storesOf(actor, merchant);
        var ids = stores.stream().map(store -> store.id().value()).toList();
        var now = now();
        var ofMerchants = hours.latest(Level.MERCHANT, List.of(merchant.value()));
        var ofStores = hours.latest(Level.STORE, ids);
        var closures = ids.isEmpty() ? Map.<Long, List<Closure>>of() : hours.closures(ids, now);
        var restrictions = hours.restrictions(Concerned.of(stores), now);
        var usual = new HashMap<String, Optional<IndustryPack>>();
        var evaluators = new LinkedHashMap<StoreId, StoreHours>();
        for (var store : stores) {
            var id = store.id().value();
            if (!ofMerchants.readable(merchant.value())) {
                evaluators.put(store.id(), new StoreHours.Unreadable(new HoursScope.OfMerchant(merchant)));
                continue;
            }
            if (!ofStores.readable(id)) {
                evaluators.put(store.id(), new StoreHours.Unreadable(HoursScope.of(store.id())));
                continue;
            }
            var pack = usual.computeIfAbsent(store.industry(), industry -> packs.at(industry, now));
            evaluators.put(
                    store.id(),
                    new StoreHours.Known(new HoursEvaluator(
                            chain(store, ofStores.get(id), ofMerchants.get(merchant.value()), pack.orElse(null)),
                            calendar,
                            closures.getOrDefault(id, List.of()),
                            concerning(Place.of(store), restrictions))));
        }
        return evaluators;
    }

    @Override
    @Transactional(readOnly = true)
    public Map<TerminalId, HoursEvaluator> differingTerminals(Actor actor, StoreId id) {
        var store = merchants.store(actor, id);
        var list = terminals.list(actor, id);
        var ids = list.stream().map(it -> it.id().value()).toList();
        var now = now();
        var own = hours.latest(Level.TERMINAL, ids);
        var restrictions = hours.restrictions(Concerned.of(List.of(store), list), now);
        var evaluators = new HashMap<TerminalId, HoursEvaluator>();
        HoursEvaluator ofStore = null;
        for (var terminal : list) {
            var document = own.get(terminal.id().value());
            var only = restrictions.stream()
                    .filter(it -> it.concerns(terminal.id(), terminal.model().value()))
                    .toList();
            if (document == null && only.isEmpty()) {
                continue;
            }
            ofStore = ofStore == null ? evaluator(actor, Place.of(store)) : ofStore;
            var all = new ArrayList<>(concerning(Place.of(store), restrictions));
            only.forEach(it -> all.add(it.restriction()));
            evaluators.put(
                    terminal.id(),
                    new HoursEvaluator(
                            document == null ? ofStore.chain() : ofStore.chain().with(Level.TERMINAL, document),
                            calendar,
                            hours.closures(id, now),
                            all));
        }
        return evaluators;
    }

    private HoursEvaluator evaluator(Actor actor, Place place) {
        var now = now();
        var store = place.store();
        return new HoursEvaluator(
                chain(actor, place, now, hours::latest),
                calendar,
                store == null ? List.of() : hours.closures(store.id(), now),
                concerning(place, hours.restrictions(place.concerned(), now)));
    }

    private HoursEvaluator evaluatorOfThen(Actor actor, Place place, Instant then) {
        var store = place.store();
        return new HoursEvaluator(
                chain(actor, place, then, scope -> hours.asOf(scope, then)),
                calendar,
                store == null ? List.of() : hours.closuresAsOf(store.id(), then),
                concerning(place, hours.restrictionsAsOf(place.concerned(), then)));
    }

    private HoursChain chain(
            Actor actor, Place place, Instant at, Function<HoursScope, Optional<HoursVersion>> versions) {
        var zone = place.zone();
        var links = new ArrayList<HoursChain.Link>(3);
        for (var scope : place.levels()) {
            var document = versions.apply(scope).map(HoursVersion::document).orElse(null);
            if (document != null) {
                links.add(new HoursChain.Link(scope.level(), document));
                zone = scope.level() == Level.STORE ? document.zone() : zone;
            }
        }
        return new HoursChain(
                zone,
                links,
                industry(actor, place)
                        .flatMap(industry -> packs.at(industry, at))
                        .orElse(null));
    }

    /** The store's; of a merchant the one that all its stores have. */
    private Optional<String> industry(Actor actor, Place place) {
        if (place.store() != null) {
            return Optional.of(place.store().industry());
        }
        var all = merchants.storesOf(actor, place.merchant()).stream()
                .map(Store::industry)
                .distinct()
                .toList();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    static HoursChain chain(
            Store store, @Nullable HoursDocument own, @Nullable HoursDocument merchant, @Nullable IndustryPack pack) {
        var links = new ArrayList<HoursChain.Link>(2);
        if (own != null) {
            links.add(new HoursChain.Link(Level.STORE, own));
        }
        if (merchant != null) {
            links.add(new HoursChain.Link(Level.MERCHANT, merchant));
        }
        return new HoursChain(own == null ? store.zone() : own.zone(), links, pack);
    }

    private static List<Restriction> concerning(Place place, List<TradingHoursRepository.Scoped> restrictions) {
        return restrictions.stream()
                .filter(place::concernedBy)
                .map(TradingHoursRepository.Scoped::restriction)
                .toList();
    }

    private HoursVersion current(Place place) {
        return hours.latest(place.scope()).orElseGet(() -> notSet(place));
    }

    private static HoursVersion notSet(Place place) {
        return new HoursVersion(place.scope(), 0, HoursDocument.notSet(place.zone()), null, null, null);
    }

    private sealed interface Until {
        record Known(@Nullable Instant at) implements Until {}

        record Refused(ClosureOutcome why) implements Until {}
    }

    private Until until(Actor actor, StartClosure command, Store store, Instant now) {
        return switch (command.end()) {
            case ClosureEnd.After after -> new Until.Known(now.plus(after.duration()));
            case ClosureEnd.At at ->
                at.instant().isAfter(now) && !at.instant().isAfter(now.plus(ClosureEnd.LONGEST))
                        ? new Until.Known(at.instant().truncatedTo(ChronoUnit.MICROS))
                        : new Until.Refused(new ClosureOutcome.EndNotAhead(at.instant()));
            case ClosureEnd.UntilEnded never -> new Until.Known(null);
            case ClosureEnd.NextOpening next -> {
                var chain = chain(actor, Place.of(store), now, hours::latest);
                var plan = new HoursEvaluator(chain, calendar, List.of(), List.of());
                var opening = command.kind() == Closure.Kind.OPEN_NOW
                        ? plan.nextOpening(now)
                        : plan.openingOfNextBusinessDay(now);
                yield opening == null
                        ? new Until.Refused(new ClosureOutcome.NoOpeningAhead())
                        : new Until.Known(opening);
            }
        };
    }

    private static boolean tooLong(@Nullable String reason) {
        return reason != null && reason.length() > LONGEST_REASON;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
