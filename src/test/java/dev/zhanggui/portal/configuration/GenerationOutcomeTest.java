package dev.zhanggui.portal.configuration;

import static dev.zhanggui.portal.configuration.GenerationOutcome.APPLIED;
import static dev.zhanggui.portal.configuration.GenerationOutcome.DELIVERED;
import static dev.zhanggui.portal.configuration.GenerationOutcome.PENDING;
import static dev.zhanggui.portal.configuration.GenerationOutcome.REJECTED;
import static dev.zhanggui.portal.configuration.GenerationOutcome.ROLLED_BACK;
import static dev.zhanggui.portal.configuration.GenerationOutcome.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GenerationOutcomeTest {

    @ParameterizedTest
    @EnumSource
    void an_outcome_moves_forward_only(GenerationOutcome from) {
        Set<GenerationOutcome> allowed = switch (from) {
            case PENDING -> EnumSet.of(DELIVERED, APPLIED, REJECTED, ROLLED_BACK, SUPERSEDED);
            case DELIVERED -> EnumSet.of(APPLIED, REJECTED, ROLLED_BACK, SUPERSEDED);
            case APPLIED -> EnumSet.of(ROLLED_BACK);
            case REJECTED -> EnumSet.of(APPLIED);
            case SUPERSEDED -> EnumSet.of(APPLIED, REJECTED, ROLLED_BACK);
            case ROLLED_BACK -> EnumSet.noneOf(GenerationOutcome.class);
        };
        for (var to : GenerationOutcome.values()) {
            assertThat(from.canMoveTo(to)).as("%s to %s", from, to).isEqualTo(allowed.contains(to));
        }
        assertThat(PENDING.canMoveTo(PENDING)).isFalse();
    }
}
