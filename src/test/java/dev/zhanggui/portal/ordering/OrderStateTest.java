package dev.zhanggui.portal.ordering;

import static dev.zhanggui.portal.ordering.OrderState.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderStateTest {

    private static final Map<OrderState, Set<OrderState>> DIAGRAM = new EnumMap<>(Map.ofEntries(
            Map.entry(PLACED, EnumSet.of(ALLOCATED)),
            Map.entry(ALLOCATED, EnumSet.of(PACKED, PLACED)),
            Map.entry(PACKED, EnumSet.of(SHIPPED, ALLOCATED)),
            Map.entry(SHIPPED, EnumSet.of(OUT_FOR_DELIVERY, AT_LOCKER, DELIVERED, RECEIVED, EXCEPTION, RETURNED, LOST)),
            Map.entry(OUT_FOR_DELIVERY, EnumSet.of(AT_LOCKER, DELIVERED, RECEIVED, EXCEPTION, RETURNED, LOST)),
            Map.entry(AT_LOCKER, EnumSet.of(DELIVERED, RECEIVED, EXCEPTION, RETURNED, LOST)),
            Map.entry(DELIVERED, EnumSet.of(RECEIVED, EXCEPTION, RETURNED)),
            Map.entry(EXCEPTION, EnumSet.of(SHIPPED, OUT_FOR_DELIVERY, AT_LOCKER, DELIVERED, RECEIVED, RETURNED, LOST)),
            Map.entry(RECEIVED, EnumSet.noneOf(OrderState.class)),
            Map.entry(RETURNED, EnumSet.noneOf(OrderState.class)),
            Map.entry(LOST, EnumSet.noneOf(OrderState.class))));

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

    @Test
    void isOnTheRoadBetweenTheWarehouseAndAnEnd() {
        assertThat(EnumSet.allOf(OrderState.class).stream().filter(OrderState::isOnTheRoad))
                .containsExactly(SHIPPED, OUT_FOR_DELIVERY, AT_LOCKER, DELIVERED, EXCEPTION);
        assertThat(EnumSet.allOf(OrderState.class).stream().filter(OrderState::isEnd))
                .containsExactly(RECEIVED, RETURNED, LOST);
    }
}
