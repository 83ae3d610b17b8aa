package dev.zhanggui.bridge;

import dev.zhanggui.bridge.broker.MessageBroker;
import dev.zhanggui.bridge.broker.Terminals;
import dev.zhanggui.bridge.portal.PortalLink;
import dev.zhanggui.bridge.portal.PortalUnavailableException;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Presence;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Status;
import dev.zhanggui.wire.Topics.Channel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * The two ways through the bridge.
 *
 * <pre>
 * down: portal ── work (long poll) ──→ publish m ──→ terminal       each hand-out answered by a Delivery
 * up:   terminal ── s, p ──→ {@link Outbox} ── reports ──→ portal   acknowledged to the terminal after the portal's answer
 *       terminal ── q ──→ documents (portal) ──→ publish a
 * </pre>
 */
@Component
public class Bridge implements SmartLifecycle, Terminals {

    private static final Logger log = LoggerFactory.getLogger(Bridge.class);
    private static final int WORK_BATCH = 500;
    private static final Duration LONG_POLL = Duration.ofSeconds(25);

    /** How long what the outbox holds may take when the bridge stops. */
    private static final Duration LAST_POSTS = Duration.ofSeconds(3);

    /** In this time each connected terminal is told of once more. */
    private static final Duration REMINDED_EVERY = Duration.ofMinutes(5);

    private static final int OUTBOX_BUSY = 5_000;

    private final PortalLink portal;
    private final MessageBroker broker;
    private final Credentials credentials;
    private final Outbox outbox;
    private final Clock clock;
    private final Backoff backoff;
    private final DocumentDesk documents;
    private final ConcurrentMap<String, String> bootIds = new ConcurrentHashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Counter published;
    private final Counter absent;
    private final Counter unreadable;
    private volatile boolean running;
    /** Until the last word is said. */
    private volatile boolean unfinished;

    private final AtomicReference<Serving> serving = new AtomicReference<>(Serving.ALL);
    private volatile @Nullable Future<?> posting;

    /**
     * Whom it serves.
     *
     * <pre>ALL ──drain──→ THOSE_STILL_HERE ──the last has gone──→ NOBODY</pre>
     */
    public enum Serving {
        ALL,
        THOSE_STILL_HERE,
        NOBODY
    }

