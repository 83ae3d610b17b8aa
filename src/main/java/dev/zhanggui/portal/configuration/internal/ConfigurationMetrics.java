package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.Fleet;
import dev.zhanggui.portal.configuration.FleetCounted;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What an operator watches: how long edits take, how much waits, what is refused. */
@Component
class ConfigurationMetrics {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private record Count(Instant at, Map<Fleet.State, Integer> byState) {}

    private final MeterRegistry registry;
    private final FleetCensus census;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final Timer lag;
    /** The newest first; the last one is at least a minute older than the first, or the first of this process. */
    private final Deque<Count> counts = new ConcurrentLinkedDeque<>();

    private volatile int marks;

    ConfigurationMetrics(MeterRegistry registry, FleetCensus census, Clock clock, ApplicationEventPublisher events) {
        this.registry = registry;
        this.census = census;
        this.clock = clock;
        this.events = events;
        lag = Timer.builder("zhanggui.configuration.edit.to.applied")
                .description("From an edit to the terminal's proof that it runs it")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofMinutes(5))
                .register(registry);
        for (var state : Fleet.State.values()) {
            Gauge.builder("zhanggui.configuration.terminals", () -> now(state))
                    .description("Bound terminals by what they are doing")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("zhanggui.configuration.dirty", () -> marks)
                .description("Edits that are not compiled yet")
                .register(registry);
    }

    void applied(Duration editToApplied) {
        lag.record(editToApplied.isNegative() ? Duration.ZERO : editToApplied);
    }

    void rejected(int code) {
        registry.counter("zhanggui.configuration.rejects", "code", Integer.toString(code))
                .increment();
    }

    @Scheduled(fixedDelayString = "${zhanggui.configuration.gauges:10s}")
    void count() {
        if (!census.isRested()) {
            return;
        }
        var now = clock.instant();
        var counted = census.take();
        counts.addFirst(new Count(now, counted.byState()));
        var old = now.minus(MINUTE);
        while (counts.size() > 1
                && counts.stream().skip(1).filter(it -> !it.at().isAfter(old)).count() > 1) {
            counts.removeLast();
        }
        marks = counted.waitingEdits();
        events.publishEvent(new FleetCounted());
    }

    /** Empty in the first minute. */
    Map<Fleet.State, Integer> minuteAgo() {
        var old = clock.instant().minus(MINUTE);
        return counts.stream()
                .filter(it -> !it.at().isAfter(old))
                .findFirst()
                .map(Count::byState)
                .orElse(Map.of());
    }

    private int now(Fleet.State state) {
        var newest = counts.peekFirst();
        return newest == null ? 0 : newest.byState().getOrDefault(state, 0);
    }
}
