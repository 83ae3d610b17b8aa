package dev.zhanggui.portal.acceptance.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets each source do so many things in a while. Generous, because whole districts share one address behind a carrier; in memory,
 * because it only has to be a nuisance to a script. Knows at most {@link #SOURCES_MOST} sources and forgets the longest unseen.
 */
public final class SourceThrottle {

    private static final int SOURCES_MOST = 20_000;

    private final int most;
    private final Duration window;
    private final Clock clock;
    private final Map<String, ArrayDeque<Instant>> sources = new LinkedHashMap<>(16, 0.75f, true);

    public SourceThrottle(int most, Duration window, Clock clock) {
        this.most = most;
        this.window = window;
        this.clock = clock;
    }

    /** Counts one more; when the source may come again if it was one too many, which is not counted. */
    public synchronized Optional<Duration> full(String source) {
        var now = clock.instant();
        var times = sources.computeIfAbsent(source, it -> new ArrayDeque<>());
        while (!times.isEmpty() && !times.getFirst().plus(window).isAfter(now)) {
            times.removeFirst();
        }
        if (times.size() >= most) {
            return Optional.of(Duration.between(now, times.getFirst().plus(window)));
        }
        times.addLast(now);
        if (sources.size() > SOURCES_MOST) {
            sources.remove(sources.keySet().iterator().next());
        }
        return Optional.empty();
    }
}
