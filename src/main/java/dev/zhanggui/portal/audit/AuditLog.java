package dev.zhanggui.portal.audit;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.MerchantId;
import org.jspecify.annotations.Nullable;

/** Writes what was done, by whom and why, in the caller's transaction: a change without its record cannot commit. */
public interface AuditLog {

    /**
     * @param action dotted, in the past tense: "hours.changed"
     * @param subject "store:123", never personal data
     * @param before the state replaced, as JSON without personal data; null when there was none
     * @param after the state now, likewise
     * @param reason in the actor's words
     */
    void record(
            Actor actor,
            String action,
            String subject,
            @Nullable MerchantId merchant,
            @Nullable String before,
            @Nullable String after,
            @Nullable String reason);

    /** Somebody saw personal data in clear. An empty reason is refused with {@link IllegalArgumentException}. */
    void personalDataRead(Actor actor, String subject, String field, String reason);
}
