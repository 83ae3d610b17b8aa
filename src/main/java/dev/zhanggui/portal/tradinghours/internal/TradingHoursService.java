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
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.ClosureChanged;
import dev.zhanggui.portal.tradinghours.ClosureEnd;
import dev.zhanggui.portal.tradinghours.ClosureOutcome;
import dev.zhanggui.portal.tradinghours.EndOutcome;
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
            @Nullable StoreId store) {

        /** Where what this place says may hold. */
        List<StoreId> stores(Actor actor, Merchants merchants) {
            return store != null
                    ? List.of(store)
                    : merchants.storesOf(actor, merchant).stream()
                            .map(Store::id)
                            .toList();
        }
    }

    private Place place(Actor actor, HoursScope scope) {
        return switch (scope) {
            case HoursScope.OfMerchant(var merchant) ->
                new Place(scope, merchants.merchant(actor, merchant).id(), CHINA, null);
            case HoursScope.OfStore(var id) -> {
                var store = merchants.store(actor, id);
                yield new Place(scope, store.merchantId(), store.zone(), store.id());
            }
            case HoursScope.OfTerminal(var id) -> {
                var boundTo = terminals.terminal(actor, id).storeId();
                if (boundTo == null) {
                    throw new NotFoundException(id.toString());
                }
                var store = merchants.store(actor, boundTo);
                yield new Place(scope, store.merchantId(), store.zone(), store.id());
            }
        };
    }

    @Override
    @Transactional(readOnly = true)
    public TradingState stateAt(Actor actor, StoreId id, Instant at) {
        var store = merchants.store(actor, id);
        return (at.isBefore(now()) ? evaluatorOfThen(store, at) : evaluator(store)).stateAt(at);
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
        return switch (until(command, store, now)) {
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
        return evaluator(merchants.store(actor, id));
    }

    @Override
    @Transactional(readOnly = true)
    public Map<StoreId, HoursEvaluator> evaluators(Actor actor, MerchantId merchant) {
        var stores = merchants.storesOf(actor, merchant);
        var ids = stores.stream().map(store -> store.id().value()).toList();
        var now = now();
        var ofMerchant = hours.latest(Level.MERCHANT, List.of(merchant.value())).get(merchant.value());
        var ofStores = hours.latest(Level.STORE, ids);
        var closures = ids.isEmpty() ? Map.<Long, List<Closure>>of() : hours.closures(ids, now);
        var restrictions = hours.restrictions(Concerned.of(stores), now);
        var usual = new HashMap<String, Optional<IndustryPack>>();
        var evaluators = new LinkedHashMap<StoreId, HoursEvaluator>();
        for (var store : stores) {
            var id = store.id().value();
            var pack = usual.computeIfAbsent(store.industry(), industry -> packs.at(industry, now));
            evaluators.put(
                    store.id(),
                    new HoursEvaluator(
                            chain(store, ofStores.get(id), ofMerchant, pack.orElse(null)),
                            calendar,
                            closures.getOrDefault(id, List.of()),
                            concerning(store, restrictions)));
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
            ofStore = ofStore == null ? evaluator(store) : ofStore;
            var all = new ArrayList<>(concerning(store, restrictions));
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

    private HoursEvaluator evaluator(Store store) {
        var now = now();
        return new HoursEvaluator(
                chain(store, now),
                calendar,
                hours.closures(store.id(), now),
                concerning(store, hours.restrictions(Concerned.of(List.of(store)), now)));
    }

    private HoursChain chain(Store store, Instant now) {
        var merchant = store.merchantId().value();
        return chain(
                store,
                hours.latest(HoursScope.of(store.id()))
                        .map(HoursVersion::document)
                        .orElse(null),
                hours.latest(Level.MERCHANT, List.of(merchant)).get(merchant),
                packs.at(store.industry(), now).orElse(null));
    }

    private HoursEvaluator evaluatorOfThen(Store store, Instant then) {
        return new HoursEvaluator(
                chain(
                        store,
                        hours.asOf(HoursScope.of(store.id()), then)
                                .map(HoursVersion::document)
                                .orElse(null),
                        hours.asOf(new HoursScope.OfMerchant(store.merchantId()), then)
                                .map(HoursVersion::document)
                                .orElse(null),
                        packs.at(store.industry(), then).orElse(null)),
                calendar,
                hours.closuresAsOf(store.id(), then),
                concerning(store, hours.restrictionsAsOf(Concerned.of(List.of(store)), then)));
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

    private static List<Restriction> concerning(Store store, List<TradingHoursRepository.Scoped> restrictions) {
        return restrictions.stream()
                .filter(it -> it.concerns(store))
                .map(TradingHoursRepository.Scoped::restriction)
                .toList();
    }

    private HoursVersion current(Place place) {
        return hours.latest(place.scope())
                .orElseGet(
                        () -> new HoursVersion(place.scope(), 0, HoursDocument.notSet(place.zone()), null, null, null));
    }

    private sealed interface Until {
        record Known(@Nullable Instant at) implements Until {}

        record Refused(ClosureOutcome why) implements Until {}
    }

    private Until until(StartClosure command, Store store, Instant now) {
        return switch (command.end()) {
            case ClosureEnd.After after -> new Until.Known(now.plus(after.duration()));
            case ClosureEnd.At at ->
                at.instant().isAfter(now) && !at.instant().isAfter(now.plus(ClosureEnd.LONGEST))
                        ? new Until.Known(at.instant().truncatedTo(ChronoUnit.MICROS))
                        : new Until.Refused(new ClosureOutcome.EndNotAhead(at.instant()));
            case ClosureEnd.UntilEnded never -> new Until.Known(null);
            case ClosureEnd.NextOpening next -> {
                var plan = new HoursEvaluator(chain(store, now), calendar, List.of(), List.of());
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
