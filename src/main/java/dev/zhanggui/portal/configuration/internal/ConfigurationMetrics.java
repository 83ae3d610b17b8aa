package dev.zhanggui.portal.configuration.internal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What an operator watches: how long edits take, how much waits, what is refused. */
@Component
class ConfigurationMetrics {

    private static final List<String> STATES = List.of("in_step", "sending", "offline", "rejected");

    private final MeterRegistry registry;
    private final ConfigurationRows terminals;
    private final DirtyScopes dirty;
    private final Timer lag;
    private final Map<String, Integer> byState = new ConcurrentHashMap<>();
    private volatile int marks;

    ConfigurationMetrics(MeterRegistry registry, ConfigurationRows terminals, DirtyScopes dirty) {
        this.registry = registry;
        this.terminals = terminals;
        this.dirty = dirty;
        lag = Timer.builder("zhanggui.configuration.edit.to.applied")
                .description("From an edit to the terminal's proof that it runs it")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofMinutes(5))
                .register(registry);
        STATES.forEach(state -> Gauge.builder("zhanggui.configuration.terminals", () -> byState.getOrDefault(state, 0))
                .description("Bound terminals by what they are doing")
                .tag("state", state)
                .register(registry));
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
        var counted = terminals.countByState();
        STATES.forEach(state -> byState.put(state, counted.getOrDefault(state, 0)));
        marks = dirty.count();
    }
}
