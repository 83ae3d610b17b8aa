package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something changed that terminals must learn of; written in the transaction of the change itself.
 *
 * @param terminal null when it concerns the whole store
 * @param after the last terminal of the store that has learned of it; 0 before the first
 */
record Mark(
        long id,
        StoreId store,
        @Nullable TerminalId terminal,
        ChangeCause cause,
        String who,
        Instant editedAt,
        long after) {

    boolean concerns(TerminalId candidate) {
        return terminal == null ? candidate.value() > after : terminal.equals(candidate);
    }
}
