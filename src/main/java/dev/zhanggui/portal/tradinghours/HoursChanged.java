package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.shared.StoreId;

/** A store's hours document has a new version; published inside the changing transaction. */
public record HoursChanged(StoreId store) {}
