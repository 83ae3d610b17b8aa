package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.shared.StoreId;

/** A code of this store was issued or revoked; published inside the transaction. */
public record CodesChanged(StoreId store) {}
