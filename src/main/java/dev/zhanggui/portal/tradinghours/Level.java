package dev.zhanggui.portal.tradinghours;

/** Where a rule was written, nearest first: the nearer one wins within a {@link Layer}. */
public enum Level {
    TERMINAL,
    STORE,
    MERCHANT
}
