package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.BRIDGE_SEEN;

import dev.zhanggui.portal.configuration.BridgeLink;
import dev.zhanggui.portal.configuration.BridgeLinkChanged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Remembers the last sign of life of any bridge, here or at another portal. Bridges ask for work all the time, so silence for
 * {@link #SILENCE} means that nobody carries configurations.
 */
@Component
class LinkMonitor implements BridgeLink {

    static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(LinkMonitor.class);
    private static final Duration WRITTEN_EVERY = Duration.ofSeconds(2);
    private static final int NAME_MOST = 64;

    private final DSLContext db;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final AtomicReference<@Nullable Instant> lastSeen = new AtomicReference<>();
    private final AtomicReference<Instant> written = new AtomicReference<>(Instant.MIN);
    private volatile boolean reachable;

    LinkMonitor(DSLContext db, Clock clock, ApplicationEventPublisher events) {
        this.db = db;
        this.clock = clock;
        this.events = events;
    }

    @Override
    public void seen(String bridge) {
        var now = clock.instant();
        boolean wasAway = state() instanceof State.Unreachable;
        lastSeen.set(now);
        var before = written.get();
        if (!now.isBefore(before.equals(Instant.MIN) ? before : before.plus(WRITTEN_EVERY))
                && written.compareAndSet(before, now)) {
            var name = bridge.length() > NAME_MOST ? bridge.substring(0, NAME_MOST) : bridge;
            db.insertInto(BRIDGE_SEEN)
                    .set(BRIDGE_SEEN.BRIDGE, name)
                    .set(BRIDGE_SEEN.FIRST_SEEN_AT, now)
                    .set(BRIDGE_SEEN.LAST_SEEN_AT, now)
                    .onDuplicateKeyUpdate()
                    .set(BRIDGE_SEEN.LAST_SEEN_AT, now)
                    .execute();
        }
        if (wasAway) {
            // Also when the timer had not yet noticed: a page may have been opened meanwhile.
            tell(true);
        }
    }

    @Override
    public State state() {
        var last = lastSeen.get();
        return last != null && last.plus(SILENCE).isAfter(clock.instant())
                ? new State.Reachable(last)
                : new State.Unreachable(last);
    }

    /** Learns what other portals saw, and tells of a change. */
    @Scheduled(fixedDelayString = "${zhanggui.configuration.link-check:1s}")
    void check() {
        if (state() instanceof State.Unreachable) {
            var elsewhere = db.select(DSL.max(BRIDGE_SEEN.LAST_SEEN_AT))
                    .from(BRIDGE_SEEN)
                    .fetchOne(DSL.max(BRIDGE_SEEN.LAST_SEEN_AT));
            if (elsewhere != null) {
                lastSeen.accumulateAndGet(elsewhere, LinkMonitor::later);
            }
        }
        tell(false);
    }

    private synchronized void tell(boolean anyway) {
        var state = state();
        boolean now = state instanceof State.Reachable;
        if (anyway || now != reachable) {
            reachable = now;
            switch (state) {
                case State.Reachable it -> LOG.info("A bridge is connected");
                case State.Unreachable it -> LOG.warn("No bridge since {}; configurations wait", it.since());
            }
            events.publishEvent(new BridgeLinkChanged());
        }
    }

    private static Instant later(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? java.util.Objects.requireNonNull(b) : a;
        }
        return a.isAfter(b) ? a : b;
    }
}
