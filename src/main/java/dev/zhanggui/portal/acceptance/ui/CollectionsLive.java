package dev.zhanggui.portal.acceptance.ui;

import dev.zhanggui.portal.acceptance.AttentionChanged;
import dev.zhanggui.portal.acceptance.CollectionRefused;
import dev.zhanggui.portal.acceptance.CollectionsChanged;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.uikit.LiveUpdates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells open pages about a store that somebody paid, waits or was refused, once it is certain. */
@Component
public class CollectionsLive {

    /** The topic of all stores' payments that people must look at. */
    static final String FLAGS = "payment-flags";

    private final LiveUpdates live;

    CollectionsLive(LiveUpdates live) {
        this.live = live;
    }

    /** The topic of a store's payments: a busy one, so it is not the store's own. */
    public static String topic(StoreId store) {
        return "collections:" + store.value();
    }

    @TransactionalEventListener
    void on(CollectionsChanged event) {
        live.publish(topic(event.store()));
    }

    @TransactionalEventListener
    void on(AttentionChanged event) {
        live.publish(FLAGS);
        live.publish(topic(event.store()));
        live.publish(event.store().toString());
    }

    @TransactionalEventListener
    void on(CollectionRefused event) {
        live.publish(topic(event.code().storeId()));
    }
}
