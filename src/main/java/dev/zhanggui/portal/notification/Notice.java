package dev.zhanggui.portal.notification;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message inside the portal. It keeps a key and values instead of a text, so that it follows the reader's language.
 *
 * @param template the key of its text in the bundles, under {@code notification.notice.}
 * @param values for {0}, {1} … of the text
 * @param link the path that it leads to, without the first slash; null when there is nothing to open
 * @param readAt null while unread
 */
public record Notice(
        long id,
        String template,
        List<String> values,
        @Nullable String link,
        Instant createdAt,
        @Nullable Instant readAt) {

    public Notice {
        values = List.copyOf(values);
    }

    public boolean isUnread() {
        return readAt == null;
    }
}
