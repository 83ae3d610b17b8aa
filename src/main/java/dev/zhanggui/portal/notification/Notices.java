package dev.zhanggui.portal.notification;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages inside the portal: everybody reads their own, and nobody another's. */
public interface Notices {

    /** A page of {@link #mine}. */
    int PAGE = 30;

    /** More unread ones are not counted. */
    int COUNT_MOST = 100;

    /**
     * Posts a notice in the caller's transaction. For the system, which modules act as when something happened.
     *
     * @param template as {@link Notice#template}
     * @param values kept encrypted
     */
    void post(Actor actor, AccountId to, String template, List<String> values, @Nullable String link);

    /**
     * The actor's own, newest first; at most {@link #PAGE}. Programs have none.
     *
     * @param before only those with a smaller id; null for the first page
     */
    List<Notice> mine(Actor actor, @Nullable Long before);

    /** How many of the actor's own are unread, counted up to {@link #COUNT_MOST}. */
    int unread(Actor actor);

    /** Reading it twice changes nothing; another's meets {@link dev.zhanggui.portal.shared.NotFoundException}. */
    void markRead(Actor actor, long id);

    void markAllRead(Actor actor);
}
