package dev.zhanggui.portal.acceptance.ui;

import dev.zhanggui.portal.qrcode.CodesChanged;
import dev.zhanggui.portal.uikit.LiveUpdates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells open pages about a store that its codes changed, once the change is certain. */
@Component
class CodesLive {

    private final LiveUpdates live;

    CodesLive(LiveUpdates live) {
        this.live = live;
    }

    @TransactionalEventListener
    void on(CodesChanged event) {
        live.publish(event.store().toString());
    }
}
