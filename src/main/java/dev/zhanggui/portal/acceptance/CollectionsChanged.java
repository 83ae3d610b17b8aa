package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.shared.StoreId;

/** A payment in this store began to wait for a clerk, or ended; published inside the transaction. */
public record CollectionsChanged(StoreId store, CollectionId collection) {}
