package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.shared.StoreId;
import java.util.Set;

/**
 * Answers about these stores may be others by now; published after the commit, for what other portals committed too.
 *
 * @param stores whom it concerns; all stores when empty
 */
public record AnswersChanged(Set<StoreId> stores) {

    public AnswersChanged {
        stores = Set.copyOf(stores);
    }

    public boolean everywhere() {
        return stores.isEmpty();
    }
}
