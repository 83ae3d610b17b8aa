package dev.zhanggui.portal.readiness;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.StoreId;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a store does when something fails. CASHIER reads, with the numbers of people masked, and records drills; MANAGER writes.
 * Another merchant's store meets {@link dev.zhanggui.portal.shared.NotFoundException}, too low a role
 * {@link dev.zhanggui.portal.shared.NotAllowedException}.
 */
public interface ContingencyPlans {

    int PARTICIPANTS_MOST = 200;
    int LEARNT_MOST = 1_000;

    /** The plans that hold; a trigger without one is missing. */
    Map<Trigger, ContingencyPlan> current(Actor actor, StoreId store);

    /** Newest first; at most 100. */
    List<ContingencyPlan> history(Actor actor, StoreId store, Trigger trigger);

    /** A plan to begin with, in plain words; nothing is written. Its review is half a year ahead. */
    PlanDraft suggestion(Trigger trigger, Locale locale);

    /** @param expectedVersion the version that the writer saw; 0 when there was none */
    PlanOutcome save(Actor actor, StoreId store, Trigger trigger, PlanDraft draft, int expectedVersion);

    DrillOutcome record(
            Actor actor, StoreId store, Trigger trigger, LocalDate heldOn, String participants, String learnt);

    /** Newest first; at most 100. */
    List<Drill> drills(Actor actor, StoreId store);

    /** Whether {@link #save} would be allowed to this person. */
    boolean mayWrite(Actor actor, StoreId store);
}
