package dev.zhanggui.portal.terminal;

import static dev.zhanggui.portal.terminal.TerminalState.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TerminalStateTest {

    private static final Map<TerminalState, Set<TerminalState>> DIAGRAM = new EnumMap<>(Map.of(
            IN_STOCK, EnumSet.of(ALLOCATED, RETIRED),
            ALLOCATED, EnumSet.of(PACKED, IN_STOCK),
            PACKED, EnumSet.of(SHIPPED, ALLOCATED),
            SHIPPED, EnumSet.of(DELIVERED, IN_STOCK, LOST),
            DELIVERED, EnumSet.of(ACTIVE, IN_STOCK, LOST, RETIRED),
            ACTIVE, EnumSet.of(DELIVERED, LOST, RETIRED),
            LOST, EnumSet.of(IN_STOCK, RETIRED),
            RETIRED, EnumSet.noneOf(TerminalState.class)));

    @Test
    void movesExactlyAlongTheDiagram() {
        for (var from : values()) {
            for (var to : values()) {
                assertThat(from.canMoveTo(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(DIAGRAM.getOrDefault(from, Set.of()).contains(to));
            }
        }
    }
}
