package dev.zhanggui.portal.tradinghours;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "may this store collect at that moment, and why".
 *
 * @param capFen the limit per transaction while {@code decision} is ALLOW_CAPPED, else 0
 * @param winning the rule that decides
 * @param beaten rules that would also have had a say, strongest first
 * @param next when the sign changes, and to what; null if it does not within {@link HoursEvaluator#HORIZON_DAYS} days
 * @param alternatives never empty, cash always among them
 */
public record TradingState(
        Instant at,
        Phase phase,
        Decision decision,
        long capFen,
        ReasonCode reason,
        Rule winning,
        List<Rule> beaten,
        @Nullable NextChange next,
        List<Alternative> alternatives) {

    /** The next moment at which the sign says something else. */
    public record NextChange(Instant at, Phase phase) {}

    /** What someone wants to do. */
    public enum Operation {
        COLLECT,
        REFUND,
        REVERSAL
    }

    /** False only while the sign says closed; a store without hours is not closed. */
    public boolean open() {
        return phase != Phase.CLOSED;
    }

    /** Refunds and reversals give money back: no hour forbids that. */
    public Decision decisionFor(Operation operation) {
        return operation == Operation.COLLECT ? decision : Decision.ALLOW;
    }
}
