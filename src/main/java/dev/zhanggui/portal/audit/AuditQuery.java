package dev.zhanggui.portal.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for; null fields do not narrow.
 *
 * @param subject exactly, such as "store:123"
 * @param actor the label, exactly
 * @param action exactly, or everything under "staff." when it ends in a dot
 * @param from inclusive
 * @param until exclusive
 */
public record AuditQuery(
        @Nullable String subject,
        @Nullable String actor,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant until) {

    public static final AuditQuery ALL = new AuditQuery(null, null, null, null, null);
}
