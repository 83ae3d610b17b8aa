package dev.zhanggui.portal.webhook.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhanggui.portal.acceptance.CollectionRefused;
import dev.zhanggui.portal.acceptance.CollectionSucceeded;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.qrcode.CodeRevoked;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.webhook.DeliveryChanged;
import dev.zhanggui.portal.webhook.Endpoint;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.internal.DeliveryRows.Subject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes each event down for each endpoint that wants it, in the transaction of the event itself: what happened is told, and what
 * was rolled back is not. Payloads carry public ids and no word that a person typed.
 */
@Component
class EventRecorder {

    private static final Actor SELF = Actor.system("webhook");
    private static final String CURRENCY = "CNY";

    private final EndpointRows endpoints;
    private final DeliveryRows deliveries;
    private final Merchants merchants;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.shared();

    EventRecorder(
            EndpointRows endpoints,
            DeliveryRows deliveries,
            Merchants merchants,
            ApplicationEventPublisher events,
            Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.merchants = merchants;
        this.events = events;
        this.clock = clock;
    }

    record Envelope(String type, String timestamp, Object data) {}

    /** @param number null for codes that are no plates */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RevokedData(String qrCode, @Nullable String number, String store, String reason) {}

    record SucceededData(String id, String qrCode, String store, long amountFen, String currency) {}

    record RefusedData(String id, String qrCode, String store, long amountFen, String currency, String reason) {}

    record PingData(String endpoint) {}

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(CodeRevoked event) {
        var code = event.code();
        var end = Objects.requireNonNull(code.revocation());
        tell(
                EventType.QR_REVOKED,
                end.at(),
                code,
                null,
                store -> new RevokedData(
                        code.code(),
                        code.number() == 0 ? null : code.numberText(),
                        store,
                        end.reason().name()));
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(CollectionSucceeded event) {
        tell(
                EventType.COLLECTION_SUCCEEDED,
                event.at(),
                event.code(),
                event.publicId(),
                store ->
                        new SucceededData(event.publicId(), event.code().code(), store, fen(event.amount()), CURRENCY));
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(CollectionRefused event) {
        tell(
                EventType.COLLECTION_REFUSED,
                event.at(),
                event.code(),
                event.publicId(),
                store -> new RefusedData(
                        event.publicId(), event.code().code(), store, fen(event.amount()), CURRENCY, event.reason()));
    }

    /** A try for one endpoint, in the caller's transaction. */
    void ping(Endpoint endpoint) {
        write(
                endpoint,
                EventType.PING,
                Subject.NONE,
                payload(EventType.PING, clock.instant(), new PingData(endpoint.publicId())));
    }

    private void tell(
            EventType type, Instant at, QrCode code, @Nullable String collection, Function<String, Object> data) {
        var wanting = endpoints.of(code.merchantId()).stream()
                .filter(endpoint -> endpoint.isActive() && endpoint.events().contains(type))
                .toList();
        if (wanting.isEmpty()) {
            return;
        }
        var store = merchants.store(SELF, code.storeId()).publicId();
        var payload = payload(type, at, data.apply(store));
        var subject = new Subject(collection, code.code());
        wanting.forEach(endpoint -> write(endpoint, type, subject, payload));
    }

    private String payload(EventType type, Instant at, Object data) {
        return json.writeValueAsString(
                new Envelope(type.text(), at.truncatedTo(ChronoUnit.MILLIS).toString(), data));
    }

    private void write(Endpoint endpoint, EventType type, Subject subject, String payload) {
        deliveries.insert(endpoint.id(), type, subject, payload, clock.instant());
        events.publishEvent(new DeliveryChanged(endpoint.merchantId(), endpoint.id()));
    }

    private static long fen(Money amount) {
        return amount.fen();
    }
}
