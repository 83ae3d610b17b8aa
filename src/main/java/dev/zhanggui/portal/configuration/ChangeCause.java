package dev.zhanggui.portal.configuration;

/** Why a version was made. */
public enum ChangeCause {
    HOURS(Lane.EDIT),
    CLOSURE(Lane.KILL_SWITCH),
    CODES(Lane.KILL_SWITCH),
    STORE(Lane.EDIT),
    BOUND(Lane.EDIT),
    /** The merchant was frozen, or may collect again. */
    FREEZE(Lane.KILL_SWITCH),
    /** A fault, network trouble or a lock began, changed or ended. */
    RESTRICTION(Lane.KILL_SWITCH),
    /** Maintenance was planned, changed or ended. */
    MAINTENANCE(Lane.EDIT),
    /** A notice of days off was published, or taken back. */
    CALENDAR(Lane.ROLLOUT),
    /** Something else became usual in the store's industry. */
    PACK(Lane.ROLLOUT),
    /** A line on all screens changed. */
    SCREEN(Lane.ROLLOUT),
    /** Sent again to many. */
    RESENT(Lane.ROLLOUT),
    /** A rollout was reverted: the earlier word again. */
    REVERTED(Lane.EDIT),
    /** Asked for by hand: send again. */
    ASKED(Lane.EDIT),
    /** The compiled hours reach half their horizon, or the lease half its life. */
    RENEWAL(Lane.LEASE),
    /** The terminal runs something else under this number: a false success is corrected. */
    CORRECTED(Lane.ANTI_ENTROPY),
    /** Found forgotten by the slow comparison of what runs with what should run. */
    REPAIRED(Lane.ANTI_ENTROPY),
    /** The terminal is ahead of the database, which was restored: numbering goes on after the terminal's. */
    HEALED(Lane.ANTI_ENTROPY);

    private final Lane lane;

    ChangeCause(Lane lane) {
        this.lane = lane;
    }

    public Lane lane() {
        return lane;
    }
}
