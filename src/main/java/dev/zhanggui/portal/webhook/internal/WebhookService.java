package dev.zhanggui.portal.webhook.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.webhook.Attempt;
import dev.zhanggui.portal.webhook.Delivery;
import dev.zhanggui.portal.webhook.DeliveryChanged;
import dev.zhanggui.portal.webhook.DeliveryId;
import dev.zhanggui.portal.webhook.Endpoint;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointId;
import dev.zhanggui.portal.webhook.EndpointOutcome;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.SendOutcome;
import dev.zhanggui.portal.webhook.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Endpoints as their merchants manage them. The record names a URL's host only: the rest may be a secret of theirs. */
@Service
class WebhookService implements Webhooks {

    private static final Duration OLD_SECRET = Duration.ofHours(24);

    private final EndpointRows endpoints;
    private final DeliveryRows deliveries;
    private final EventRecorder recorder;
    private final DraftRules rules;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    WebhookService(
            EndpointRows endpoints,
            DeliveryRows deliveries,
            EventRecorder recorder,
            DraftRules rules,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.recorder = recorder;
        this.rules = rules;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Endpoint> endpoints(Actor actor, MerchantId merchant) {
        access.requireMember(actor, merchant, Role.MANAGER);
        return endpoints.of(merchant);
    }

    @Override
    @Transactional(readOnly = true)
    public Endpoint endpoint(Actor actor, EndpointId id) {
        return owned(actor, id);
    }

    @Override
    @Transactional(readOnly = true)
    public Endpoint endpointByPublicId(Actor actor, String publicId) {
        return owned(actor, endpoints.find(publicId), "webhook");
    }

    @Override
    @Transactional
    public EndpointOutcome create(Actor actor, MerchantId merchant, EndpointDraft draft) {
        access.requireMember(actor, merchant, Role.MANAGER);
        var clean = DraftRules.clean(draft);
        var fault = rules.fault(clean);
        if (fault.isPresent()) {
            return new EndpointOutcome.Invalid(fault.get());
        }
        if (endpoints.of(merchant).size() >= ENDPOINTS_MOST) {
            return new EndpointOutcome.TooMany();
        }
        var secret = Secret.random();
        var id = endpoints.insert(merchant, clean, secret, clock.instant());
        var made = owned(actor, id);
        record(actor, "webhook.created", made, null, made);
        return new EndpointOutcome.Created(made, secret.text());
    }

    @Override
    @Transactional
    public EndpointOutcome change(Actor actor, EndpointId id, int version, EndpointDraft draft, boolean active) {
        var before = owned(actor, id);
        var clean = DraftRules.clean(draft);
        var fault = rules.fault(clean);
        if (fault.isPresent()) {
            return new EndpointOutcome.Invalid(fault.get());
        }
        if (before.version() != version || !endpoints.update(before, clean)) {
            throw new LostUpdateException(id.toString());
        }
        if (active && !before.isActive()) {
            endpoints.start(id);
        } else if (!active && endpoints.stop(id, Endpoint.StopReason.MERCHANT, clock.instant())) {
            deliveries.stopAll(id, clock.instant());
        }
        var after = owned(actor, id);
        record(actor, "webhook.changed", after, before, after);
        return new EndpointOutcome.Changed(after);
    }

    @Override
    @Transactional
    public void delete(Actor actor, EndpointId id) {
        var before = owned(actor, id);
        endpoints.delete(id, clock.instant());
        deliveries.stopAll(id, clock.instant());
        record(actor, "webhook.deleted", before, before, null);
    }

    @Override
    @Transactional
    public String rotateSecret(Actor actor, EndpointId id) {
        var endpoint = owned(actor, id);
        var secret = Secret.random();
        endpoints.rotate(id, secret, clock.instant().plus(OLD_SECRET));
        record(actor, "webhook.secretRotated", endpoint, null, null);
        return secret.text();
    }

    @Override
    @Transactional
    public SendOutcome ping(Actor actor, EndpointId id) {
        var endpoint = owned(actor, id);
        if (!endpoint.isActive()) {
            return new SendOutcome.EndpointStopped(endpoint);
        }
        return new SendOutcome.Queued(deliveries.waitingPing(id).orElseGet(() -> {
            recorder.ping(endpoint);
            return deliveries.waitingPing(id).orElseThrow();
        }));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Delivery> deliveries(Actor actor, EndpointId endpoint, Wanted wanted, @Nullable DeliveryId after) {
        owned(actor, endpoint);
        return deliveries.list(endpoint, wanted, after);
    }

    @Override
    @Transactional(readOnly = true)
    public Delivery delivery(Actor actor, EndpointId endpoint, String publicId) {
        owned(actor, endpoint);
        return deliveries.find(endpoint, publicId).orElseThrow(() -> new NotFoundException("delivery"));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Attempt> attempts(Actor actor, DeliveryId delivery) {
        owned(actor, delivery);
        return deliveries.attempts(delivery);
    }

    @Override
    @Transactional
    public SendOutcome replay(Actor actor, DeliveryId delivery) {
        var endpoint = owned(actor, delivery);
        if (!endpoint.isActive()) {
            return new SendOutcome.EndpointStopped(endpoint);
        }
        deliveries.replay(delivery, clock.instant());
        record(actor, "webhook.replayed", endpoint, null, null);
        return new SendOutcome.Queued(deliveries.find(delivery).orElseThrow());
    }

    @Override
    @Transactional
    public int replayStopped(Actor actor, EndpointId id, Instant since) {
        var endpoint = owned(actor, id);
        if (!endpoint.isActive()) {
            return 0;
        }
        int replayed = deliveries.replayStopped(id, since, clock.instant(), REPLAY_MOST);
        record(actor, "webhook.replayed", endpoint, null, null);
        return replayed;
    }

    private Endpoint owned(Actor actor, DeliveryId id) {
        var delivery = deliveries.find(id).orElseThrow(() -> new NotFoundException(id.toString()));
        return owned(actor, delivery.endpoint());
    }

    private Endpoint owned(Actor actor, EndpointId id) {
        return owned(actor, endpoints.find(id), id.toString());
    }

    private Endpoint owned(Actor actor, Optional<Endpoint> found, String what) {
        var endpoint = found.orElseThrow(() -> new NotFoundException(what));
        access.requireMember(actor, endpoint.merchantId(), Role.MANAGER);
        return endpoint;
    }

    private void record(
            Actor actor, String action, Endpoint endpoint, @Nullable Endpoint before, @Nullable Endpoint after) {
        audit.record(actor, action, endpoint.id().toString(), endpoint.merchantId(), json(before), json(after), null);
        events.publishEvent(new DeliveryChanged(endpoint.merchantId(), endpoint.id()));
    }

    private static @Nullable String json(@Nullable Endpoint endpoint) {
        return endpoint == null
                ? null
                : JsonMapper.shared()
                        .writeValueAsString(Map.of(
                                "host",
                                endpoint.host(),
                                "events",
                                endpoint.events().stream()
                                        .sorted()
                                        .map(EventType::text)
                                        .toList(),
                                "active",
                                endpoint.isActive()));
    }
}
