package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.shared.StoreId;
import java.util.List;

/**
 * There is a new version of somebody's hours; published inside the changing transaction.
 *
 * @param stores where other hours may hold now
 */
public record HoursChanged(HoursScope scope, List<StoreId> stores) {

    public HoursChanged {
        stores = List.copyOf(stores);
    }

    public HoursChanged(StoreId store) {
        this(HoursScope.of(store), List.of(store));
    }
}
