package dev.zhanggui.portal.merchant;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A place where a merchant collects.
 *
 * @param publicId the ULID known outside
 * @param nameEn a Latin name for foreign payers; null when there is none
 * @param regionCode six digits of GB/T 2260
 * @param address the street part, as the public sees it
 * @param industry the key of the industry pack, such as "restaurant"
 */
public record Store(
        StoreId id,
        String publicId,
        MerchantId merchantId,
        String merchantName,
        String name,
        @Nullable String nameEn,
        String regionCode,
        String address,
        ZoneId zone,
        String industry,
        int version) {}
