package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.shared.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Answers whether money may be collected by a code at this moment: the one place for scan page, cashier and API. Terminals get
 * the same answers ahead of time, in their configuration.
 */
public interface Acceptance {

    /**
     * Reads everything anew: a closure or a revocation that was committed before the question counts. Public: whoever can scan
     * the plate may know the answer; it contains nothing about payers and nothing the sign on the door does not say. For an order
     * code the question is about its own amount.
     */
    Answer ask(String code);

    /** As {@link #ask(String)}, for pages that keep an answer while {@link Freshness} says that it holds. No payment goes by it. */
    Look look(String code);

    /**
     * As {@link #ask(String)}, for one payment.
     *
     * @param amount more than nothing; an order code's own amount counts instead
     */
    Answer ask(String code, Money amount);

    /** As far is looked ahead for the end of an answer. */
    int FORESEEN_DAYS = 60;

    /**
     * What {@link #ask(String, Money)} says now or will say at a moment ahead, if nobody changes anything until then and no more
     * is collected; and how long that holds.
     *
     * @param amount null when nobody said how much
     * @param at not before now
     */
    Foresight foresee(String code, @Nullable Money amount, Instant at);
}
