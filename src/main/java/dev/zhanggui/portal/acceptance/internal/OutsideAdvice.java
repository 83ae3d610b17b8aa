package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.Takings.Advice;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.Outside;
import java.util.List;
import java.util.Optional;

/** Finds the smallest round cap that would have let most of the refused payments pass. */
final class OutsideAdvice {

    private static final long[] CAPS_YUAN = {50, 100, 200, 300, 500, 1_000, 2_000};
    private static final double MOST = 0.8;

    /** Fewer refusals than this teach nothing. */
    private static final int TO_LEARN_FROM = 5;

    private OutsideAdvice() {}

    /**
     * What would pass by now teaches nothing any more: whoever has just followed an advice gets no further one for the same
     * refusals.
     *
     * @param refused amounts in fen
     * @param now what the store chose so far
     */
    static Optional<Advice> of(List<Long> refused, Outside now) {
        if (now.policy() == Decision.ALLOW || now.policy() == Decision.CONFIRM) {
            return Optional.empty();
        }
        long capNow = now.policy() == Decision.ALLOW_CAPPED ? now.capFen() : 0;
        var still = refused.stream().filter(fen -> fen > capNow).toList();
        if (still.size() < TO_LEARN_FROM) {
            return Optional.empty();
        }
        for (var yuan : CAPS_YUAN) {
            long cap = yuan * 100;
            int pass = (int) still.stream().filter(fen -> fen <= cap).count();
            if (pass >= still.size() * MOST) {
                return Optional.of(new Advice(still.size(), pass, Outside.capped(cap)));
            }
        }
        return Optional.empty();
    }
}
