package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.webhook.Attempt;
import dev.zhanggui.portal.webhook.Delivery;
import dev.zhanggui.portal.webhook.DeliveryState;
import dev.zhanggui.portal.webhook.Endpoint;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointOutcome;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.SendOutcome;
import dev.zhanggui.portal.webhook.Webhooks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a merchant's systems hear of events. Requests to them are signed by Standard Webhooks 1.0 ({@code webhook-id},
 * {@code webhook-timestamp}, {@code webhook-signature}); their bodies are {@code {type, timestamp, data}}.
 */
@RestController
@RequestMapping(path = "/api/v1/webhooks", produces = MediaType.APPLICATION_JSON_VALUE)
class WebhooksController {

    private final Webhooks webhooks;
    private final CurrentActor actor;

    WebhooksController(Webhooks webhooks, CurrentActor actor) {
        this.webhooks = webhooks;
        this.actor = actor;
    }

    record StopJson(Endpoint.StopReason reason, Instant at) {}

    /**
     * @param stopped why nothing is sent; missing while active
     * @param failingSince the first failure after the last success; missing while all is well
     * @param oldSecretUntil until then the secret before the last rotation signs, too
     * @param secret only in the answer that made it
     */
    record EndpointJson(
            String id,
            String url,
            String description,
            List<String> events,
            boolean active,
            @Nullable StopJson stopped,
            @Nullable Instant failingSince,
            @Nullable Instant oldSecretUntil,
            Instant createdAt,
            @Nullable String secret) {

        static EndpointJson of(Endpoint it, @Nullable String secret) {
            var stop = it.stopped();
            return new EndpointJson(
                    it.publicId(),
                    it.url(),
                    it.description(),
                    it.events().stream().sorted().map(EventType::text).toList(),
                    it.isActive(),
                    stop == null ? null : new StopJson(stop.reason(), stop.at()),
                    it.failingSince(),
                    it.oldSecretUntil(),
                    it.createdAt(),
                    secret);
        }
    }

    /** @param active true when missing */
    record Wish(
            @Nullable String url,
            @Nullable String description,
            @Nullable List<String> events,
            @Nullable Boolean active) {}

    record SecretJson(String secret, @Nullable Instant oldSecretUntil) {}

    /** @param answer the first kilobyte of what the receiver said */
    record AttemptJson(
            Instant at,
            long tookMillis,
            @Nullable Integer status,
            Attempt.@Nullable Error error,
            @Nullable String answer) {

        static AttemptJson of(Attempt it) {
            return new AttemptJson(it.at(), it.took().toMillis(), it.status(), it.error(), it.answer());
        }
    }

    /**
     * @param id the webhook-id
     * @param state WAITING, DELIVERED or STOPPED
     * @param attempts since it was made or last replayed
     */
    record DeliveryJson(
            String id,
            String type,
            DeliveryState state,
            int attempts,
            @Nullable Instant nextAttemptAt,
            Instant createdAt,
            @Nullable Instant finishedAt,
            @Nullable AttemptJson last) {

        static DeliveryJson of(Delivery it) {
            var last = it.last();
            return new DeliveryJson(
                    it.publicId(),
                    it.type().text(),
                    it.state(),
                    it.attempts(),
                    it.dueAt(),
                    it.createdAt(),
                    it.finishedAt(),
                    last == null ? null : AttemptJson.of(last));
        }
    }

    /** @param next what the next page is asked for with; missing on the last */
    record DeliveriesJson(
            List<DeliveryJson> items, @Nullable String next) {}

    /** @param payload the very text that is sent */
    record WholeDeliveryJson(DeliveryJson delivery, String payload, List<AttemptJson> attempts) {}

    record Since(@Nullable String since) {}

    record Replayed(int replayed) {}

    @GetMapping
    @Operation(summary = "Endpoints of the merchant")
    @RequiresScope(Scope.WEBHOOKS_READ)
    StoresController.Page<EndpointJson> list() {
        return new StoresController.Page<>(webhooks.endpoints(actor.get(), merchant()).stream()
                .map(it -> EndpointJson.of(it, null))
                .toList());
    }

