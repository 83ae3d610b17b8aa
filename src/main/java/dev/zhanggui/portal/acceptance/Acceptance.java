package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.shared.Money;

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

    /**
     * As {@link #ask(String)}, for one payment.
     *
     * @param amount more than nothing; an order code's own amount counts instead
     */
    Answer ask(String code, Money amount);
}
