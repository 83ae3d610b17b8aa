package dev.zhanggui.portal.configuration;

/** What goes first when much is due; the order is the order of handing out. */
public enum Lane {
    KILL_SWITCH,
    EDIT,
    ROLLOUT,
    LEASE,
    ANTI_ENTROPY
}
