package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import java.util.List;
import java.util.Optional;

/**
 * Payments by code, from the wish to the end. What payers do is public: their token is all they need. What merchants do is for
 * members; another merchant's collection meets {@link dev.zhanggui.portal.shared.NotFoundException}.
 */
public interface Collections {

    /**
     * Somebody wants to pay. Asks {@link Acceptance} and puts the wish on record either way.
     *
     * @param once made by the page for one filled-in form: sent twice with the same amount, it is one wish
     */
    OfferOutcome offer(String code, Money amount, Payer payer, String once);

    Optional<Collection> byToken(String token);

    /** Where the payer pays it, signed; empty unless it may be paid now, at an acquirer. */
    Optional<String> acquirersPage(Collection collection);

    /**
     * The payer says yes. Asks {@link Acceptance} anew, with the code held: a stop that was answered before beats it. Said twice,
     * it is done once. Empty for a token that does not exist.
     */
    Optional<Collection> pay(String token, Payer payer);

    /** The payer says no. */
    Optional<Collection> cancel(String token);

    /**
     * A clerk agrees to a payment that waits for it; for CASHIER and above. At the sandbox it has succeeded then; at an acquirer the
     * payer may go on, and it is OFFERED again. One that has ended stays as it ended.
     */
    Collection agree(Actor actor, String publicId);

    /** A clerk says no; as {@link #agree}. */
    Collection refuse(Actor actor, String publicId);

    Collection byPublicId(Actor actor, String publicId);

    /** Payments of a store that wait for a clerk, oldest first; at most 100. */
    List<Collection> waiting(Actor actor, StoreId store);

    /**
     * Payments of a store, newest first, without those that were never tried.
     *
     * @param before only those before this public id; empty for the newest
     * @param limit at most 200
     */
    List<Collection> list(Actor actor, StoreId store, String before, int limit);

    /** As {@link #list(Actor, StoreId, String, int)}, of those that are in this state now. */
    List<Collection> list(Actor actor, StoreId store, CollectionState state, String before, int limit);
}
