package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.shared.StoreId;

/** Someone closed or opened a store now, or ended that; published inside the changing transaction. */
public record ClosureChanged(StoreId store) {}
