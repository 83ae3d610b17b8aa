package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for parts of a document to hold in many stores.
 *
 * @param expectedVersions the versions that the person saw; a store that is absent is changed whatever it says now
 * @param reason why, at most 200 characters
 */
public record ApplyHours(
        MerchantId merchant,
        List<StoreId> stores,
        HoursCopy copy,
        Map<StoreId, Integer> expectedVersions,
        @Nullable String reason) {

    public ApplyHours {
        stores = List.copyOf(stores);
        expectedVersions = Map.copyOf(expectedVersions);
    }
}
