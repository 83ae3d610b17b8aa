package dev.zhanggui.portal.ordering.ui;

import dev.zhanggui.portal.ordering.OrderProgressed;
import dev.zhanggui.portal.uikit.LiveUpdates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells open pages that an order moved: topics {@code "orders"} and {@code "order:<id>"}. */
@Component
class OrderTopics {

    static final String ALL = "orders";

    private final LiveUpdates live;

    OrderTopics(LiveUpdates live) {
        this.live = live;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(OrderProgressed progressed) {
        live.publish(progressed.order().toString());
        live.publish(ALL);
    }
}
