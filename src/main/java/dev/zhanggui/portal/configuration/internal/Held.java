package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of the platform's word a terminal goes by: the newest, but for what a rollout has not brought to it yet. What merchants
 * say is never held.
 *
 * @param calendar goes by the calendar as of this moment; null for the newest
 * @param packs of these industries by the pack as of the moment; by the newest of all others
 * @param notice the line on its screen; null for none
 */
record Held(
        @Nullable Instant calendar,
        Map<String, Instant> packs,
        @Nullable Words notice) {

    static final Held NOTHING = new Held(null, Map.of(), null);

    Held {
        packs = Map.copyOf(packs);
    }
}
