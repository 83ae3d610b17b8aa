package dev.zhanggui.bridge.portal;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Whether the portal answers, since when; one log line per change, not per try. */
@Component
public class LinkState {

    private static final Logger log = LoggerFactory.getLogger(LinkState.class);

    /** @param problem null while the link is up */
    public record Snapshot(
            boolean up, Instant since, @Nullable String problem) {}

    private final Clock clock;
    private Snapshot now;

    public LinkState(Clock clock) {
        this.clock = clock;
        this.now = new Snapshot(false, clock.instant(), "not yet tried");
    }

    public synchronized Snapshot snapshot() {
        return now;
    }

    synchronized void up() {
        if (!now.up()) {
            now = new Snapshot(true, clock.instant(), null);
            log.info("Link to the portal is up");
        }
    }

    synchronized void down(String problem) {
        if (now.up() || !problem.equals(now.problem())) {
            now = new Snapshot(false, now.up() ? clock.instant() : now.since(), problem);
            log.warn("Link to the portal is down, trying on: {}", problem);
        }
    }
}
