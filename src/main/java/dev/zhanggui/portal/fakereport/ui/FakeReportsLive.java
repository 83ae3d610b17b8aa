package dev.zhanggui.portal.fakereport.ui;

import dev.zhanggui.portal.fakereport.FakeReportsChanged;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.uikit.LiveUpdates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells open pages that a report came in or moved on. */
@Component
class FakeReportsLive {

    static final String ALL = "fake-reports";

    private final LiveUpdates updates;

    FakeReportsLive(LiveUpdates updates) {
        this.updates = updates;
    }

    static String topic(StoreId store) {
        return "fake-reports:" + store.value();
    }

    @TransactionalEventListener
    void on(FakeReportsChanged event) {
        updates.publish(ALL);
        if (event.store() != null) {
            updates.publish(topic(event.store()));
        }
    }
}
