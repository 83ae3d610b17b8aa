package dev.zhanggui.portal.webhook;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.MerchantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's endpoints and what was sent to them; for OWNER and MANAGER. Another merchant's id meets
 * {@link dev.zhanggui.portal.shared.NotFoundException}.
 *
 * <p>Every event reaches an endpoint at least once, in no promised order, and may come again under the same {@code webhook-id}.
 * A delivery is tried for three days, in growing steps; an endpoint that takes nothing for five days is stopped, and its owners
 * are told.
 */
public interface Webhooks {

    /** As many endpoints may a merchant have. */
    int ENDPOINTS_MOST = 10;

    /** The longest URL, in characters. */
    int URL_MOST = 500;

    /** The longest description, in characters. */
    int DESCRIPTION_MOST = 100;

    /** As many deliveries are listed at once. */
    int PAGE = 50;

    /** As many deliveries are replayed at once. */
    int REPLAY_MOST = 10_000;

    /** Oldest first. */
    List<Endpoint> endpoints(Actor actor, MerchantId merchant);

    Endpoint endpoint(Actor actor, EndpointId id);

    Endpoint endpointByPublicId(Actor actor, String publicId);

    /** {@link EndpointOutcome.Created}, or why not. */
    EndpointOutcome create(Actor actor, MerchantId merchant, EndpointDraft draft);

    /**
     * {@link EndpointOutcome.Changed}, or why not. {@link dev.zhanggui.portal.shared.LostUpdateException} when the version is
     * not the current one.
     *
     * @param active false stops it: what waits is stopped too, and new events are not kept for it
     */
    EndpointOutcome change(Actor actor, EndpointId id, int version, EndpointDraft draft, boolean active);

    /** It is gone at once; what was sent stays out of sight and is removed with its age. */
    void delete(Actor actor, EndpointId id);

    /** A new secret, shown now and never again; the one before signs beside it for 24 hours. */
    String rotateSecret(Actor actor, EndpointId id);

    /** Sends a {@code ping}; while one waits, that one. */
    SendOutcome ping(Actor actor, EndpointId id);

    /**
     * Which deliveries are wanted.
     *
     * @param state only these; null for all
     * @param text an event as it is written outside, a {@code webhook-id}, a payment's id, a code or its URL; empty for all
     */
    record Wanted(@Nullable DeliveryState state, String text) {

        public static final Wanted ALL = new Wanted(null, "");

        public static Wanted in(DeliveryState state) {
            return new Wanted(state, "");
        }

        public static Wanted about(String text) {
            return new Wanted(null, text);
        }
    }

    /**
     * Newest first, at most {@link #PAGE}; kept for 30 days.
     *
     * @param after the last one of the page before; null for the first page
     */
    List<Delivery> deliveries(Actor actor, EndpointId endpoint, Wanted wanted, @Nullable DeliveryId after);

    /** One of the endpoint's. */
    Delivery delivery(Actor actor, EndpointId endpoint, String publicId);

    /** Newest first, at most {@link #PAGE}. */
    List<Attempt> attempts(Actor actor, DeliveryId delivery);

    /** Sends it again, now, whatever came of it before. */
    SendOutcome replay(Actor actor, DeliveryId delivery);

    /**
     * Sends again what was stopped, at most {@link #REPLAY_MOST} of it, oldest first; 0 for a stopped endpoint.
     *
     * @param since only events from this moment on
     * @return how many
     */
    int replayStopped(Actor actor, EndpointId endpoint, Instant since);
}
