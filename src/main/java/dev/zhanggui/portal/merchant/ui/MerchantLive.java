package dev.zhanggui.portal.merchant.ui;

import dev.zhanggui.portal.merchant.MerchantFreezeChanged;
import dev.zhanggui.portal.uikit.LiveUpdates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells the open pages of a merchant's stores that it was frozen or may collect again. */
@Component
class MerchantLive {

    private final LiveUpdates live;

    MerchantLive(LiveUpdates live) {
        this.live = live;
    }

    @TransactionalEventListener
    void on(MerchantFreezeChanged event) {
        event.stores().forEach(store -> live.publish(store.toString()));
    }
}
