package dev.zhanggui.portal.webhook.internal;

import dev.zhanggui.portal.webhook.Attempt;
import dev.zhanggui.portal.webhook.DeliveryChanged;
import dev.zhanggui.portal.webhook.Endpoint;
import dev.zhanggui.portal.webhook.EventType;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes the deliveries that are due, each on a thread of its own. An endpoint gets a few of this process's slots and, while it
 * fails, one: who is slow or dead waits alone.
 */
@Component
class Courier {

    /** So many endpoints are looked at in one round; the longest waiting first. */
    private static final int ENDPOINTS_AT_ONCE = 1_000;

    /** Longer than the slowest name server and the slowest receiver together. */
    static final Duration LEASE = Duration.ofMinutes(1);

    /** Nothing arrived for so long: the endpoint is stopped. */
    static final Duration FAILING_MOST = Duration.ofDays(5);

    /** One that was quiet for days is not judged by its first stumble: a delivery must have failed for twelve minutes. */
    private static final int FAILED_ATTEMPTS_LEAST = 5;

    private static final int GONE = 410;

    private static final int RECORD_MOST = 6;

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final EndpointRows endpoints;
    private final DeliveryRows deliveries;
    private final Sender sender;
    private final EndpointStops stops;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transaction;
    private final Clock clock;

    private final Slots slots = new Slots();
    private volatile Runnable onFree = () -> {};

    Courier(
            EndpointRows endpoints,
            DeliveryRows deliveries,
            Sender sender,
            EndpointStops stops,
            ApplicationEventPublisher events,
            TransactionOperations transaction,
            Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.sender = sender;
        this.stops = stops;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param action called whenever a delivery is done with */
    void onFree(Runnable action) {
        onFree = action;
    }

    /** Starts what is due and finds a slot; says how many it started. Only one thread may be in here. */
    int startDue() {
        int started = 0;
        for (var id : deliveries.withDue(clock.instant(), slots.full(), ENDPOINTS_AT_ONCE)) {
            var endpoint = endpoints.find(id);
            boolean failing = endpoint.filter(it -> it.failingSince() != null).isPresent();
            int free = slots.free(id, failing);
            if (free == 0) {
                continue;
            }
            for (var claim : deliveries.claim(id, free, clock.instant(), LEASE)) {
                slots.take(id, failing);
                started++;
                Thread.ofVirtual().name("webhook-" + claim.publicId()).start(() -> work(claim, endpoint));
            }
        }
        return started;
    }

    private void work(DeliveryRows.Claimed claim, Optional<Endpoint> endpoint) {
        try {
            deliver(claim, endpoint);
        } catch (RuntimeException e) {
            LOG.warn("Delivery {} was not recorded; it comes again after its lease", claim.publicId(), e);
        } finally {
            slots.giveBack(claim.endpoint());
            onFree.run();
        }
    }

    private void deliver(DeliveryRows.Claimed claim, Optional<Endpoint> receiver) {
        var active = receiver.filter(Endpoint::isActive);
        if (active.isEmpty()) {
            // It was stopped or deleted while the event was being written.
            deliveries.stopAll(claim.endpoint(), clock.instant());
            return;
        }
        var endpoint = active.get();
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        long began = System.nanoTime();
        var answer = send(claim, endpoint, at);
        var took = Duration.ofNanos(System.nanoTime() - began);
        record(() -> {
            switch (answer) {
                case Sender.Answer.Said said ->
                    said(claim, endpoint, said, new Attempt(at, took, said.status(), null, said.text()));
                case Sender.Answer.Nothing(var error) ->
                    failed(claim, endpoint, null, new Attempt(at, took, null, error, null));
            }
            events.publishEvent(new DeliveryChanged(endpoint.merchantId(), endpoint.id()));
        });
    }

    /** The row may be in the way of another's statement for a moment; the database then undoes one of the two. */
    private void record(Runnable what) {
        for (int attempt = 1; ; attempt++) {
            try {
                transaction.executeWithoutResult(status -> what.run());
                return;
            } catch (TransientDataAccessException e) {
                if (attempt == RECORD_MOST) {
                    throw e;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current()
                        .nextLong(Duration.ofMillis(5L << attempt).toNanos()));
            }
        }
    }

    private Sender.Answer send(DeliveryRows.Claimed claim, Endpoint endpoint, Instant at) {
        var signature = Secret.sign(endpoints.secrets(endpoint.id(), at), claim.publicId(), at, claim.payload());
        try {
            return sender.send(
                    new Sender.Message(URI.create(endpoint.url()), claim.publicId(), at, signature, claim.payload()));
        } catch (RuntimeException e) {
            LOG.error("Sending {} broke", claim.publicId(), e);
            return new Sender.Answer.Nothing(Attempt.Error.BROKEN_OFF);
        }
    }

    private void said(DeliveryRows.Claimed claim, Endpoint endpoint, Sender.Answer.Said said, Attempt attempt) {
        if (attempt.arrived()) {
            deliveries.insert(claim.id(), attempt);
            deliveries.delivered(claim, clock.instant());
            if (endpoint.failingSince() != null) {
                endpoints.arrived(endpoint.id());
            }
        } else if (said.status() == GONE) {
            deliveries.insert(claim.id(), attempt);
            deliveries.givenUp(claim, clock.instant());
            stops.stop(endpoint, Endpoint.StopReason.GONE);
        } else {
            failed(claim, endpoint, said.retryAfter(), attempt);
        }
    }

    private void failed(DeliveryRows.Claimed claim, Endpoint endpoint, @Nullable Duration askedFor, Attempt attempt) {
        deliveries.insert(claim.id(), attempt);
        var now = clock.instant();
        int failed = claim.attempts() + 1;
        if (claim.type() == EventType.PING) {
            // A try is for the person who waits for it.
            deliveries.givenUp(claim, now);
            return;
        }
        var since = endpoint.failingSince();
        if (since == null) {
            endpoints.failing(endpoint.id(), now);
        } else if (failed >= FAILED_ATTEMPTS_LEAST && !now.isBefore(since.plus(FAILING_MOST))) {
            deliveries.givenUp(claim, now);
            stops.stop(endpoint, Endpoint.StopReason.FAILING);
            return;
        }
        Backoff.next(
                        failed,
                        claim.roundAt(),
                        now,
                        askedFor,
                        ThreadLocalRandom.current().nextDouble())
                .ifPresentOrElse(due -> deliveries.later(claim, due), () -> deliveries.givenUp(claim, now));
    }

    /** Waits until nothing is under way; false when that takes longer. */
    boolean awaitIdle(Duration most) throws InterruptedException {
        return slots.awaitIdle(most);
    }
}
