package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.shared.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * Closes or opens a store now.
 *
 * @param reason shown to customers, at most 200 characters
 */
public record StartClosure(
        StoreId store,
        Closure.Kind kind,
        ClosureEnd end,
        @Nullable String reason) {}
