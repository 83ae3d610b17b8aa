package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.Rollout.Gates;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What rollouts are measured by. */
@Component
class RolloutLimits {

    private static final int CONFIRMED = 99_50;
    private static final int REFUSED = 20;
    private static final int SILENT = 20;
    private static final int GONE = 5_00;

    private final Gates gates;
    private volatile int above;

    RolloutLimits(
            @Value("${zhanggui.rollout.above:200}") int above,
            @Value("${zhanggui.rollout.silence:5m}") Duration silence,
            @Value("${zhanggui.rollout.observe:10m}") Duration observe,
            @Value("${zhanggui.rollout.limit:2h}") Duration limit,
            @Value("${zhanggui.rollout.away:26h}") Duration away) {
        this.above = above;
        this.gates = new Gates(CONFIRMED, REFUSED, SILENT, GONE, silence, observe, limit, away);
    }

    Gates gates() {
        return gates;
    }

    /** What is published for more terminals than this goes out in groups. */
    int above() {
        return above;
    }

    /** For tests, whose fleets are small. */
    void above(int terminals) {
        above = terminals;
    }
}
