package dev.zhanggui.portal.acceptance.ui;

import dev.zhanggui.portal.qrcode.BatchProgressed;
import dev.zhanggui.portal.qrcode.CodesChanged;
import dev.zhanggui.portal.shared.MerchantId;
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

    /** Of pages that show a merchant's batches. */
    static String batches(MerchantId merchant) {
        return "batches:" + merchant.value();
    }

    @TransactionalEventListener
    void on(CodesChanged event) {
        live.publish(event.store().toString());
    }

    /** Also of what another portal did, which this one was told of without a transaction of its own. */
    @TransactionalEventListener(fallbackExecution = true)
    void on(BatchProgressed event) {
        live.publish(batches(event.merchant()));
    }
}
