package dev.zhanggui.portal.webhook.ui;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.webhook.DeliveryChanged;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells open pages that a delivery was tried. */
@Component
class WebhookLiveUpdates {

    private final LiveUpdates updates;

    WebhookLiveUpdates(LiveUpdates updates) {
        this.updates = updates;
    }

    static String topic(MerchantId merchant) {
        return "webhooks:" + merchant.value();
    }

    @TransactionalEventListener
    void on(DeliveryChanged event) {
        updates.publish(topic(event.merchant()));
    }
}
