package dev.zhanggui.portal.notification.ui;

import dev.zhanggui.portal.notification.MessageQueued;
import dev.zhanggui.portal.uikit.LiveUpdates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells open outbox pages that a message came in. */
@Component
class OutboxLive {

    static final String TOPIC = "outbox";

    private final LiveUpdates updates;

    OutboxLive(LiveUpdates updates) {
        this.updates = updates;
    }

    @TransactionalEventListener
    void queued(MessageQueued message) {
        updates.publish(TOPIC);
    }
}
