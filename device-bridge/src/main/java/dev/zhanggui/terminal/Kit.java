package dev.zhanggui.terminal;

import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import dev.zhanggui.terminal.store.Memories;
import io.reactivex.schedulers.Schedulers;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * What all terminals of a process share: none of them has a thread, a timer thread or a connection pool of its own.
 *
 * @param provisionUrl base address of the bridge
 * @param clock true time; a terminal's own clock may be off it
 * @param shared runs the terminals' steps
 * @param mqtt event loops of all connections, and where what arrives on them is handed over
 * @param keepAlive after how long a silent connection is tried
 * @param answers how long the broker may take to answer a connect and a subscription
 * @param firstPause bound of the random time before the first new attempt; it doubles with each further one
 * @param soak how long a configuration must run before it counts as good
 * @param certificates what its terminals do about them
 */
record Kit(
        Memories memories,
        URI provisionUrl,
        Clock clock,
        SecureRandom random,
        Calls calls,
        Executor shared,
        ScheduledExecutorService timer,
        MqttClientExecutorConfig mqtt,
        Duration keepAlive,
        Duration answers,
        Duration firstPause,
        Duration soak,
        CertificateUse certificates)
        implements AutoCloseable {

    /** Long enough for a crash loop to show, short enough that a busy shop is rarely in it. */
    static final Duration SOAK = Duration.ofMinutes(10);

    private static final Duration ANSWERS = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(400);

    /** A step may wait for the disk: it never does so on an event loop. */
    static Kit inFolder(Path folder, URI provisionUrl, Clock clock, Duration soak, CertificateUse certificates) {
        return new Kit(
                Memories.inFolder(folder),
                provisionUrl,
                clock,
                new SecureRandom(),
                new Calls(),
                Executors.newFixedThreadPool(
                        Math.max(2, Runtime.getRuntime().availableProcessors()),
                        Thread.ofPlatform().name("terminals-", 0).daemon().factory()),
                timers(),
                MqttClientExecutorConfig.builder().build(),
                Duration.ofSeconds(20),
                ANSWERS,
                FIRST_PAUSE,
                soak,
                certificates);
    }

    /** No step waits for anything: it runs at once, on the event loop on which its cause arrived. Tokens, not certificates. */
    static Kit inProcess(URI provisionUrl, Clock clock, Duration soak, int journalBytes) {
        return new Kit(
                Memories.inProcess(journalBytes),
                provisionUrl,
                clock,
                new SecureRandom(),
                new Calls(),
                Runnable::run,
                timers(),
                MqttClientExecutorConfig.builder()
                        .nettyThreads(Math.max(2, Runtime.getRuntime().availableProcessors()))
                        .applicationScheduler(Schedulers.from(Runnable::run))
                        .build(),
                Duration.ofMinutes(1),
                ANSWERS,
                FIRST_PAUSE,
                soak,
                CertificateUse.NONE);
    }

    /** The same with less patience, for who has not the time of a real terminal. */
    Kit impatient(Duration aliveEvery, Duration answersWithin, Duration pause) {
        return new Kit(
                memories,
                provisionUrl,
                clock,
                random,
                calls,
                shared,
                timer,
                mqtt,
                aliveEvery,
                answersWithin,
                pause,
                soak,
                certificates);
    }

    /** Steps that were begun are ended: orderly stops are written down. */
    @Override
    public void close() {
        timer.shutdownNow();
        if (shared instanceof ExecutorService threads) {
            threads.close();
        }
    }

    private static ScheduledExecutorService timers() {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("terminal-timer").daemon().factory());
        // Each activation sets its timers anew: what was cancelled must not wait for its hour.
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }
}
