package dev.zhanggui.wire;

import org.jspecify.annotations.Nullable;

/**
 * What the screen says besides hours and codes. Payload of a JWS.
 *
 * @param storeName as customers know it
 * @param seat where the terminal stands, 「柜台 1」
 * @param notice the merchant's own line for customers
 */
public record ScreenDocument(
        String storeName,
        @Nullable String storeNameEn,
        String seat,
        @Nullable Text notice) {

    public ScreenDocument {
        Wire.required(storeName, "storeName");
        Wire.required(seat, "seat");
    }
}
