package dev.zhanggui.portal.fakereport;

/**
 * Where a report stands.
 *
 * <pre>
 * OPEN ──take──▶ TAKEN ──close──▶ CLOSED
 *   ▲              │
 *   └──give back───┘
 * </pre>
 *
 * One person has it while it is taken; what is closed stays closed.
 */
public enum ReportState {
    OPEN,
    TAKEN,
    CLOSED;

    public boolean canMoveTo(ReportState next) {
        return switch (this) {
            case OPEN -> next == TAKEN;
            case TAKEN -> next == OPEN || next == CLOSED;
            case CLOSED -> false;
        };
    }
}
