package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.ConfigurationProgressed;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Notices what other portals on the same database recorded, so that this one's open pages follow too: a short read of the
 * latest rows by an index, every second. Each change is told once; one that this portal made itself is told a second time, which
 * only makes a page read again.
 */
@Component
class OtherPortals {

    /** Looks so far behind the newest row seen: for portals whose clocks differ, and for transactions that commit late. */
    static final Duration BACK = Duration.ofSeconds(15);

    private static final int MOST = 2_000;

    private final ConfigurationRows rows;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final boolean automatic;
    private Instant since;
    private Set<Progress> told = new HashSet<>();

    /** A row as it was last changed. */
    record Progress(TerminalId terminal, StoreId store, Instant at) {}

    OtherPortals(
            ConfigurationRows rows,
            ApplicationEventPublisher events,
            Clock clock,
            @Value("${zhanggui.configuration.background:true}") boolean automatic) {
        this.rows = rows;
        this.events = events;
        this.clock = clock;
        this.automatic = automatic;
        this.since = clock.instant().minus(BACK);
    }

    @Scheduled(fixedDelay = 1_000, initialDelay = 5_000)
    void sweep() {
        if (automatic) {
            look();
        }
    }

    /** Tells of every change that it has not told of. */
    synchronized void look() {
        var now = clock.instant();
        var seen = new HashSet<Progress>();
        for (var progress : rows.progressedSince(since, MOST)) {
            seen.add(progress);
            if (!told.contains(progress)) {
                events.publishEvent(new ConfigurationProgressed(progress.terminal(), progress.store()));
            }
        }
        told = seen;
        since = now.minus(BACK);
    }
}
