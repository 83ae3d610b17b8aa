package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.BatchProgressed;
import dev.zhanggui.portal.qrcode.CodeBatchId;
import dev.zhanggui.portal.shared.DatabasePresence;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Has chunks issued as soon as a batch is started. The slow sweep finds what a killed portal left, and tells this portal's open
 * pages of what others do.
 */
@Component
class BatchLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BatchLoop.class);
    private static final Duration SWEEP = Duration.ofSeconds(2);
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private final BatchWorker worker;
    private final BatchRows rows;
    private final ApplicationEventPublisher events;
    private final DatabasePresence database;
    private final boolean automatic;
    private final Semaphore wakes = new Semaphore(0);
    private Map<CodeBatchId, BatchRows.Mark> seen = Map.of();
    private volatile @Nullable Thread thread;

    BatchLoop(
            BatchWorker worker,
            BatchRows rows,
            ApplicationEventPublisher events,
            DatabasePresence database,
            @Value("${zhanggui.batch.background}") boolean automatic) {
        this.worker = worker;
        this.rows = rows;
        this.events = events;
        this.database = database;
        this.automatic = automatic;
    }

    @TransactionalEventListener
    void on(BatchProgressed event) {
        wakes.release();
    }

    @Override
    public boolean isAutoStartup() {
        return automatic;
    }

    @Override
    public void start() {
        var starting = Thread.ofPlatform().name("code-batches").daemon().unstarted(this::loop);
        thread = starting;
        starting.start();
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        wakes.release();
        if (running != null) {
            try {
                running.join(LAST_WAIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void loop() {
        while (thread == Thread.currentThread()) {
            try {
                while (thread == Thread.currentThread() && worker.workOne()) {
                    // more may be due
                }
                tellOfOthers();
            } catch (RuntimeException e) {
                if (!database.isMissing(e)) {
                    LOG.warn("Batches of codes could not be worked on; the next look is in {}", SWEEP, e);
                }
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

    /** What this portal did itself was told at its commit; hearing of it twice does no harm. */
    void tellOfOthers() {
        var now = new HashMap<CodeBatchId, BatchRows.Mark>();
        rows.running().forEach(mark -> now.put(mark.id(), mark));
        var changed = new HashMap<>(seen);
        changed.values().removeIf(mark -> mark.equals(now.get(mark.id())));
        seen = Map.copyOf(now);
        changed.values().forEach(mark -> events.publishEvent(new BatchProgressed(mark.merchant(), mark.id())));
    }
}
