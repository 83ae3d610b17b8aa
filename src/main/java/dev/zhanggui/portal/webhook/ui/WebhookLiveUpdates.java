package dev.zhanggui.portal.webhook.ui;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.webhook.DeliveryChanged;
import dev.zhanggui.portal.webhook.SampleReceived;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells open pages that a delivery was tried, or came to the demo's receiver. */
@Component
class WebhookLiveUpdates {

    static final String SAMPLE = "webhook-sample";

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

    @EventListener
    void on(SampleReceived event) {
        updates.publish(SAMPLE);
    }
}
