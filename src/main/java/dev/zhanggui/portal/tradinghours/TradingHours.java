package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A store's hours and what follows from them. CASHIER reads, closes and opens now; MANAGER changes hours; staff of SERVICE,
 * REVIEWER, ADMIN and AUDITOR read; the system may everything. Another merchant's store meets
 * {@link dev.zhanggui.portal.shared.NotFoundException}.
 */
public interface TradingHours {

    /** The version that holds now; version 0 with nothing set for a new store. */
    HoursVersion current(Actor actor, StoreId store);

    /** Newest first; at most {@code limit}, which is at most 100. */
    List<HoursVersion> history(Actor actor, StoreId store, int limit);

    /** Whether {@link #change} would be allowed to this person. */
    boolean mayChange(Actor actor, StoreId store);

    /** Writes a new version, its audit entry and {@link HoursChanged} in one transaction. */
    ChangeOutcome change(Actor actor, ChangeHours command);

    /**
     * The answer for a moment. For the past it is what held then: the version and the closures as they were known at that
     * moment, not those of today.
     */
    TradingState stateAt(Actor actor, StoreId store, Instant at);

    /** The closure that holds now. */
    Optional<Closure> closure(Actor actor, StoreId store);

    /** Closes or opens now, instead of any closure that holds, with {@link ClosureChanged} in the same transaction. */
    ClosureOutcome start(Actor actor, StartClosure command);

    /** Ends what was closed or opened now, at once; false when there was nothing to end. */
    boolean end(Actor actor, StoreId store);

    /** What a terminal of the store needs to know for [from, until), as known now. */
    List<Transition> transitions(Actor actor, StoreId store, Instant from, Instant until);

    /** The store's document and closures as known now, ready to answer many questions without the database. */
    HoursEvaluator evaluator(Actor actor, StoreId store);
}
