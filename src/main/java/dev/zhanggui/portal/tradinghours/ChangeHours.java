package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.shared.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * Asks for new hours.
 *
 * @param expectedVersion the version that the person saw when they began; 0 for none
 * @param reason why, at most 200 characters
 */
public record ChangeHours(
        HoursScope scope,
        HoursDocument document,
        int expectedVersion,
        @Nullable String reason) {

    public ChangeHours(StoreId store, HoursDocument document, int expectedVersion, @Nullable String reason) {
        this(HoursScope.of(store), document, expectedVersion, reason);
    }
}
