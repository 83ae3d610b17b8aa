package dev.zhanggui.portal.configuration;

/**
 * <pre>
 * WAITING ──▶ REJECTED (by another)
 *    │  └───▶ WITHDRAWN (by the proposer)
 *    ▼
 * RUNNING ◀──▶ PAUSED (by a person)
 *    │  ◀──▶ HALTED (by itself; a person lets it go on)
 *    ├──▶ DONE        (every group has passed)
 *    ├──▶ STOPPED     (also from PAUSED and HALTED: who has it keeps it)
 *    ├──▶ SUPERSEDED  (also from PAUSED and HALTED: a newer word about the same began)
 *    └──▶ REVERTED    (also from PAUSED, HALTED, STOPPED, DONE: all go back to the earlier word)
 * </pre>
 */
public enum RolloutState {
    WAITING,
    REJECTED,
    WITHDRAWN,
    RUNNING,
    PAUSED,
    HALTED,
    STOPPED,
    REVERTED,
    SUPERSEDED,
    DONE;

    public boolean canMoveTo(RolloutState next) {
        return switch (this) {
            case WAITING -> next == RUNNING || next == REJECTED || next == WITHDRAWN;
            case RUNNING ->
                next == PAUSED
                        || next == HALTED
                        || next == STOPPED
                        || next == REVERTED
                        || next == SUPERSEDED
                        || next == DONE;
            case PAUSED, HALTED -> next == RUNNING || next == STOPPED || next == REVERTED || next == SUPERSEDED;
            case STOPPED, DONE -> next == REVERTED;
            case REJECTED, WITHDRAWN, REVERTED, SUPERSEDED -> false;
        };
    }

    /** Groups are still to come. */
    public boolean isActive() {
        return this == RUNNING || this == PAUSED || this == HALTED;
    }
}
