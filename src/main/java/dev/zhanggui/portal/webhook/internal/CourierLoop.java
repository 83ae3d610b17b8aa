package dev.zhanggui.portal.webhook.internal;

import dev.zhanggui.portal.webhook.DeliveryChanged;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Sends the courier off as soon as an event commits or a slot is free, and every other second for what has become due. */
@Component
class CourierLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CourierLoop.class);
    private static final Duration SWEEP = Duration.ofSeconds(2);
    private static final Duration LAST_WAIT = Duration.ofSeconds(3);

    private final Courier courier;
    private final boolean automatic;
    private final Semaphore wakes = new Semaphore(0);
    private volatile @Nullable Thread thread;

    CourierLoop(Courier courier, @Value("${zhanggui.webhook.background}") boolean automatic) {
        this.courier = courier;
        this.automatic = automatic;
        courier.onFree(wakes::release);
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(DeliveryChanged changed) {
        wakes.release();
    }

    @Override
    public boolean isAutoStartup() {
        return automatic;
    }

    @Override
    public void start() {
        var starting = Thread.ofPlatform().name("webhook-courier").daemon().unstarted(this::loop);
        thread = starting;
        starting.start();
    }

    /** What is under way after a few seconds comes again from another process, or from this one after its start. */
    @Override
    public void stop() {
        thread = null;
        wakes.release();
        try {
            courier.awaitIdle(LAST_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void loop() {
        while (thread == Thread.currentThread()) {
            try {
                courier.startDue();
            } catch (RuntimeException e) {
                LOG.warn("Webhooks could not be looked for; the next look is in {}", SWEEP, e);
            }
            try {
                if (wakes.tryAcquire(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakes.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
