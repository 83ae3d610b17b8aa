package dev.zhanggui.portal.acceptance;

/** Answers whether money may be collected by a code at this moment. */
public interface Acceptance {

    /**
     * Reads everything anew: a closure or a revocation that was committed before the question counts. Public: whoever can scan
     * the plate may know the answer; it contains nothing about payers and nothing the sign on the door does not say.
     */
    Answer ask(String code);
}
