package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hours of merchants, stores and terminals, and what follows from them. CASHIER reads, closes and opens now; MANAGER changes
 * hours; staff of SERVICE, REVIEWER, ADMIN and AUDITOR read; the system may everything. What belongs to another merchant meets
 * {@link dev.zhanggui.portal.shared.NotFoundException}.
 */
public interface TradingHours {

    /** The version that holds now; version 0 with nothing said while nobody said anything. */
    HoursVersion current(Actor actor, HoursScope scope);

    default HoursVersion current(Actor actor, StoreId store) {
        return current(actor, HoursScope.of(store));
    }

    /** Newest first; at most {@code limit}, which is at most 100. */
    List<HoursVersion> history(Actor actor, HoursScope scope, int limit);

    default List<HoursVersion> history(Actor actor, StoreId store, int limit) {
        return history(actor, HoursScope.of(store), limit);
    }

    /** Whether {@link #change} would be allowed to this person. */
    boolean mayChange(Actor actor, HoursScope scope);

    default boolean mayChange(Actor actor, StoreId store) {
        return mayChange(actor, HoursScope.of(store));
    }

    /** Writes a new version, its audit entry and {@link HoursChanged} in one transaction. */
    ChangeOutcome change(Actor actor, ChangeHours command);

    /**
     * The answer for a moment. For the past it is what held then: the versions, closures and restrictions as they were known at
     * that moment, not those of today.
     */
    TradingState stateAt(Actor actor, HoursScope scope, Instant at);

    /** As {@link #stateAt(Actor, HoursScope, Instant)}. */
    TradingState stateAt(Actor actor, StoreId store, Instant at);

    /**
     * What held in [from, until) so far, in order and without gaps: a piece ends where a version, a closure, a restriction or an
     * industry's pack came or went. Empty when {@code from} is not past.
     */
    List<Held> held(Actor actor, HoursScope scope, Instant from, Instant until);

    /** The version that held at the moment; for what is to come the one that holds now. */
    HoursVersion versionAt(Actor actor, StoreId store, Instant at);

    /** The closure that holds now. */
    Optional<Closure> closure(Actor actor, StoreId store);

    /** Closes or opens now, instead of any closure that holds, with {@link ClosureChanged} in the same transaction. */
    ClosureOutcome start(Actor actor, StartClosure command);

    /** Ends what was closed or opened now, at once; SERVICE and ADMIN may too, for a store whose second person is away. */
    EndOutcome end(Actor actor, StoreId store);

    /** What a terminal of the store needs to know for [from, until), as known now. */
    List<Transition> transitions(Actor actor, StoreId store, Instant from, Instant until);

    /** All that holds for the store, as known now, ready to answer many questions without the database. */
    HoursEvaluator evaluator(Actor actor, StoreId store);

    /**
     * The same for any scope: for a terminal what it does itself, with what its store and merchant say; for a merchant what a
     * store does that says nothing itself, with what is usual in their industry where all its stores have the same.
     */
    HoursEvaluator evaluator(Actor actor, HoursScope scope);

    /** The same for all stores of a merchant at once, in the order of {@link dev.zhanggui.portal.merchant.Merchants}. */
    Map<StoreId, StoreHours> evaluators(Actor actor, MerchantId merchant);

    /**
     * For those terminals of the store that differ from it, because they have hours of their own or a restriction concerns them
     * alone.
     */
    Map<TerminalId, HoursEvaluator> differingTerminals(Actor actor, StoreId store);
}
