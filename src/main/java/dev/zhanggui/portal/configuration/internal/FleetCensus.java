package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.Fleet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts all terminals once for everybody in this process who asks: gauges, alerts and every open page. */
@Component
class FleetCensus {

    static final Duration DELAY_WINDOW = Duration.ofHours(1);

    /** Taken every ten seconds by {@link ConfigurationMetrics}; somebody who asks later than this has it taken. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    /** A million terminals take a while to count: so many times as long nobody counts them again. */
    private static final int REST = 19;

    private final FleetRows fleet;
    private final DirtyScopes dirty;
    private final Clock clock;
    private volatile @Nullable Census latest;
    private volatile Duration cost = Duration.ZERO;

    FleetCensus(FleetRows fleet, DirtyScopes dirty, Clock clock) {
        this.fleet = fleet;
        this.dirty = dirty;
        this.clock = clock;
    }

    /**
     * @param refusals most first
     * @param delays of the edits of {@link #DELAY_WINDOW}
     * @param waitingEdits not compiled yet
     */
    record Census(
            Instant at,
            int stores,
            Map<Fleet.State, Integer> byState,
            List<Fleet.Refusal> refusals,
            SortedMap<Duration, Integer> delays,
            int waitingEdits) {}

    Census current() {
        var known = latest;
        return known != null && isFresh(known) ? known : takeUnlessTaken();
    }

    /** Those who come while it is taken wait and share it. */
    private synchronized Census takeUnlessTaken() {
        var known = latest;
        return known != null && isFresh(known) ? known : take();
    }

    synchronized Census take() {
        long start = System.nanoTime();
        var now = clock.instant();
        var census = new Census(
                now,
                fleet.stores(),
                fleet.byState(),
                fleet.refusals(Integer.MAX_VALUE),
                fleet.delays(now.minus(DELAY_WINDOW)),
                dirty.count());
        latest = census;
        cost = Duration.ofNanos(System.nanoTime() - start);
        return census;
    }

    /** Whether it may be taken again without counting most of the time. */
    boolean isRested() {
        var known = latest;
        return known == null || !isYounger(known, cost.multipliedBy(REST));
    }

    private boolean isFresh(Census census) {
        return isYounger(census, FRESH.plus(cost.multipliedBy(REST)));
    }

    private boolean isYounger(Census census, Duration than) {
        var age = Duration.between(census.at(), clock.instant());
        return !age.isNegative() && age.compareTo(than) < 0;
    }
}
