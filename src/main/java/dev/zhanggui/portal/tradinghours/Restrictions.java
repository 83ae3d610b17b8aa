package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maintenance, faults, network trouble and locks. SERVICE and ADMIN keep the first three, REVIEWER and ADMIN the locks; SERVICE,
 * REVIEWER, ADMIN and AUDITOR read all; members of a merchant read what concerns their stores. Nobody else:
 * {@link dev.zhanggui.portal.shared.NotAllowedException}. The system may everything.
 */
public interface Restrictions {

    /** Characters of the reason that customers read, and of the reason kept in the audit record. */
    int LONGEST_REASON = 200;

    int FURTHEST_DAYS = 366;
    int LONGEST_MAINTENANCE_DAYS = 7;

    /** How far apart earliest and latest of a {@link Wish} may be. */
    int WIDEST_RANGE_DAYS = 31;

    /** Writes it, its audit entry and {@link RestrictionChanged} in one transaction. */
    RestrictionOutcome plan(Actor actor, Plan plan);

    /** As {@link #plan}; kind and target stay. */
    RestrictionOutcome change(Actor actor, Change change);

    /**
     * Ends what holds, cancels what is only planned; from now on everything it kept closed follows its own hours again.
     *
     * @param why kept in the audit record; needed for locks
     */
    RestrictionOutcome end(Actor actor, RestrictionId id, @Nullable String why);

    /** {@link dev.zhanggui.portal.shared.NotFoundException} when there is none. */
    PlannedRestriction restriction(Actor actor, RestrictionId id);

    /** What holds: the latest first; planned: the next first; past: the latest first. At most 100 a page. */
    Page list(Actor actor, Filter filter, @Nullable After after, int limit);

    /** What holds or is planned to begin before {@code until} for the store or one of its terminals, by its start. */
    List<OfStore> ofStore(Actor actor, StoreId store, Instant until);

    /** Things whose name or number begins with the text, of regions also those whose name contains it; at most 20. */
    List<NamedTarget> search(Actor actor, RestrictionScope scope, String text);

    /** How many stores the target concerns now. */
    int stores(Actor actor, RestrictionTarget target);

    /** Windows in as much closed time as there is, best first; at most three. */
    Proposals proposals(Actor actor, RestrictionTarget target, Wish wish);

    /** What the window takes from the stores; for whoever may plan maintenance. */
    Impact impact(Actor actor, RestrictionTarget target, Interval window);

    /** Whether {@link #plan} of this kind is allowed to this person. */
    boolean mayPlan(Actor actor, Restriction.Kind kind);

    /**
     * @param from null for now
     * @param until null for until someone ends it
     * @param reason shown to customers instead of the kind's own words; null for these
     * @param why kept in the audit record: on what a lock is grounded, or why maintenance must take open time
     */
    record Plan(
            Restriction.Kind kind,
            RestrictionTarget target,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable String reason,
            @Nullable String why) {}

    /** Everything as in {@link Plan}, and the version that was read. */
    record Change(
            RestrictionId id,
            int version,
            Instant from,
            @Nullable Instant until,
            @Nullable String reason,
            @Nullable String why) {}

    /** @param kind null for all kinds */
    record Filter(PlannedRestriction.Band band, Restriction.@Nullable Kind kind) {}

    /** The last one of the page before. */
    record After(Instant from, long id) {}

    /** @param next where the next page begins; null when this is the last */
    record Page(List<PlannedRestriction> items, @Nullable After next) {}

    record NamedTarget(RestrictionTarget target, String label) {}

    /**
     * @param seats of the terminals it concerns; empty when it concerns the whole store
     * @param lost the open time it takes from now on, by the store's own hours; zero when it only warns
     */
    record OfStore(Restriction restriction, List<String> seats, Duration lost) {}

    /** When a window of the duration may lie: not before {@code earliest}, over by {@code latest}. */
    record Wish(Duration duration, Instant earliest, Instant latest) {}

    record Offer(Interval window, Impact impact) {}

    sealed interface Proposals {

        /**
         * @param offers best first; empty when no hours are known to plan by
         * @param guard kept between a window and the next opening
         */
        record Found(List<Offer> offers, Duration guard) implements Proposals {}

        record Refused(RestrictionOutcome.Fault fault) implements Proposals {}
    }
}
