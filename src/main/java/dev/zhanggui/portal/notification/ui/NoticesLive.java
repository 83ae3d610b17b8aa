package dev.zhanggui.portal.notification.ui;

import dev.zhanggui.portal.notification.NoticesChanged;
import dev.zhanggui.portal.uikit.LiveUpdates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells a person's open pages that a notice came in or was read. */
@Component
class NoticesLive {

    private final LiveUpdates updates;

    NoticesLive(LiveUpdates updates) {
        this.updates = updates;
    }

    static String topic(long account) {
        return "notices:" + account;
    }

    @TransactionalEventListener
    void on(NoticesChanged event) {
        updates.publish(topic(event.account().value()));
    }
}
