package dev.zhanggui.portal.readiness;

import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * One version of a store's plan for one trigger.
 *
 * @param version from 1
 * @param changedBy the label of who wrote it
 */
public record ContingencyPlan(
        StoreId store, Trigger trigger, int version, PlanDraft content, Instant changedAt, String changedBy) {

    /** Whether the day of its review has come. */
    public boolean isDue(LocalDate today) {
        return !today.isBefore(content.reviewOn());
    }

    /** As somebody sees it who need not know the numbers of people. */
    public ContingencyPlan masked() {
        return new ContingencyPlan(store, trigger, version, content.masked(), changedAt, changedBy);
    }
}
