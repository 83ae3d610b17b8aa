package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.shared.StoreId;

/** Tells whether an answer that was read a while ago may still be given. */
public interface Freshness {

    /** A point in the order of changes; taken before reading. */
    long mark();

    /**
     * Whether nothing that an answer about the store depends on was committed since the mark: by this portal until now, by another
     * one until a fraction of a second ago. False while that cannot be known, as when the database does not answer. Says nothing of
     * what the clock alone changes.
     */
    boolean holds(StoreId store, long mark);

    /** Whether {@link #holds} can be true at all now. */
    boolean isFollowing();
}
