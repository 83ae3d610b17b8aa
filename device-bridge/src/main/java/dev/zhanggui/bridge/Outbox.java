package dev.zhanggui.bridge;

import dev.zhanggui.bridge.portal.PortalLink;
import dev.zhanggui.bridge.portal.PortalUnavailableException;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Presence;
import dev.zhanggui.wire.Report;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Everything that goes up to the portal, in order of arrival. A batch is whatever has gathered while the one before was under way: no
 * artificial delay when quiet, large batches when busy. A batch is repeated until the portal has taken it; only then are its
 * entries complete, and their senders acknowledged.
 *
 * <p>Each entry belongs to the life of this bridge in which it was heard. When that is over for the portal, the terminal may have
 * been elsewhere meanwhile and said something newer: what was heard before is dropped, and its sender has to say again what is true.
 */
@Component
public class Outbox {

    /** Beyond this many waiting entries terminals are told to send again later; the bridge never runs out of memory. */
    private static final int CAPACITY = 100_000;

    private static final int BATCH = 500;

    private sealed interface Entry {
        record OfBirth(Birth birth) implements Entry {}

        record OfReport(Report report) implements Entry {}

        record OfPresence(Presence presence) implements Entry {}

        record OfDelivery(Link.Delivery delivery) implements Entry {}
    }

    /** @param fence of the life in which it was heard; null before the first */
    private record Waiting(Entry entry, @Nullable Long fence, CompletableFuture<Void> taken) {}

    /** The outbox is full; try again. */
    public static final class FullException extends RuntimeException {}

    /** It was heard in a life that is over; its sender should begin anew. */
    public static final class OutdatedException extends RuntimeException {}

    private final PortalLink portal;
    private final String bridge;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Backoff backoff;
    private final Timer round;
    private final Counter outdated;
    private final DistributionSummary batchSize;

    public Outbox(PortalLink portal, BridgeProperties properties, MeterRegistry meters, RandomGenerator random) {
        this.portal = portal;
        this.bridge = properties.name();
        this.backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), random);
        this.round = meters.timer("zhanggui.bridge.reports.round");
        this.outdated = meters.counter("zhanggui.bridge.reports.outdated");
        this.batchSize = meters.summary("zhanggui.bridge.reports.batch");
        meters.gaugeCollectionSize("zhanggui.bridge.outbox", List.of(), queue);
    }

    public CompletableFuture<Void> birth(Birth birth) {
        return add(new Entry.OfBirth(birth));
    }

    public CompletableFuture<Void> report(Report report) {
        return add(new Entry.OfReport(report));
    }

    public CompletableFuture<Void> presence(Presence presence) {
        return add(new Entry.OfPresence(presence));
    }

    public CompletableFuture<Void> delivery(Link.Delivery delivery) {
        return add(new Entry.OfDelivery(delivery));
    }

    /** How much waits. */
    int size() {
        return queue.size();
    }

    /**
     * Runs until {@link #stop()}, and then until all is posted or the portal does not answer; {@code work} gets the manifests that
     * answer births.
     */
    void run(Consumer<List<Link.WorkItem>> work) {
        List<Waiting> batch = new ArrayList<>(BATCH);
        try {
            while (true) {
                boolean stopping = stop.getCount() == 0;
                Waiting first = queue.poll(stopping ? 0 : 500, TimeUnit.MILLISECONDS);
                if (first == null) {
                    if (stopping) {
                        return;
                    }
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
                if (!post(batch, work)) {
                    return;
                }
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stop.countDown();
    }

    private boolean post(List<Waiting> batch, Consumer<List<Link.WorkItem>> work) throws InterruptedException {
        batchSize.record(batch.size());
        while (true) {
            Long fence = portal.fence();
            dropOutdated(batch, fence);
            if (batch.isEmpty()) {
                return true;
            }
            Link.Reports reports = asReports(batch, fence);
            long start = System.nanoTime();
            try {
                Link.ReportsAnswer answer = portal.reports(reports);
                round.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                backoff.reset();
                batch.forEach(waiting -> waiting.taken().complete(null));
                work.accept(answer.work());
                return true;
            } catch (PortalUnavailableException e) {
                if (stop.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
        }
    }

    private void dropOutdated(List<Waiting> batch, @Nullable Long fence) {
        batch.removeIf(waiting -> {
            boolean over = waiting.fence() != null && !waiting.fence().equals(fence);
            if (over) {
                outdated.increment();
                waiting.taken().completeExceptionally(new OutdatedException());
            }
            return over;
        });
    }

    private Link.Reports asReports(List<Waiting> batch, @Nullable Long fence) {
        List<Birth> births = new ArrayList<>();
        List<Report> reports = new ArrayList<>();
        List<Presence> presences = new ArrayList<>();
        List<Link.Delivery> deliveries = new ArrayList<>();
        for (Waiting waiting : batch) {
            switch (waiting.entry()) {
                case Entry.OfBirth(Birth birth) -> births.add(birth);
                case Entry.OfReport(Report report) -> reports.add(report);
                case Entry.OfPresence(Presence presence) -> presences.add(presence);
                case Entry.OfDelivery(Link.Delivery delivery) -> deliveries.add(delivery);
            }
        }
        return new Link.Reports(bridge, births, reports, presences, deliveries, fence);
    }

    private CompletableFuture<Void> add(Entry entry) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        if (!queue.offer(new Waiting(entry, portal.fence(), taken))) {
            taken.completeExceptionally(new FullException());
        }
        return taken;
    }
}
