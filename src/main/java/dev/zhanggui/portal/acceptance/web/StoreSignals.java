package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.AnswersChanged;
import dev.zhanggui.portal.acceptance.CollectionsChanged;
import dev.zhanggui.portal.shared.StoreId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Wakes open scan pages of a store the moment something about it was committed by this process, or was found to be committed by
 * another one.
 */
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

    @EventListener
    void on(AnswersChanged event) {
        if (event.everywhere()) {
            signals.keySet().forEach(this::wake);
        } else {
            event.stores().forEach(this::wake);
        }
    }

    /** Of no concern to the scan page, but to the cashier's. */
    @TransactionalEventListener
    void on(CollectionsChanged event) {
        wake(event.store());
    }

    /** A graceful shutdown must not wait for pages that wait for us. */
    @EventListener
    void on(ContextClosedEvent event) {
        closing = true;
        signals.keySet().forEach(this::wake);
    }
}
