package dev.zhanggui.portal.tradinghours.ui;

import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.ClosureChanged;
import dev.zhanggui.portal.tradinghours.HoursChanged;
import dev.zhanggui.portal.uikit.LiveUpdates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells open pages about a store that its hours changed, once the change is certain. */
@Component
class HoursLive {

    private final LiveUpdates live;

    HoursLive(LiveUpdates live) {
        this.live = live;
    }

    @TransactionalEventListener
    void on(HoursChanged event) {
        event.stores().forEach(this::publish);
    }

    @TransactionalEventListener
    void on(ClosureChanged event) {
        publish(event.store());
    }

    private void publish(StoreId store) {
        live.publish(store.toString());
    }
}
