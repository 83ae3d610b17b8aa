package dev.zhanggui.portal.webhook.internal;

import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.webhook.SampleReceived;
import dev.zhanggui.portal.webhook.SampleReceiver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Knows every endpoint's secret, so that whoever points an endpoint here in the demo sees it verified. */
@Service
class MemoryReceiver implements SampleReceiver {

    private static final Duration APART_MOST = Duration.ofMinutes(5);
    private static final int HEADER_MOST = 200;

    private final boolean demo;
    private final EndpointRows endpoints;
    private final DeliveryRows deliveries;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Deque<Received> received = new ArrayDeque<>();

    MemoryReceiver(
            @Value("${zhanggui.demo}") boolean demo,
            EndpointRows endpoints,
            DeliveryRows deliveries,
            ApplicationEventPublisher events,
            Clock clock) {
        this.demo = demo;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Verdict take(Signature signature, String body) {
        here();
        var now = clock.instant();
        var verdict = verdict(signature, body, now);
        var id = signature.id();
        synchronized (received) {
            received.addFirst(
                    new Received(now, id.length() > HEADER_MOST ? id.substring(0, HEADER_MOST) : id, verdict, body));
            while (received.size() > KEPT) {
                received.removeLast();
            }
        }
        events.publishEvent(new SampleReceived());
        return verdict;
    }

    private Verdict verdict(Signature signature, String body, Instant now) {
        if (signature.id().isEmpty()
                || signature.signature().isEmpty()
                || !signature.timestamp().matches("\\d{1,10}")) {
            return Verdict.NOT_SIGNED;
        }
        var at = Instant.ofEpochSecond(Long.parseLong(signature.timestamp()));
        boolean genuine = deliveries
                .find(signature.id())
                .map(it -> endpoints.secrets(it.endpoint(), now))
                .filter(secrets -> Secret.isSigned(secrets, signature.id(), at, body, signature.signature()))
                .isPresent();
        if (!genuine) {
            return Verdict.WRONG_SIGNATURE;
        }
        return Duration.between(at, now).abs().compareTo(APART_MOST) > 0 ? Verdict.TOO_OLD : Verdict.GENUINE;
    }

    @Override
    public List<Received> latest() {
        here();
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    private void here() {
        if (!demo) {
            throw new NotFoundException("sample receiver");
        }
    }
}
