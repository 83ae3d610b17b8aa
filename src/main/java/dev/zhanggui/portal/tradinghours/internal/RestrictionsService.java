package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Regions;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Impact;
import dev.zhanggui.portal.tradinghours.Interval;
import dev.zhanggui.portal.tradinghours.MaintenancePlanner;
import dev.zhanggui.portal.tradinghours.PlannedRestriction;
import dev.zhanggui.portal.tradinghours.PlannedRestriction.Band;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.Restriction.Kind;
import dev.zhanggui.portal.tradinghours.RestrictionChanged;
import dev.zhanggui.portal.tradinghours.RestrictionId;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome.Fault;
import dev.zhanggui.portal.tradinghours.RestrictionScope;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

@Service
class RestrictionsService implements Restrictions {

    private static final Role[] READERS = {Role.SERVICE, Role.REVIEWER, Role.ADMIN, Role.AUDITOR};
    private static final Role[] OPERATORS = {Role.SERVICE, Role.ADMIN};
    private static final Role[] LOCKERS = {Role.REVIEWER, Role.ADMIN};
    private static final Actor SELF = Actor.system("restrictions");
    private static final int MOST_LISTED = 100;
    private static final int MOST_FOUND = 20;
    private static final int LONGEST_LABEL = 200;
    private static final int PROPOSALS = 3;
    private static final int STORES_AT_ONCE = 200;
    /** How far ahead open time is looked for when a restriction has no end. */
    private static final Duration LOOK_AHEAD = Duration.ofDays(7);

    private final RestrictionRepository restrictions;
    private final TradingHoursRepository hours;
    private final OwnHours ownHours;
    private final ConcernedStores concerned;
    private final Merchants merchants;
    private final Terminals terminals;
    private final Catalogue catalogue;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Duration guard;
    private final int examineMost;

    RestrictionsService(
            RestrictionRepository restrictions,
            TradingHoursRepository hours,
            OwnHours ownHours,
            ConcernedStores concerned,
            Merchants merchants,
            Terminals terminals,
            Catalogue catalogue,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${zhanggui.maintenance.guard:30m}") Duration guard,
            @Value("${zhanggui.maintenance.examine-most:2000}") int examineMost) {
        this.restrictions = restrictions;
        this.hours = hours;
        this.ownHours = ownHours;
        this.concerned = concerned;
        this.merchants = merchants;
        this.terminals = terminals;
        this.catalogue = catalogue;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
        this.guard = guard;
        this.examineMost = examineMost;
    }

    @Override
    public RestrictionOutcome plan(Actor actor, Plan plan) {
        requirePlanner(actor, plan.kind());
        var now = now();
        var from = plan.from() == null ? now : plan.from().truncatedTo(ChronoUnit.MICROS);
        var until = micros(plan.until());
        var fault = fault(plan.kind(), from, until, plan.reason(), plan.why(), now);
        if (fault == null && from.isBefore(now)) {
            fault = Fault.IN_THE_PAST;
        }
        if (fault != null) {
            return new RestrictionOutcome.Refused(fault);
        }
        var label = label(plan.target());
        if (label.isEmpty()) {
            return new RestrictionOutcome.Refused(Fault.TARGET_UNKNOWN);
        }
        var taken = takesOpenTime(plan.kind(), plan.target(), from, until, plan.why());
        if (taken.isPresent()) {
            return taken.get();
        }
        var planned = new PlannedRestriction(
                new RestrictionId(Ids.next()),
                plan.target(),
                shortened(label.get()),
                new Restriction(plan.kind(), from, until, blankToNull(plan.reason())),
                now,
                actor.label(),
                null,
                null,
                0);
        return inTransaction(() -> {
            restrictions.add(planned, actor);
            record(actor, "restriction.planned", null, planned, plan.why());
            return new RestrictionOutcome.Done(planned);
        });
    }

