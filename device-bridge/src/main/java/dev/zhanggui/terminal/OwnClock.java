package dev.zhanggui.terminal;

import dev.zhanggui.terminal.trust.StrictJson;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JacksonException;

/** A terminal's own clock, which may be years off, and what the network's says about it. */
final class OwnClock {

    private static final Duration TOLERANCE = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Device device;
    private Duration ahead = Duration.ZERO;
    private boolean told;

    private record NetworkTime(Instant at) {}

    OwnClock(Device device) {
        this.device = device;
    }

    /** What the network said is forgotten. */
    void booted() {
        ahead = Duration.ZERO;
        told = false;
    }

    /** Its own time, unless the network's is known to be far from it. */
    Instant now() {
        return off() ? own().minus(ahead) : own();
    }

    /** How far it is ahead of the network's, 0 when in step. */
    long secondsAhead() {
        return off() ? ahead.toSeconds() : 0;
    }

    /** Whether the network has said since power came what time it is: a line that comes and goes is no reason to ask again. */
    boolean told() {
        return told;
    }

    /** Asks the network; {@code then} runs on the terminal's loop when there was an answer. */
    void ask(Runnable then) {
        if (device.faults().network()) {
            return;
        }
        URI time = device.kit().provisionUrl().resolve("/provision/v1/time");
        device.kit()
                .calls()
                .send(HttpRequest.newBuilder(time).timeout(PATIENCE).build())
                .whenCompleteAsync(
                        (response, failure) -> {
                            if (failure != null || response.statusCode() != 200) {
                                return;
                            }
                            try {
                                Instant network = StrictJson.read(response.body(), NetworkTime.class)
                                        .at();
                                ahead = Duration.between(network, own());
                                told = true;
                            } catch (JacksonException e) {
                                return;
                            }
                            then.run();
                        },
                        device.loop());
    }

    private boolean off() {
        return ahead.abs().compareTo(TOLERANCE) > 0;
    }

    private Instant own() {
        // Years as days: an Instant knows no years.
        return device.kit()
                .clock()
                .instant()
                .plus(Math.round(device.faults().clockYears() * 365.2425), ChronoUnit.DAYS);
    }
}