    public Bridge(
            PortalLink portal,
            MessageBroker broker,
            Credentials credentials,
            Outbox outbox,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        this.portal = portal;
        this.broker = broker;
        this.credentials = credentials;
        this.outbox = outbox;
        this.clock = clock;
        this.documents = new DocumentDesk(portal::documents, clock);
        this.backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), random);
        this.published = meters.counter("zhanggui.bridge.manifests", "outcome", "published");
        this.absent = meters.counter("zhanggui.bridge.manifests", "outcome", "absent");
        this.unreadable = meters.counter("zhanggui.bridge.messages.unreadable");
        meters.gauge("zhanggui.bridge.terminals.connected", broker, MessageBroker::connected);
    }

    @Override
    public void start() {
        broker.start(this);
        running = true;
        unfinished = true;
        posting = threads.submit(guarded("outbox", () -> outbox.run(this::publish)));
        threads.submit(guarded("work", this::work));
        if (knowsConnections()) {
            threads.submit(guarded("reminder", this::remind));
        }
    }

    /**
     * In order: nothing more is taken from the portal, the terminals go elsewhere, what they said is posted, and the portal learns at once
     * that what this bridge held is free.
     */
    @Override
    public synchronized void stop() {
        if (!running) {
            return;
        }
        running = false;
        stop.countDown();
        broker.close();
        outbox.stop();
        try {
            Future<?> last = posting;
            if (last != null) {
                last.get(LAST_POSTS.toMillis(), TimeUnit.MILLISECONDS);
            }
            portal.leave();
        } catch (ExecutionException | TimeoutException | PortalUnavailableException e) {
            log.info("Stopped without a last word: {}", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        unfinished = false;
    }

    @Override
    public boolean isRunning() {
        return unfinished;
    }

    /**
     * Before a restart: lets no more terminals in, and those that are here go one after the other, so that whoever serves them next does not meet
     * them all at once. Whoever is still here is served. When the last has gone it stops as {@link #stop} says. Returns at once; whoever
     * asks a second time changes nothing.
     *
     * @param over how long the last one stays
     */
    public void drain(Duration over) {
        if (serving.compareAndSet(Serving.ALL, Serving.THOSE_STILL_HERE)) {
            log.info("Draining: {} terminals within {}", broker.connected(), over);
            // Not on the threads that stopping ends.
            Thread.ofVirtual().name("drain").start(() -> {
                letGo(over);
                stop();
                log.info("Drained: it may be restarted");
            });
        }
    }

    public Serving serving() {
        return running ? serving.get() : Serving.NOBODY;
    }

    /** Those of a foreign broker stay where they are; another bridge takes their shards over. */
    private void letGo(Duration over) {
        List<String> here = List.copyOf(bootIds.keySet());
        long start = System.nanoTime();
        try {
            for (int gone = 0; gone < here.size(); gone++) {
                long due = over.toNanos() * gone / here.size();
                if (stop.await(start + due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return;
                }
                broker.disconnect(here.get(gone));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        boolean greeted = false;
        while (running) {
            try {
                if (!greeted) {
                    greet();
                    greeted = true;
                }
                Link.WorkAnswer answer = portal.work(WORK_BATCH, LONG_POLL);
                backoff.reset();
                broker.listenTo(answer.shards());
                answer.revoked().forEach(this::revoke);
                credentials.upToDate();
                publish(answer.items());
            } catch (PortalUnavailableException e) {
                greeted = false;
                if (pause()) {
                    return;
                }
            }
        }
    }

    /** A portal that counts a new life has forgotten who is connected here: it is told again. */
    private void greet() throws PortalUnavailableException {
        Long before = portal.fence();
        Link.HelloAnswer answer = portal.hello(version());
        broker.listenTo(answer.shards());
        if (before != null && !before.equals(answer.fence()) && knowsConnections()) {
            log.info("A new life for the portal: {} connected terminals are told of", bootIds.size());
            bootIds.keySet().forEach(this::isHere);
        }
    }

    /**
     * Tells of every connected terminal again, slowly and all the time: should the portal ever believe one away that is here, such as after
     * a word that came late through another bridge, it learns better.
     */
    private void remind() {
        Iterator<String> round = Collections.emptyIterator();
        double due = 0;
        try {
            while (!stop.await(1, TimeUnit.SECONDS)) {
                due += (double) bootIds.size() / REMINDED_EVERY.toSeconds();
                for (; due >= 1 && outbox.size() < OUTBOX_BUSY; due--) {
                    if (!round.hasNext()) {
                        round = bootIds.keySet().iterator();
                    }
                    if (round.hasNext()) {
                        isHere(round.next());
                    }
                }
                due = Math.min(due, bootIds.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A foreign broker tells of wills, not of connections. */
    private boolean knowsConnections() {
        return broker.connected() >= 0;
    }

    private void remember(String tid, String bootId) {
        if (knowsConnections()) {
            bootIds.put(tid, bootId);
        }
    }

    private boolean pause() {
        try {
            return stop.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Stops first, then merchants' edits, then the rest; within a lane in the portal's order. */
    private void publish(List<Link.WorkItem> items) {
        items.stream()
                .sorted(Comparator.comparing(Link.WorkItem::lane))
                .forEach(item -> broker.publish(
                                item.tid(), Channel.MANIFEST, item.manifest().getBytes(StandardCharsets.US_ASCII))
                        .exceptionally(failure -> false)
                        .thenAccept(connected -> {
                            (connected ? published : absent).increment();
                            outbox.delivery(new Link.Delivery(item.tid(), item.token(), connected, clock.instant()));
                            log.debug(
                                    "Manifest {}/{} of {} {}",
                                    item.epoch(),
                                    item.gen(),
                                    item.tid(),
                                    connected ? "published" : "kept, the terminal is not connected");
                        }));
    }

    /** Whatever is remembered of it: a terminal may be connected that was let in by a yes of before, or be about to connect. */
    private void revoke(String tid) {
        credentials.withdraw(tid);
        broker.disconnect(tid);
        log.debug("Credential of {} withdrawn", tid);
    }

    @Override
    public CompletableFuture<Admission> admit(Link.Credential credential) {
        if (serving() != Serving.ALL) {
            return CompletableFuture.completedFuture(Admission.ASK_LATER);
        }
        return credentials.admit(credential).thenApply(admission -> {
            if (admission != Admission.ADMITTED) {
                log.info("Terminal {} not let in: {}", credential.tid(), admission);
            }
            return admission;
        });
    }

    @Override
    public boolean admitted(Link.Credential credential) {
        return credentials.stands(credential);
    }

    @Override
    public CompletableFuture<Void> received(String tid, Channel channel, byte[] payload) {
        try {
            return switch (channel) {
                case STATUS -> status(tid, read(payload, Status.class));
                case PRESENCE -> presence(tid, read(payload, Presence.class));
                case QUERY -> query(tid, read(payload, Query.class));
                case MANIFEST, ANSWER -> drop(tid, channel, "this channel runs down");
            };
        } catch (JacksonException e) {
            return drop(tid, channel, "not readable");
        }
    }

    /** {@code null} is JSON, and no message. */
    private static <T> T read(byte[] payload, Class<T> type) {
        T message = PortalLink.JSON.readValue(payload, type);
        if (message == null) {
            throw MismatchedInputException.from((JsonParser) null, type, "null");
        }
        return message;
    }

    private CompletableFuture<Void> status(String tid, Status status) {
        Birth birth = status.birth();
        Report report = status.report();
        if (!status.tid().equals(tid)) {
            return drop(tid, Channel.STATUS, "speaks for another terminal");
        }
        if (birth != null) {
            remember(tid, birth.bootId());
            return outbox.birth(birth);
        }
        return report == null ? drop(tid, Channel.STATUS, "empty") : outbox.report(report);
    }

    private CompletableFuture<Void> presence(String tid, Presence presence) {
        if (!presence.tid().equals(tid)) {
            return drop(tid, Channel.PRESENCE, "speaks for another terminal");
        }
        remember(tid, presence.bootId());
        return outbox.presence(presence);
    }

    /** Answered beside, not before the acknowledgement: a terminal that gets no answer asks again. */
    private CompletableFuture<Void> query(String tid, Query query) {
        if (!query.tid().equals(tid)) {
            return drop(tid, Channel.QUERY, "speaks for another terminal");
        }
        threads.submit(() -> {
            try {
                for (Answer answer : documents.answers(query)) {
                    broker.publish(tid, Channel.ANSWER, PortalLink.JSON.writeValueAsBytes(answer));
                }
            } catch (PortalUnavailableException e) {
                log.debug("Documents for {} must wait", tid);
            }
        });
        return CompletableFuture.completedFuture(null);
    }

    /** Acknowledged all the same: sent again it would be no better. */
    private CompletableFuture<Void> drop(String tid, Channel channel, String why) {
        unreadable.increment();
        log.warn("Message of {} on {} dropped: {}", tid, channel, why);
        return CompletableFuture.completedFuture(null);
    }

    /** Within the map's hold of the key, as {@link #gone}: the word that it left cannot be overtaken by one that it is here. */
    private void isHere(String tid) {
        bootIds.computeIfPresent(tid, (key, bootId) -> {
            outbox.presence(new Presence(tid, true, bootId));
            return bootId;
        });
    }

    /** One that was sent elsewhere is not away: where it comes to, its birth tells. */
    @Override
    public void gone(String tid) {
        bootIds.computeIfPresent(tid, (key, bootId) -> {
            if (serving() == Serving.ALL) {
                outbox.presence(new Presence(tid, false, bootId));
            }
            return null;
        });
    }

    private static Runnable guarded(String name, Runnable loop) {
        return () -> {
            Thread.currentThread().setName(name);
            try {
                loop.run();
            } catch (RuntimeException | Error e) {
                log.error("Loop {} ended by a defect; restart the bridge", name, e);
                throw e;
            }
        };
    }

    static String version() {
        @Nullable String version = Bridge.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
