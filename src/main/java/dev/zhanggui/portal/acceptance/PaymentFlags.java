package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.StoreId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Payments whose end wants looking at. Members see those of their stores; SERVICE, REVIEWER and ADMIN see all and settle them.
 */
public interface PaymentFlags {

    /** The length of a page of {@link #list}. */
    int PAGE = 30;

    int NOTE_MOST = 500;

    /** Of the store, open ones first and the newest first among them; at most 100. For CASHIER and above. */
    List<PaymentFlag> ofStore(Actor actor, StoreId store);

    /**
     * Newest first, at most {@link #PAGE}.
     *
     * @param settled whether those that somebody looked at are wanted, or those that wait
     * @param search a payment's number or the acquirer's own; blank for all
     * @param before only older ones than this public id; null for the first page
     */
    List<PaymentFlag> list(Actor actor, boolean settled, String search, @Nullable String before);

    /** @param note what was found and done, 1 to {@link #NOTE_MOST} characters; read by the merchant too */
    SettleOutcome settle(Actor actor, String publicId, String note);

    /** What became of the wish to settle a flag. */
    sealed interface SettleOutcome {

        record Settled(PaymentFlag flag) implements SettleOutcome {}

        /** Somebody was quicker; nothing was changed. */
        record SettledBefore(PaymentFlag flag) implements SettleOutcome {}

        record NoteMissing() implements SettleOutcome {}
    }
}
