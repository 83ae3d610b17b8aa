package dev.zhanggui.terminal;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all terminals of a process share.
 *
 * @param folder of the terminals' state folders
 * @param provisionUrl base address of the bridge
 * @param clock true time; a terminal's own clock may be off it
 * @param shared threads for the terminals' steps
 * @param soak how long a configuration must run before it counts as good
 */
record Kit(
        Path folder,
        URI provisionUrl,
        Clock clock,
        SecureRandom random,
        HttpClient http,
        Executor shared,
        ScheduledExecutorService timer,
        Duration soak) {

    /** Long enough for a crash loop to show, short enough that a busy shop is rarely in it. */
    static final Duration SOAK = Duration.ofMinutes(10);
}
