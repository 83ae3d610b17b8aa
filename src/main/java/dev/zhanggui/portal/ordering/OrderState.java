package dev.zhanggui.portal.ordering;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where an order is.
 *
 * <pre>
 *         release            unpack
 *        ┌───────┐          ┌───────┐
 *        v       |          v       |
 * PLACED ───> ALLOCATED ───────> PACKED ───> SHIPPED ──┬──> OUT_FOR_DELIVERY ──┬──> DELIVERED ───> RECEIVED
 *                                               ^      ├──> AT_LOCKER <────────┘        |             ^
 *                                               |      |        |                       |             |
 *                                          sent again  └────────┴── receipt confirmed ──┴─────────────┘
 *                                               |
 *                                           EXCEPTION <── from every state on the road; out of it by any later one
 *                                               |
 *                                               └───> RETURNED, LOST (ends, as RECEIVED)
 * </pre>
 *
 * The carrier may skip steps, and the customer's word (RECEIVED) counts from any state on the road. Texts:
 * {@code ordering.state.<NAME>}.
 */
public enum OrderState {
    PLACED,
    ALLOCATED,
    PACKED,
    SHIPPED,
    OUT_FOR_DELIVERY,
    AT_LOCKER,
    DELIVERED,
    RECEIVED,
    EXCEPTION,
    RETURNED,
    LOST;

    public boolean canMoveTo(OrderState next) {
        return next().contains(next);
    }

    private Set<OrderState> next() {
        return switch (this) {
            case PLACED -> EnumSet.of(ALLOCATED);
            case ALLOCATED -> EnumSet.of(PACKED, PLACED);
            case PACKED -> EnumSet.of(SHIPPED, ALLOCATED);
            case SHIPPED -> EnumSet.of(OUT_FOR_DELIVERY, AT_LOCKER, DELIVERED, RECEIVED, EXCEPTION, RETURNED, LOST);
            case OUT_FOR_DELIVERY -> EnumSet.of(AT_LOCKER, DELIVERED, RECEIVED, EXCEPTION, RETURNED, LOST);
            case AT_LOCKER -> EnumSet.of(DELIVERED, RECEIVED, EXCEPTION, RETURNED, LOST);
            case DELIVERED -> EnumSet.of(RECEIVED, EXCEPTION, RETURNED);
            case EXCEPTION -> EnumSet.of(SHIPPED, OUT_FOR_DELIVERY, AT_LOCKER, DELIVERED, RECEIVED, RETURNED, LOST);
            case RECEIVED, RETURNED, LOST -> Set.of();
        };
    }

    /** With the carrier, or in trouble there. */
    public boolean isOnTheRoad() {
        return canMoveTo(RECEIVED);
    }

    public boolean isEnd() {
        return this == RECEIVED || this == RETURNED || this == LOST;
    }
}
