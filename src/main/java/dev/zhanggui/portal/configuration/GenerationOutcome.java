package dev.zhanggui.portal.configuration;

/**
 * <pre>
 * PENDING ──► DELIVERED ──► APPLIED ──► ROLLED_BACK
 *    │            ├───────► REJECTED       ▲
 *    │            └────────────────────────┘
 *    └──► SUPERSEDED  (a newer version was made before this one was settled)
 * </pre>
 */
public enum GenerationOutcome {
    PENDING,
    DELIVERED,
    APPLIED,
    REJECTED,
    ROLLED_BACK,
    SUPERSEDED;

    /** A report may only move forward; the same report again moves nothing. */
    public boolean canMoveTo(GenerationOutcome next) {
        return switch (this) {
            case PENDING -> next != PENDING;
            case DELIVERED -> next == APPLIED || next == REJECTED || next == ROLLED_BACK || next == SUPERSEDED;
            case APPLIED -> next == ROLLED_BACK;
            // A terminal that lacked room may try again and succeed; a superseded version may still prove itself late.
            case REJECTED -> next == APPLIED;
            case SUPERSEDED -> next == APPLIED || next == REJECTED || next == ROLLED_BACK;
            case ROLLED_BACK -> false;
        };
    }
}
