package dev.zhanggui.portal.onboarding.ui;

import dev.zhanggui.portal.onboarding.ApplicationChanged;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.ordering.OrderProgressed;
import dev.zhanggui.portal.uikit.LiveUpdates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells open pages what changed once it is certain: an application, or the order it led to. */
@Component
class ApplicationLiveUpdates {

    /** Topic of the review desk's queue: some application changed. */
    static final String QUEUE = "applications";

    private final LiveUpdates updates;

    ApplicationLiveUpdates(LiveUpdates updates) {
        this.updates = updates;
    }

    static String topic(ApplicationNumber number) {
        return "application:" + number;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(ApplicationChanged event) {
        updates.publish(topic(event.number()));
        updates.publish(QUEUE);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(OrderProgressed event) {
        updates.publish("application:" + event.reference());
    }
}
