package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.shared.StoreId;

/** An acquirer's word about a payment of this store wants looking at, or was looked at; published inside the transaction. */
public record AttentionChanged(StoreId store) {}