    /** The answer holds the secret, once. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Register an endpoint")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    @RequiresScope(Scope.WEBHOOKS_WRITE)
    @Refuses(ProblemCode.WEBHOOKS_ENOUGH)
    ResponseEntity<EndpointJson> create(@RequestBody Wish wish) {
        return switch (webhooks.create(actor.get(), merchant(), draft(wish))) {
            case EndpointOutcome.Created(var endpoint, var secret) ->
                ResponseEntity.created(URI.create("/api/v1/webhooks/" + endpoint.publicId()))
                        .eTag(Versions.etag(endpoint.version()))
                        .body(EndpointJson.of(endpoint, secret));
            case EndpointOutcome.Changed(var endpoint) -> found(endpoint);
            case EndpointOutcome.Invalid(var fault) -> throw ApiException.invalid(fault.path(), fault.code());
            case EndpointOutcome.TooMany() -> throw new ApiException(ProblemCode.WEBHOOKS_ENOUGH, null);
        };
    }

    /** Its version is the ETag. */
    @GetMapping("/{id}")
    @Operation(summary = "One endpoint")
    @RequiresScope(Scope.WEBHOOKS_READ)
    ResponseEntity<EndpointJson> get(@PathVariable String id) {
        return found(endpoint(id));
    }

    /** {@code active: false} stops it: what waits is stopped, and new events are not kept for it. */
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Change, stop or start an endpoint")
    @RequiresScope(Scope.WEBHOOKS_WRITE)
    ResponseEntity<EndpointJson> change(
            @PathVariable String id,
            @RequestBody Wish wish,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var endpoint = endpoint(id);
        if (ifMatch == null) {
            throw new ApiException(ProblemCode.IF_MATCH_REQUIRED, null);
        }
        boolean active = Objects.requireNonNullElse(wish.active(), true);
        return switch (webhooks.change(actor.get(), endpoint.id(), Versions.version(ifMatch), draft(wish), active)) {
            case EndpointOutcome.Changed(var changed) -> found(changed);
            case EndpointOutcome.Created(var made, var secret) -> found(made);
            case EndpointOutcome.Invalid(var fault) -> throw ApiException.invalid(fault.path(), fault.code());
            case EndpointOutcome.TooMany() -> throw new ApiException(ProblemCode.WEBHOOKS_ENOUGH, null);
        };
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Remove an endpoint")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RequiresScope(Scope.WEBHOOKS_WRITE)
    void delete(@PathVariable String id) {
        webhooks.delete(actor.get(), endpoint(id).id());
    }

    /** The answer holds the new secret, once; the one before signs beside it for 24 hours. */
    @PostMapping("/{id}/secret")
    @Operation(summary = "Rotate the secret")
    @RequiresScope(Scope.WEBHOOKS_WRITE)
    SecretJson rotate(@PathVariable String id) {
        var endpoint = endpoint(id);
        var secret = webhooks.rotateSecret(actor.get(), endpoint.id());
        return new SecretJson(
                secret, webhooks.endpoint(actor.get(), endpoint.id()).oldSecretUntil());
    }

    /** Sent once; while one waits, the answer is that one. */
    @PostMapping("/{id}/ping")
    @Operation(summary = "Send a try")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @RequiresScope(Scope.WEBHOOKS_WRITE)
    @Refuses(ProblemCode.WEBHOOK_STOPPED)
    DeliveryJson ping(@PathVariable String id) {
        return queued(webhooks.ping(actor.get(), endpoint(id).id()));
    }

    /**
     * Newest first; kept for 30 days.
     *
     * @param state WAITING, DELIVERED or STOPPED; all when missing
     * @param text an event such as qr.revoked, a webhook-id, a payment's id, a code or its URL; all when missing
     * @param cursor next of the page before
     */
    @GetMapping("/{id}/deliveries")
    @Operation(summary = "What was sent")
    @RequiresScope(Scope.WEBHOOKS_READ)
    DeliveriesJson deliveries(
            @PathVariable String id,
            @RequestParam @Nullable String state,
            @RequestParam @Nullable String text,
            @RequestParam @Nullable String cursor) {
        var endpoint = endpoint(id);
        var wanted = new Webhooks.Wanted(
                Given.oneOrNone(DeliveryState.class, "state", state), Objects.requireNonNullElse(text, ""));
        var after = cursor == null
                ? null
                : webhooks.delivery(actor.get(), endpoint.id(), cursor).id();
        var page = webhooks.deliveries(actor.get(), endpoint.id(), wanted, after);
        return new DeliveriesJson(
                page.stream().map(DeliveryJson::of).toList(),
                page.size() < Webhooks.PAGE ? null : page.getLast().publicId());
    }

    @GetMapping("/{id}/deliveries/{delivery}")
    @Operation(summary = "One delivery with its payload and attempts")
    @RequiresScope(Scope.WEBHOOKS_READ)
    WholeDeliveryJson delivery(@PathVariable String id, @PathVariable String delivery) {
        var it = webhooks.delivery(actor.get(), endpoint(id).id(), delivery);
        return new WholeDeliveryJson(
                DeliveryJson.of(it),
                it.payload(),
                webhooks.attempts(actor.get(), it.id()).stream()
                        .map(AttemptJson::of)
                        .toList());
    }

    /** The same webhook-id and body, signed anew. */
    @PostMapping("/{id}/deliveries/{delivery}/replay")
    @Operation(summary = "Send one again")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @RequiresScope(Scope.WEBHOOKS_WRITE)
    @Refuses(ProblemCode.WEBHOOK_STOPPED)
    DeliveryJson replay(@PathVariable String id, @PathVariable String delivery) {
        var it = webhooks.delivery(actor.get(), endpoint(id).id(), delivery);
        return queued(webhooks.replay(actor.get(), it.id()));
    }

    /** At most 10,000, oldest first: ask again until the answer is 0. */
    @PostMapping(path = "/{id}/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Send all again that was stopped since a moment")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @RequiresScope(Scope.WEBHOOKS_WRITE)
    @Refuses(ProblemCode.WEBHOOK_STOPPED)
    Replayed replayStopped(@PathVariable String id, @RequestBody Since wish) {
        var endpoint = endpoint(id);
        var since = wish.since();
        if (since == null) {
            throw ApiException.invalid("since", "MISSING");
        }
        var moment = Moments.parse("since", since);
        if (!endpoint.isActive()) {
            throw new ApiException(ProblemCode.WEBHOOK_STOPPED, null);
        }
        return new Replayed(webhooks.replayStopped(actor.get(), endpoint.id(), moment));
    }

    private Endpoint endpoint(String id) {
        return webhooks.endpointByPublicId(actor.get(), id);
    }

    private MerchantId merchant() {
        var bound = actor.get().boundTo();
        if (bound == null) {
            throw new NotAllowedException("webhooks are a merchant's: use a merchant's key");
        }
        return bound;
    }

    private static ResponseEntity<EndpointJson> found(Endpoint endpoint) {
        return ResponseEntity.ok().eTag(Versions.etag(endpoint.version())).body(EndpointJson.of(endpoint, null));
    }

    private static DeliveryJson queued(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Queued(var delivery) -> DeliveryJson.of(delivery);
            case SendOutcome.EndpointStopped(var endpoint) -> throw new ApiException(ProblemCode.WEBHOOK_STOPPED, null);
        };
    }

    private static EndpointDraft draft(Wish wish) {
        var events = EnumSet.noneOf(EventType.class);
        var named = Objects.requireNonNullElse(wish.events(), List.<String>of());
        for (int i = 0; i < named.size(); i++) {
            var path = "events[" + i + "]";
            var text = named.get(i);
            events.add(EventType.choice(text == null ? "" : text)
                    .orElseThrow(() -> ApiException.invalid(path, "UNKNOWN")));
        }
        return new EndpointDraft(
                Objects.requireNonNullElse(wish.url(), ""), Objects.requireNonNullElse(wish.description(), ""), events);
    }
}
