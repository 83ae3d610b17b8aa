package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.shared.DatabasePresence;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks for other portals' changes, on a thread of its own: work that takes longer must not make the scan pages blind. */
@Component
class ChangeFollower implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeFollower.class);

    /** How long another portal's page may be wrong. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int PURGED_AT_ONCE = 1_000;
    private static final int PURGES = 100;

    private final ChangeWatch watch;
    private final AnswerChanges changes;
    private final DatabasePresence database;
    private volatile @Nullable CountDownLatch stopping;

    ChangeFollower(ChangeWatch watch, AnswerChanges changes, DatabasePresence database) {
        this.watch = watch;
        this.changes = changes;
        this.database = database;
    }

    @Override
    public void start() {
        var stop = new CountDownLatch(1);
        stopping = stop;
        Thread.ofPlatform().name("answer-changes").daemon().start(() -> loop(stop));
    }

    @Override
    public void stop() {
        var stop = stopping;
        stopping = null;
        if (stop != null) {
            stop.countDown();
        }
    }

    @Override
    public boolean isRunning() {
        return stopping != null;
    }

    private void loop(CountDownLatch stop) {
        try {
            do {
                try {
                    watch.look();
                } catch (RuntimeException e) {
                    if (!database.isMissing(e) && stopping == stop) {
                        LOG.warn("Scan pages are read anew until other portals' changes can be followed again", e);
                    }
                }
            } while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Any number of portals may do it at the same time. */
    @Scheduled(fixedDelayString = "PT1M")
    void purge() {
        for (int i = 0; i < PURGES && changes.purge(KEPT, PURGED_AT_ONCE) == PURGED_AT_ONCE; i++) {
            // A full batch: there may be more.
        }
    }
}
