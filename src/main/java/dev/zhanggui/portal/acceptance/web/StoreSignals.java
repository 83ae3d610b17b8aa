package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.CollectionsChanged;
import dev.zhanggui.portal.merchant.StoreChanged;
import dev.zhanggui.portal.qrcode.CodesChanged;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.ClosureChanged;
import dev.zhanggui.portal.tradinghours.HoursChanged;
import dev.zhanggui.portal.tradinghours.IndustryPackPublished;
import dev.zhanggui.portal.tradinghours.RestrictionChanged;
import dev.zhanggui.portal.workcalendar.CalendarPublished;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Wakes open scan pages of a store the moment something about it was committed by this process. */
@Component
class StoreSignals {

    private final Map<StoreId, CompletableFuture<Void>> signals = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** Done at the store's next change. Take it before reading the state, or a change in between is missed. */
    Future<Void> next(StoreId store) {
        var signal = signals.computeIfAbsent(store, key -> new CompletableFuture<>());
        if (closing) {
            signal.complete(null);
        }
        return signal;
    }

    boolean isClosing() {
        return closing;
    }

    private void wake(StoreId store) {
        var signal = signals.remove(store);
        if (signal != null) {
            signal.complete(null);
        }
    }

    @TransactionalEventListener
    void on(HoursChanged event) {
        event.stores().forEach(this::wake);
    }

    @TransactionalEventListener
    void on(ClosureChanged event) {
        wake(event.store());
    }

    @TransactionalEventListener
    void on(CodesChanged event) {
        wake(event.store());
    }

    @TransactionalEventListener
    void on(CollectionsChanged event) {
        wake(event.store());
    }

    @TransactionalEventListener
    void on(StoreChanged event) {
        wake(event.store());
    }

    /** Whom one wider than a store concerns is found out by asking again; nothing is asked for single terminals. */
    @TransactionalEventListener
    void on(RestrictionChanged event) {
        switch (event.target().scope()) {
            case STORE -> wake(new StoreId(event.target().id()));
            case ALL, REGION, MERCHANT -> signals.keySet().forEach(this::wake);
            case MODEL, TERMINAL -> {}
        }
    }

    /** Whom these concern is found out by asking again, too. */
    @TransactionalEventListener({IndustryPackPublished.class, CalendarPublished.class})
    void onWhatManyGoBy() {
        signals.keySet().forEach(this::wake);
    }

    /** A graceful shutdown must not wait for pages that wait for us. */
    @EventListener
    void on(ContextClosedEvent event) {
        closing = true;
        signals.keySet().forEach(this::wake);
    }
}
