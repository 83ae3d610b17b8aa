package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.ClosureChanged;
import dev.zhanggui.portal.tradinghours.ClosureEnd;
import dev.zhanggui.portal.tradinghours.ClosureOutcome;
import dev.zhanggui.portal.tradinghours.HoursChanged;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursDocument.Parsed;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import dev.zhanggui.portal.tradinghours.StartClosure;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.TradingState;
import dev.zhanggui.portal.tradinghours.Transition;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class TradingHoursService implements TradingHours {

    private static final int MOST_VERSIONS = 100;
    private static final int LONGEST_REASON = 200;

    private final TradingHoursRepository hours;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final WorkCalendar calendar;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TradingHoursService(
            TradingHoursRepository hours,
            Merchants merchants,
            Access access,
            AuditLog audit,
            WorkCalendar calendar,
            ApplicationEventPublisher events,
            Clock clock) {
        this.hours = hours;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.calendar = calendar;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public HoursVersion current(Actor actor, StoreId id) {
        return current(merchants.store(actor, id));
    }

    @Override
    @Transactional(readOnly = true)
    public List<HoursVersion> history(Actor actor, StoreId id, int limit) {
        merchants.store(actor, id);
        return hours.versions(id, Math.clamp(limit, 1, MOST_VERSIONS));
    }

    @Override
    @Transactional(readOnly = true)
    public boolean mayChange(Actor actor, StoreId id) {
        var membership =
                access.memberships(actor).get(merchants.store(actor, id).merchantId());
        return actor.isSystem() || membership != null && membership.covers(Role.MANAGER);
    }

    @Override
    @Transactional
    public ChangeOutcome change(Actor actor, ChangeHours command) {
        var store = merchants.store(actor, command.store());
        access.requireMember(actor, store.merchantId(), Role.MANAGER);
        // What is written must be readable again: limits are the parser's.
        if (HoursDocument.parse(command.document().json()) instanceof Parsed.Invalid invalid) {
            return new ChangeOutcome.Invalid(invalid.errors());
        }
        if (tooLong(command.reason())) {
            return new ChangeOutcome.Invalid(List.of(new HoursError("reason", HoursError.Kind.TOO_LONG, "")));
        }
        var current = current(store);
        if (current.version() != command.expectedVersion()) {
            return new ChangeOutcome.Conflict(current, command.document());
        }
        if (current.version() > 0 && current.document().equals(command.document())) {
            return new ChangeOutcome.Unchanged(current);
        }
        var now = now();
        var next = new HoursVersion(
                store.id(), current.version() + 1, command.document(), now, actor.label(), command.reason());
        if (!hours.add(next, now, actor)) {
            return new ChangeOutcome.Conflict(current(store), command.document());
        }
        audit.record(
                actor,
                "hours.changed",
                store.id().toString(),
                store.merchantId(),
                current.version() == 0 ? null : current.document().json(),
                next.document().json(),
                command.reason());
        events.publishEvent(new HoursChanged(store.id()));
        return new ChangeOutcome.Changed(next);
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
        return switch (until(command, store, now)) {
            case Until.Refused refused -> refused.why();
            case Until.Known known ->
                start(actor, store, new Closure(command.kind(), now, known.at(), command.reason()));
        };
    }

    private ClosureOutcome start(Actor actor, Store store, Closure closure) {
        hours.end(store.id(), closure.from(), actor);
        hours.start(store.id(), closure, actor);
        audit.record(
                actor,
                closure.kind() == Closure.Kind.CLOSE_NOW ? "store.closed_now" : "store.opened_now",
                store.id().toString(),
                store.merchantId(),
                null,
                "{\"until\":" + (closure.until() == null ? "null" : "\"" + closure.until() + "\"") + "}",
                closure.reason());
        events.publishEvent(new ClosureChanged(store.id()));
        return new ClosureOutcome.Started(closure);
    }

    @Override
    @Transactional
    public boolean end(Actor actor, StoreId id) {
        var store = merchants.store(actor, id);
        access.requireMember(actor, store.merchantId(), Role.CASHIER);
        if (hours.end(id, now(), actor) == 0) {
            return false;
        }
        audit.record(actor, "store.back_to_plan", id.toString(), store.merchantId(), null, null, null);
        events.publishEvent(new ClosureChanged(id));
        return true;
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

    private HoursEvaluator evaluator(Store store) {
        return new HoursEvaluator(current(store).document(), calendar, hours.closures(store.id(), now()));
    }

    private HoursEvaluator evaluatorOfThen(Store store, Instant then) {
        var document = hours.asOf(store.id(), then)
                .map(HoursVersion::document)
                .orElseGet(() -> HoursDocument.notSet(store.zone()));
        return new HoursEvaluator(document, calendar, hours.closuresAsOf(store.id(), then));
    }

    private HoursVersion current(Store store) {
        return hours.latest(store.id())
                .orElseGet(() -> new HoursVersion(store.id(), 0, HoursDocument.notSet(store.zone()), null, null, null));
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
                var plan = new HoursEvaluator(current(store).document(), calendar, List.of());
                var opening = command.kind() == Closure.Kind.CLOSE_NOW
                        ? plan.openingOfNextBusinessDay(now)
                        : plan.nextOpening(now);
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
