package dev.zhanggui.portal.shared;

/** Tells once that the database went away and once that it is back, however much work in the background meets it. */
public interface DatabasePresence {

    /** True when the failure means that the database is away. That was told then, and needs no more words of the caller. */
    boolean isMissing(Throwable failure);
}
