package dev.zhanggui.portal.merchant;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import java.util.List;

/**
 * A merchant was frozen or may collect again; published inside the changing transaction.
 *
 * @param stores all of the merchant's
 */
public record MerchantFreezeChanged(MerchantId merchant, List<StoreId> stores) {

    public MerchantFreezeChanged {
        stores = List.copyOf(stores);
    }
}