    @Override
    public RestrictionOutcome change(Actor actor, Change change) {
        var before = found(actor, change.id());
        var kind = before.restriction().kind();
        requirePlanner(actor, kind);
        var now = now();
        if (before.version() != change.version()) {
            return new RestrictionOutcome.ChangedMeanwhile(before);
        }
        if (before.band(now) == Band.PAST) {
            return new RestrictionOutcome.Refused(Fault.OVER);
        }
        var from = change.from().truncatedTo(ChronoUnit.MICROS);
        var until = micros(change.until());
        var fault = fault(kind, from, until, change.reason(), change.why(), now);
        boolean moved = !from.equals(before.restriction().from());
        if (fault == null && moved) {
            fault = before.band(now) == Band.NOW ? Fault.BEGUN : from.isBefore(now) ? Fault.IN_THE_PAST : null;
        }
        if (fault != null) {
            return new RestrictionOutcome.Refused(fault);
        }
        var over = before.restriction().until();
        if (moved || until == null || over != null && until.isAfter(over)) {
            var taken = takesOpenTime(kind, before.target(), moved ? from : later(from, now), until, change.why());
            if (taken.isPresent()) {
                return taken.get();
            }
        }
        var to = new Restriction(kind, from, until, blankToNull(change.reason()));
        return inTransaction(() -> {
            if (!restrictions.change(change.id(), change.version(), to)) {
                return new RestrictionOutcome.ChangedMeanwhile(
                        restrictions.find(change.id()).orElseThrow());
            }
            var after = restrictions.find(change.id()).orElseThrow();
            record(actor, "restriction.changed", before, after, change.why());
            return new RestrictionOutcome.Done(after);
        });
    }

    @Override
    public RestrictionOutcome end(Actor actor, RestrictionId id, @Nullable String why) {
        var before = found(actor, id);
        requirePlanner(actor, before.restriction().kind());
        var fault = whyFault(before.restriction().kind(), why);
        if (fault == null && before.band(now()) == Band.PAST) {
            fault = Fault.OVER;
        }
        if (fault != null) {
            return new RestrictionOutcome.Refused(fault);
        }
        return inTransaction(() -> {
            if (!restrictions.end(id, now(), actor)) {
                return new RestrictionOutcome.Refused(Fault.OVER);
            }
            var after = restrictions.find(id).orElseThrow();
            record(actor, "restriction.ended", before, after, why);
            return new RestrictionOutcome.Done(after);
        });
    }

