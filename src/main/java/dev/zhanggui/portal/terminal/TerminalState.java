package dev.zhanggui.portal.terminal;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a terminal is in its life.
 *
 * <pre>
 *            release             unpack
 *           ┌────────┐         ┌────────┐
 *           v        |         v        |
 * IN_STOCK ───> ALLOCATED ───────> PACKED ───> SHIPPED ───> DELIVERED ───> ACTIVE
 *   ^   ^                                        |  |        |  |   ^        |  |
 *   |   └──────────── came back ─────────────────┘  |        |  |   └─unbind─┘  |
 *   |   └──────────── came back ────────────────────|────────┘  |               |
 *   └── found ── LOST <─────────────────────────────┴───────────┴───────────────┤
 *                                                                               |
 * IN_STOCK, DELIVERED, ACTIVE, LOST ───> RETIRED (end) <────────────────────────┘
 * </pre>
 *
 * DELIVERED means the merchant confirmed the receipt; only then can it become ACTIVE, which is bound to one store. Texts:
 * {@code terminal.state.<NAME>}.
 */
public enum TerminalState {
    IN_STOCK,
    ALLOCATED,
    PACKED,
    SHIPPED,
    DELIVERED,
    ACTIVE,
    RETIRED,
    LOST;

    public boolean canMoveTo(TerminalState next) {
        return next().contains(next);
    }

    private Set<TerminalState> next() {
        return switch (this) {
            case IN_STOCK -> EnumSet.of(ALLOCATED, RETIRED);
            case ALLOCATED -> EnumSet.of(PACKED, IN_STOCK);
            case PACKED -> EnumSet.of(SHIPPED, ALLOCATED);
            case SHIPPED -> EnumSet.of(DELIVERED, IN_STOCK, LOST);
            case DELIVERED -> EnumSet.of(ACTIVE, IN_STOCK, LOST, RETIRED);
            case ACTIVE -> EnumSet.of(DELIVERED, LOST, RETIRED);
            case LOST -> EnumSet.of(IN_STOCK, RETIRED);
            case RETIRED -> Set.of();
        };
    }
}
