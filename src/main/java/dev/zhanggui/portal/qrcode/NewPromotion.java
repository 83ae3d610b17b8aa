package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a promotion with one code in each of the stores.
 *
 * @param stores of one merchant, at least one, at most {@link #STORES_MOST}
 */
public record NewPromotion(
        String title,
        String discount,
        Instant from,
        Instant until,
        @Nullable Money cap,
        List<StoreId> stores) {

    public static final int STORES_MOST = 1_000;

    public NewPromotion {
        stores = List.copyOf(stores);
    }
}
