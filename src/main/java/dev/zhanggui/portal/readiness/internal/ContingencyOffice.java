package dev.zhanggui.portal.readiness.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.readiness.ContingencyPlan;
import dev.zhanggui.portal.readiness.ContingencyPlans;
import dev.zhanggui.portal.readiness.Drill;
import dev.zhanggui.portal.readiness.DrillOutcome;
import dev.zhanggui.portal.readiness.PlanDraft;
import dev.zhanggui.portal.readiness.PlanOutcome;
import dev.zhanggui.portal.readiness.PlanOutcome.Fault;
import dev.zhanggui.portal.readiness.Trigger;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

@Service
class ContingencyOffice implements ContingencyPlans {

    private static final int HISTORY_MOST = 100;
    private static final int REVIEW_MONTHS = 6;
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final ReadinessRepository readiness;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final Clock clock;

    ContingencyOffice(ReadinessRepository readiness, Merchants merchants, Access access, AuditLog audit, Clock clock) {
        this.readiness = readiness;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Map<Trigger, ContingencyPlan> current(Actor actor, StoreId id) {
        var store = store(actor, id, Role.CASHIER);
        var plans = new EnumMap<Trigger, ContingencyPlan>(Trigger.class);
        for (var trigger : Trigger.values()) {
            readiness.plans(id, trigger, 1).forEach(plan -> plans.put(trigger, asSeenBy(actor, store, plan)));
        }
        return plans;
    }

    @Override
    @Transactional(readOnly = true)
    public List<ContingencyPlan> history(Actor actor, StoreId id, Trigger trigger) {
        var store = store(actor, id, Role.CASHIER);
        return readiness.plans(id, trigger, HISTORY_MOST).stream()
                .map(plan -> asSeenBy(actor, store, plan))
                .toList();
    }

    @Override
    public PlanDraft suggestion(Trigger trigger, Locale locale) {
        var review = LocalDate.ofInstant(clock.instant(), CHINA).plusMonths(REVIEW_MONTHS);
        return new Templates(locale).plan(trigger, review);
    }

    @Override
    @Transactional
    public PlanOutcome save(Actor actor, StoreId id, Trigger trigger, PlanDraft draft, int expectedVersion) {
        var store = store(actor, id, Role.MANAGER);
        var fault = fault(draft, today(store));
        if (fault != null) {
            return new PlanOutcome.Invalid(fault);
        }
        var current = readiness.plans(id, trigger, 1).stream().findFirst();
        if (current.isPresent() && current.get().version() != expectedVersion) {
            return new PlanOutcome.Conflict(current.get(), draft);
        }
        if (current.isPresent() && current.get().content().equals(draft)) {
            return new PlanOutcome.Unchanged(current.get());
        }
        var plan = new ContingencyPlan(id, trigger, expectedVersion + 1, draft, now(), actor.label());
        if (expectedVersion < 0 || current.isEmpty() && expectedVersion != 0) {
            throw new IllegalArgumentException("no such version: " + expectedVersion);
        }
        if (!readiness.add(plan, actor)) {
            return new PlanOutcome.Conflict(readiness.plans(id, trigger, 1).getFirst(), draft);
        }
        audit.record(
                actor,
                "contingency-plan.changed",
                id.toString(),
                store.merchantId(),
                current.map(ContingencyOffice::json).orElse(null),
                json(plan),
                null);
        return new PlanOutcome.Saved(plan);
    }

    private static @Nullable Fault fault(PlanDraft draft, LocalDate today) {
        if (draft.steps().isEmpty()) {
            return Fault.STEPS_MISSING;
        }
        if (draft.steps().size() > PlanDraft.STEPS_MOST) {
            return Fault.STEPS_TOO_MANY;
        }
        if (draft.steps().stream().anyMatch(step -> step.length() > PlanDraft.STEP_MOST)) {
            return Fault.STEP_TOO_LONG;
        }
        if (draft.alternatives().isEmpty()) {
            return Fault.ALTERNATIVES_MISSING;
        }
        if (draft.alternatives().length() > PlanDraft.ALTERNATIVES_MOST) {
            return Fault.ALTERNATIVES_TOO_LONG;
        }
        if (draft.owner().isEmpty()) {
            return Fault.OWNER_MISSING;
        }
        if (draft.owner().length() > PlanDraft.OWNER_MOST) {
            return Fault.OWNER_TOO_LONG;
        }
        if (draft.contacts().size() > PlanDraft.CONTACTS_MOST) {
            return Fault.CONTACTS_TOO_MANY;
        }
        return draft.reviewOn().isBefore(today) ? Fault.REVIEW_PAST : null;
    }

    @Override
    @Transactional
    public DrillOutcome record(
            Actor actor, StoreId id, Trigger trigger, LocalDate heldOn, String participants, String learnt) {
        var store = store(actor, id, Role.CASHIER);
        var who = participants.strip();
        var what = learnt.strip();
        if (heldOn.isAfter(today(store))) {
            return new DrillOutcome.Invalid(DrillOutcome.Fault.DATE);
        }
        if (who.isEmpty() || who.length() > PARTICIPANTS_MOST) {
            return new DrillOutcome.Invalid(DrillOutcome.Fault.PARTICIPANTS);
        }
        if (what.isEmpty() || what.length() > LEARNT_MOST) {
            return new DrillOutcome.Invalid(DrillOutcome.Fault.LEARNT);
        }
        var plan = readiness.plans(id, trigger, 1).stream().findFirst();
        if (plan.isEmpty()) {
            return new DrillOutcome.NoPlan();
        }
        var drill = new Drill(trigger, plan.get().version(), heldOn, who, what, now(), actor.label());
        readiness.add(id, drill, actor);
        audit.record(
                actor,
                "contingency-plan.drilled",
                id.toString(),
                store.merchantId(),
                null,
                JsonMapper.shared()
                        .writeValueAsString(Map.of(
                                "trigger", trigger, "version", drill.planVersion(), "heldOn", heldOn.toString())),
                null);
        return new DrillOutcome.Recorded(drill);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Drill> drills(Actor actor, StoreId id) {
        store(actor, id, Role.CASHIER);
        return readiness.drills(id);
    }

    @Override
    @Transactional(readOnly = true)
    public boolean mayWrite(Actor actor, StoreId id) {
        return isManager(actor, store(actor, id, Role.CASHIER));
    }

    private ContingencyPlan asSeenBy(Actor actor, Store store, ContingencyPlan plan) {
        return isManager(actor, store) ? plan : plan.masked();
    }

    private boolean isManager(Actor actor, Store store) {
        var role = access.memberships(actor).get(store.merchantId());
        return actor.isSystem() || role != null && role.covers(Role.MANAGER);
    }

    private Store store(Actor actor, StoreId id, Role least) {
        var store = merchants.store(actor, id);
        access.requireMember(actor, store.merchantId(), least);
        return store;
    }

    private LocalDate today(Store store) {
        return LocalDate.ofInstant(clock.instant(), store.zone());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Without contacts: the record is read by people who need not know them. */
    private static String json(ContingencyPlan plan) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "trigger",
                        plan.trigger(),
                        "version",
                        plan.version(),
                        "steps",
                        plan.content().steps(),
                        "reviewOn",
                        plan.content().reviewOn().toString()));
    }
}
