package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.shared.DatabasePresence;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs the expander as soon as an edit commits. The slow sweep finds what no wake told of: marks left by a process that was
 * killed, edits made through another portal, and renewals.
 */
@Component
class ExpanderLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ExpanderLoop.class);

    private final Expander expander;
    private final FleetMarks fleet;
    private final RolloutDriver rollouts;
    private final Renewals renewals;
    private final Wakes wakes;
    private final DatabasePresence database;
    private final boolean automatic;
    private final Duration sweep;
    private volatile @Nullable Thread thread;

    ExpanderLoop(
            Expander expander,
            FleetMarks fleet,
            RolloutDriver rollouts,
            Renewals renewals,
            Wakes wakes,
            DatabasePresence database,
            @Value("${zhanggui.configuration.background:true}") boolean automatic,
            @Value("${zhanggui.configuration.sweep:2s}") Duration sweep) {
        this.expander = expander;
        this.fleet = fleet;
        this.rollouts = rollouts;
        this.renewals = renewals;
        this.wakes = wakes;
        this.database = database;
        this.automatic = automatic;
        this.sweep = sweep;
    }

    @Override
    public boolean isAutoStartup() {
        return automatic;
    }

    @Override
    public void start() {
        var starting =
                Thread.ofPlatform().name("configuration-expander").daemon().unstarted(this::loop);
        thread = starting;
        starting.start();
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            wakes.expander().now();
            // A bridge that waits would hold the web server's graceful end.
            wakes.bridges().now();
            try {
                running.join(Duration.ofSeconds(5));
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
            long seen = wakes.expander().seen();
            try {
                while (thread == Thread.currentThread() && helping()) {
                    // more was waiting
                }
            } catch (RuntimeException e) {
                if (!database.isMissing(e)) {
                    LOG.warn("The expander could not work; it tries again in {}", sweep, e);
                }
            }
            try {
                wakes.expander().await(seen, expander.quietFor().orElse(sweep));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Marks for the whole fleet follow when there is room, those of a kill switch at once: their place among the others is the same. */
    private boolean helping() {
        int done = expander.expandDue();
        boolean spread = done == 0 ? fleet.spread() : fleet.spreadUrgent();
        boolean rolled = !spread && done < Expander.MARKS_AT_ONCE && rollouts.advance();
        renewals.sweep();
        return done > 0 || spread || rolled;
    }
}