    private RestrictionOutcome inTransaction(Supplier<RestrictionOutcome> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private void record(
            Actor actor,
            String action,
            @Nullable PlannedRestriction before,
            PlannedRestriction after,
            @Nullable String why) {
        audit.record(
                actor,
                action,
                after.id().toString(),
                null,
                before == null ? null : json(before),
                json(after),
                blankToNull(why));
        events.publishEvent(
                new RestrictionChanged(after.target(), after.restriction().kind()));
    }

    private static String json(PlannedRestriction planned) {
        var restriction = planned.restriction();
        return "{\"kind\":\"%s\",\"scope\":\"%s\",\"value\":\"%s\",\"from\":\"%s\",\"until\":%s,\"ended\":%s}"
                .formatted(
                        restriction.kind(),
                        planned.target().scope(),
                        planned.target().value(),
                        restriction.from(),
                        quoted(restriction.until()),
                        quoted(planned.endedAt()));
    }

    private static String quoted(@Nullable Instant at) {
        return at == null ? "null" : "\"" + at + "\"";
    }

    private @Nullable Fault fault(
            Kind kind,
            Instant from,
            @Nullable Instant until,
            @Nullable String reason,
            @Nullable String why,
            Instant now) {
        if (reason != null && reason.strip().length() > LONGEST_REASON) {
            return Fault.REASON_TOO_LONG;
        }
        if (kind == Kind.MAINTENANCE && until == null) {
            return Fault.END_MISSING;
        }
        if (until != null && !until.isAfter(from)) {
            return Fault.END_NOT_AFTER_START;
        }
        if (until != null && !until.isAfter(now)) {
            return Fault.IN_THE_PAST;
        }
        if (from.isAfter(now.plus(Duration.ofDays(FURTHEST_DAYS)))) {
            return Fault.TOO_FAR;
        }
        if (kind == Kind.MAINTENANCE
                && until != null
                && Duration.between(from, until).compareTo(Duration.ofDays(LONGEST_MAINTENANCE_DAYS)) > 0) {
            return Fault.TOO_LONG;
        }
        return whyFault(kind, why);
    }

    private static @Nullable Fault whyFault(Kind kind, @Nullable String why) {
        var said = blankToNull(why);
        if (said == null) {
            return isLock(kind) ? Fault.WHY_MISSING : null;
        }
        return said.length() > LONGEST_REASON ? Fault.WHY_TOO_LONG : null;
    }

    /** Present when maintenance would take open time and nobody said why it must. */
    private Optional<RestrictionOutcome> takesOpenTime(
            Kind kind, RestrictionTarget target, Instant from, @Nullable Instant until, @Nullable String why) {
        if (kind != Kind.MAINTENANCE || until == null || blankToNull(why) != null) {
            return Optional.empty();
        }
        var impact = impact(known(target, from, until.plus(guard)), new Interval(from, until));
        return impact.conflicting() == 0 ? Optional.empty() : Optional.of(new RestrictionOutcome.TakesOpenTime(impact));
    }

    @Override
    @Transactional(readOnly = true)
    public PlannedRestriction restriction(Actor actor, RestrictionId id) {
        return found(actor, id);
    }

    private PlannedRestriction found(Actor actor, RestrictionId id) {
        access.requireStaff(actor, READERS);
        return restrictions.find(id).orElseThrow(() -> new NotFoundException(id.toString()));
    }

    @Override
    @Transactional(readOnly = true)
    public Page list(Actor actor, Filter filter, @Nullable After after, int limit) {
        access.requireStaff(actor, READERS);
        int most = Math.clamp(limit, 1, MOST_LISTED);
        var rows = restrictions.list(filter, now(), after, most + 1);
        if (rows.size() <= most) {
            return new Page(rows, null);
        }
        var items = rows.subList(0, most);
        var last = items.getLast();
        return new Page(items, new After(last.restriction().from(), last.id().value()));
    }

    @Override
    @Transactional(readOnly = true)
    public List<OfStore> ofStore(Actor actor, StoreId id, Instant until) {
        var store = merchants.store(actor, id);
        var seats = terminals.list(actor, id);
        var now = now();
        var own = ownHours.of(List.of(store), now).get(id);
        var concerning = new ArrayList<OfStore>();
        for (var scoped : hours.restrictions(TradingHoursRepository.Concerned.of(List.of(store), seats), now)) {
            var restriction = scoped.restriction();
            var names = scoped.concerns(store) ? List.<String>of() : seatsOf(scoped, seats);
            if (restriction.from().isBefore(until) && (scoped.concerns(store) || !names.isEmpty())) {
                concerning.add(new OfStore(restriction, names, lost(restriction, own, now)));
            }
        }
        return concerning;
    }

    private static List<String> seatsOf(TradingHoursRepository.Scoped scoped, List<Terminal> seats) {
        return seats.stream()
                .filter(it -> scoped.concerns(it.id(), it.model().value()))
                .map(it -> it.seat() == null ? it.serial().tail() : it.seat())
                .toList();
    }

    /** @param own null where it cannot be known */
    private static Duration lost(Restriction restriction, @Nullable HoursEvaluator own, Instant now) {
        if (own == null || !restriction.kind().closes()) {
            return Duration.ZERO;
        }
        var from = later(restriction.from(), now);
        var until = restriction.until() == null ? from.plus(LOOK_AHEAD) : restriction.until();
        return own.openIntervals(from, until).stream()
                .map(it -> Duration.between(it.start(), it.end()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    @Transactional(readOnly = true)
    public List<NamedTarget> search(Actor actor, RestrictionScope scope, String text) {
        access.requireStaff(actor, READERS);
        var wanted = text.strip();
        return switch (scope) {
            case ALL -> List.of(new NamedTarget(RestrictionTarget.ALL, ""));
            case REGION ->
                Regions.search(wanted, MOST_FOUND).stream()
                        .map(it -> RestrictionTarget.region(Regions.digits(it.code())))
                        .map(it -> new NamedTarget(it, region(it.value())))
                        .toList();
            case MERCHANT ->
                wanted.isEmpty()
                        ? List.of()
                        : merchants.search(actor, wanted).stream()
                                .limit(MOST_FOUND)
                                .map(it -> new NamedTarget(RestrictionTarget.of(it.id()), it.name()))
                                .toList();
            case STORE ->
                merchants.searchStores(actor, wanted).stream()
                        .limit(MOST_FOUND)
                        .map(it -> new NamedTarget(RestrictionTarget.of(it.id()), name(it)))
                        .toList();
            case MODEL ->
                catalogue.models().stream()
                        .filter(it -> it.id().value().startsWith(wanted.toLowerCase(Locale.ROOT))
                                || it.name().zh().contains(wanted)
                                || it.name().en().toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT)))
                        .limit(MOST_FOUND)
                        .map(it -> new NamedTarget(
                                RestrictionTarget.of(it.id()), it.name().zh()))
                        .toList();
            case TERMINAL ->
                Serial.check(wanted) instanceof Checked.Valid<Serial>(var serial)
                        ? terminals.bySerial(actor, serial).stream()
                                .map(it -> new NamedTarget(RestrictionTarget.of(it.id()), serial.value()))
                                .toList()
                        : List.of();
        };
    }

    /** Empty when there is no such thing. */
    private Optional<String> label(RestrictionTarget target) {
        try {
            return Optional.of(
                    switch (target.scope()) {
                        case ALL -> "";
                        case REGION -> region(target.value());
                        case MERCHANT ->
                            merchants
                                    .merchant(SELF, new MerchantId(target.id()))
                                    .name();
                        case STORE -> name(merchants.store(SELF, new StoreId(target.id())));
                        case MODEL ->
                            catalogue.model(new ModelId(target.value())).name().zh();
                        case TERMINAL ->
                            terminals
                                    .terminal(SELF, new TerminalId(target.id()))
                                    .serial()
                                    .value();
                    });
        } catch (NotFoundException unknown) {
            return Optional.empty();
        }
    }

    /** 湖南省长沙市, or the digits of a region that the table does not have. */
    private static String region(String digits) {
        return Regions.fullName((digits + "0000").substring(0, 6)).orElse(digits);
    }

    /** 巷口牛肉面 · 解放路店, and once where the two are the same. */
    private static String name(Store store) {
        return store.name().startsWith(store.merchantName())
                ? store.name()
                : store.merchantName() + " · " + store.name();
    }

    private static String shortened(String label) {
        return label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL) : label;
    }

    @Override
    @Transactional(readOnly = true)
    public int stores(Actor actor, RestrictionTarget target) {
        access.requireStaff(actor, READERS);
        return concerned.count(target);
    }

    @Override
    @Transactional(readOnly = true)
    public Proposals proposals(Actor actor, RestrictionTarget target, Wish wish) {
        requirePlanner(actor, Kind.MAINTENANCE);
        var fault = fault(wish);
        if (fault != null) {
            return new Proposals.Refused(fault);
        }
        var asked = new MaintenancePlanner.Wish(wish.duration(), later(wish.earliest(), now()), wish.latest(), guard);
        var known = known(target, asked.earliest(), asked.lookUntil());
        if (known.open().isEmpty()) {
            return new Proposals.Found(List.of(), guard);
        }
        return new Proposals.Found(
                MaintenancePlanner.propose(
                                asked,
                                known.open().values().stream()
                                        .map(Known.Open::open)
                                        .toList(),
                                PROPOSALS)
                        .stream()
                        .map(it -> new Offer(it.window(), impact(known, it.window())))
                        .toList(),
                guard);
    }

    private @Nullable Fault fault(Wish wish) {
        var now = now();
        if (!wish.duration().isPositive()) {
            return Fault.END_NOT_AFTER_START;
        }
        if (wish.duration().compareTo(Duration.ofDays(LONGEST_MAINTENANCE_DAYS)) > 0
                || Duration.between(wish.earliest(), wish.latest()).compareTo(Duration.ofDays(WIDEST_RANGE_DAYS)) > 0) {
            return Fault.TOO_LONG;
        }
        if (wish.latest().isBefore(now)) {
            return Fault.IN_THE_PAST;
        }
        if (later(wish.earliest(), now).plus(wish.duration()).isAfter(wish.latest())) {
            return Fault.END_NOT_AFTER_START;
        }
        return wish.earliest().isAfter(now.plus(Duration.ofDays(FURTHEST_DAYS))) ? Fault.TOO_FAR : null;
    }

    @Override
    @Transactional(readOnly = true)
    public Impact impact(Actor actor, RestrictionTarget target, Interval window) {
        requirePlanner(actor, Kind.MAINTENANCE);
        return impact(known(target, window.start(), window.end().plus(guard)), window);
    }

    /**
     * What is known of the stores' own open time.
     *
     * @param open of those that set hours
     */
    private record Known(int stores, int examined, Map<StoreId, Open> open) {
        record Open(String name, List<Interval> open) {}
    }

    /** Of as many stores as are examined, a helping at a time. */
    private Known known(RestrictionTarget target, Instant from, Instant until) {
        var open = new LinkedHashMap<StoreId, Known.Open>();
        int examined = 0;
        var after = new StoreId(0);
        var now = now();
        for (List<Store> helping = List.of(); examined < examineMost; ) {
            int wanted = Math.min(STORES_AT_ONCE, examineMost - examined);
            helping = concerned.after(target, after, wanted);
            var evaluators = ownHours.of(helping, now);
            for (var store : helping) {
                var evaluator = evaluators.get(store.id());
                if (evaluator == null) {
                    continue;
                }
                var intervals = evaluator.openIntervals(from, until);
                if (!intervals.isEmpty() || evaluator.planOn(LocalDate.ofInstant(from, evaluator.zone())) != null) {
                    open.put(store.id(), new Known.Open(name(store), intervals));
                }
            }
            examined += helping.size();
            if (helping.size() < wanted) {
                return new Known(examined, examined, open);
            }
            after = helping.getLast().id();
        }
        return new Known(Math.max(concerned.count(target), examined), examined, open);
    }

    private Impact impact(Known known, Interval window) {
        var conflicts = new ArrayList<Impact.Conflict>();
        known.open()
                .forEach((store, it) -> MaintenancePlanner.touch(window, it.open(), guard)
                        .ifPresent(touch -> conflicts.add(
                                new Impact.Conflict(store, it.name(), touch.lost(), touch.when(), touch.opening()))));
        conflicts.sort(Comparator.comparing(Impact.Conflict::lost)
                .reversed()
                .thenComparing(it -> it.store().value()));
        return new Impact(
                known.stores(),
                known.examined(),
                known.examined() - known.open().size(),
                conflicts.size(),
                List.copyOf(conflicts.subList(0, Math.min(Impact.MOST_SHOWN, conflicts.size()))));
    }

    @Override
    public boolean mayPlan(Actor actor, Kind kind) {
        if (actor.isSystem()) {
            return true;
        }
        for (var role : planners(kind)) {
            if (actor.has(role)) {
                return true;
            }
        }
        return false;
    }

    private void requirePlanner(Actor actor, Kind kind) {
        access.requireStaff(actor, planners(kind));
    }

    private static Role[] planners(Kind kind) {
        return isLock(kind) ? LOCKERS : OPERATORS;
    }

    private static boolean isLock(Kind kind) {
        return switch (kind) {
            case LEGAL_LOCK, ACQUIRER_LOCK -> true;
            case FAULT, MAINTENANCE, NETWORK_TROUBLE -> false;
        };
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static @Nullable Instant micros(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
