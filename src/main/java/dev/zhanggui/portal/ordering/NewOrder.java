package dev.zhanggui.portal.ordering;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.terminal.ModelId;
import java.util.List;

/**
 * An order to place.
 *
 * @param reference what it is for, such as the application's number; unique, so that placing twice places once
 * @param models one entry per machine
 */
public record NewOrder(
        String reference,
        MerchantId merchant,
        StoreId store,
        List<ModelId> models,
        Delivery delivery,
        Recipient recipient) {

    private static final int MOST = 50;

    public NewOrder {
        models = List.copyOf(models);
        if (models.isEmpty() || models.size() > MOST) {
            throw new IllegalArgumentException("models");
        }
    }
}
