package dev.zhanggui.portal.merchant;

import dev.zhanggui.portal.shared.StoreId;

/** A store's name or place changed; published inside the changing transaction. */
public record StoreChanged(StoreId store) {}
