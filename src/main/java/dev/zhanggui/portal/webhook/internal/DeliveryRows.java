package dev.zhanggui.portal.webhook.internal;

import static dev.zhanggui.db.Tables.WEBHOOK_ATTEMPT;
import static dev.zhanggui.db.Tables.WEBHOOK_DELIVERY;

import dev.zhanggui.db.tables.records.WebhookAttemptRecord;
import dev.zhanggui.db.tables.records.WebhookDeliveryRecord;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.webhook.Attempt;
import dev.zhanggui.portal.webhook.Delivery;
import dev.zhanggui.portal.webhook.DeliveryId;
import dev.zhanggui.portal.webhook.DeliveryState;
import dev.zhanggui.portal.webhook.EndpointId;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/**
 * Deliveries wait in rows. A process claims one by moving its due moment to the end of a lease and signing with a token: a
 * process that dies lets go of it by doing nothing.
 */
@Repository
class DeliveryRows {

    /** A delivery that this process may make until its lease ends. */
    record Claimed(
            DeliveryId id,
            String publicId,
            EndpointId endpoint,
            EventType type,
            String payload,
            int attempts,
            Instant roundAt,
            long token) {}

    private static final Pattern ULID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

    private final DSLContext db;

    DeliveryRows(DSLContext db) {
        this.db = db;
    }

    /**
     * What an event is about.
     *
     * @param collection public id of a payment; null where there is none
     * @param qrCode the code's text; null where there is none
     */
    record Subject(@Nullable String collection, @Nullable String qrCode) {
        static final Subject NONE = new Subject(null, null);
    }

    DeliveryId insert(EndpointId endpoint, EventType type, Subject subject, String payload, Instant now) {
        long id = Ids.next();
        db.insertInto(WEBHOOK_DELIVERY)
                .set(WEBHOOK_DELIVERY.ID, id)
                .set(WEBHOOK_DELIVERY.PUBLIC_ID, Ids.ulid())
                .set(WEBHOOK_DELIVERY.ENDPOINT_ID, endpoint.value())
                .set(WEBHOOK_DELIVERY.EVENT_TYPE, type.text())
                .set(WEBHOOK_DELIVERY.COLLECTION_PUBLIC_ID, subject.collection())
                .set(WEBHOOK_DELIVERY.QR_CODE, subject.qrCode())
                .set(WEBHOOK_DELIVERY.PAYLOAD, payload)
                .set(WEBHOOK_DELIVERY.STATE, DeliveryState.WAITING.name())
                .set(WEBHOOK_DELIVERY.ATTEMPTS, 0)
                .set(WEBHOOK_DELIVERY.ROUND_AT, now)
                .set(WEBHOOK_DELIVERY.DUE_AT, now)
                .set(WEBHOOK_DELIVERY.CREATED_AT, now)
                .execute();
        return new DeliveryId(id);
    }

    /**
     * Endpoints that have something due, the longest waiting first.
     *
     * @param busy endpoints that nothing more can be started for
     */
    List<EndpointId> withDue(Instant now, Collection<Long> busy, int most) {
        var first = DSL.min(WEBHOOK_DELIVERY.DUE_AT);
        return db.select(WEBHOOK_DELIVERY.ENDPOINT_ID)
                .from(WEBHOOK_DELIVERY)
                .where(WEBHOOK_DELIVERY.STATE.eq(DeliveryState.WAITING.name()))
                .and(busy.isEmpty() ? DSL.noCondition() : WEBHOOK_DELIVERY.ENDPOINT_ID.notIn(busy))
                .groupBy(WEBHOOK_DELIVERY.ENDPOINT_ID)
                .having(first.le(now))
                .orderBy(first, WEBHOOK_DELIVERY.ENDPOINT_ID)
                .limit(most)
                .fetch(row -> new EndpointId(row.value1()));
    }

    List<Claimed> claim(EndpointId endpoint, int most, Instant now, Duration lease) {
        long token = Ids.next();
        // Found without a lock, then taken by key, as whoever records takes them: in one order, they do not block each
        // other.
        var found = db.select(WEBHOOK_DELIVERY.ID)
                .from(WEBHOOK_DELIVERY)
                .where(WEBHOOK_DELIVERY.STATE.eq(DeliveryState.WAITING.name()))
                .and(WEBHOOK_DELIVERY.ENDPOINT_ID.eq(endpoint.value()))
                .and(WEBHOOK_DELIVERY.DUE_AT.le(now))
                .orderBy(WEBHOOK_DELIVERY.DUE_AT, WEBHOOK_DELIVERY.ID)
                .limit(most)
                .fetch(Record1::value1);
        int claimed = 0;
        for (long id : found) {
            claimed += db.update(WEBHOOK_DELIVERY)
                    .set(WEBHOOK_DELIVERY.CLAIM_TOKEN, token)
                    .set(WEBHOOK_DELIVERY.DUE_AT, now.plus(lease))
                    .where(WEBHOOK_DELIVERY.ID.eq(id))
                    .and(WEBHOOK_DELIVERY.STATE.eq(DeliveryState.WAITING.name()))
                    .and(WEBHOOK_DELIVERY.DUE_AT.le(now))
                    .execute();
        }
        if (claimed == 0) {
            return List.of();
        }
        return db.selectFrom(WEBHOOK_DELIVERY)
                .where(WEBHOOK_DELIVERY.STATE.eq(DeliveryState.WAITING.name()))
                .and(WEBHOOK_DELIVERY.ENDPOINT_ID.eq(endpoint.value()))
                .and(WEBHOOK_DELIVERY.CLAIM_TOKEN.eq(token))
                .orderBy(WEBHOOK_DELIVERY.ID)
                .limit(most)
                .fetch(row -> new Claimed(
                        new DeliveryId(row.getId()),
                        row.getPublicId(),
                        new EndpointId(row.getEndpointId()),
                        EventType.of(row.getEventType()),
                        row.getPayload(),
                        row.getAttempts(),
                        row.getRoundAt(),
                        token));
    }

    void insert(DeliveryId delivery, Attempt attempt) {
        var error = attempt.error();
        db.insertInto(WEBHOOK_ATTEMPT)
                .set(WEBHOOK_ATTEMPT.ID, Ids.next())
                .set(WEBHOOK_ATTEMPT.DELIVERY_ID, delivery.value())
                .set(WEBHOOK_ATTEMPT.ATTEMPTED_AT, attempt.at())
                .set(WEBHOOK_ATTEMPT.TOOK_MILLIS, (int) attempt.took().toMillis())
                .set(WEBHOOK_ATTEMPT.STATUS, attempt.status())
                .set(WEBHOOK_ATTEMPT.ERROR, error == null ? null : error.name())
                .set(WEBHOOK_ATTEMPT.ANSWER, attempt.answer())
                .execute();
    }

    /** Whoever holds the claim by now: it has arrived. */
    void delivered(Claimed claim, Instant now) {
        db.update(WEBHOOK_DELIVERY)
                .set(WEBHOOK_DELIVERY.STATE, DeliveryState.DELIVERED.name())
                .set(WEBHOOK_DELIVERY.ATTEMPTS, WEBHOOK_DELIVERY.ATTEMPTS.plus(1))
                .set(WEBHOOK_DELIVERY.FINISHED_AT, now)
                .where(WEBHOOK_DELIVERY.ID.eq(claim.id().value()))
                .and(WEBHOOK_DELIVERY.STATE.eq(DeliveryState.WAITING.name()))
                .execute();
    }

    /** Nothing when another process claimed it meanwhile. */
    void later(Claimed claim, Instant dueAt) {
        db.update(WEBHOOK_DELIVERY)
                .set(WEBHOOK_DELIVERY.ATTEMPTS, WEBHOOK_DELIVERY.ATTEMPTS.plus(1))
                .set(WEBHOOK_DELIVERY.DUE_AT, dueAt)
                .set(WEBHOOK_DELIVERY.CLAIM_TOKEN, DSL.castNull(WEBHOOK_DELIVERY.CLAIM_TOKEN))
                .where(held(claim))
                .execute();
    }

    void givenUp(Claimed claim, Instant now) {
        db.update(WEBHOOK_DELIVERY)
                .set(WEBHOOK_DELIVERY.STATE, DeliveryState.STOPPED.name())
                .set(WEBHOOK_DELIVERY.ATTEMPTS, WEBHOOK_DELIVERY.ATTEMPTS.plus(1))
                .set(WEBHOOK_DELIVERY.FINISHED_AT, now)
                .where(held(claim))
                .execute();
    }

    private static Condition held(Claimed claim) {
        return WEBHOOK_DELIVERY
                .ID
                .eq(claim.id().value())
                .and(WEBHOOK_DELIVERY.STATE.eq(DeliveryState.WAITING.name()))
                .and(WEBHOOK_DELIVERY.CLAIM_TOKEN.eq(claim.token()));
    }

    /** Stops all that waits for the endpoint. */
    void stopAll(EndpointId endpoint, Instant now) {
        db.update(WEBHOOK_DELIVERY)
                .set(WEBHOOK_DELIVERY.STATE, DeliveryState.STOPPED.name())
                .set(WEBHOOK_DELIVERY.FINISHED_AT, now)
                .where(WEBHOOK_DELIVERY.STATE.eq(DeliveryState.WAITING.name()))
                .and(WEBHOOK_DELIVERY.ENDPOINT_ID.eq(endpoint.value()))
                .execute();
    }

    void replay(DeliveryId id, Instant now) {
        db.update(WEBHOOK_DELIVERY)
                .set(WEBHOOK_DELIVERY.STATE, DeliveryState.WAITING.name())
                .set(WEBHOOK_DELIVERY.ATTEMPTS, 0)
                .set(WEBHOOK_DELIVERY.ROUND_AT, now)
                .set(WEBHOOK_DELIVERY.DUE_AT, now)
                .set(WEBHOOK_DELIVERY.CLAIM_TOKEN, DSL.castNull(WEBHOOK_DELIVERY.CLAIM_TOKEN))
                .set(WEBHOOK_DELIVERY.FINISHED_AT, DSL.castNull(WEBHOOK_DELIVERY.FINISHED_AT))
                .where(WEBHOOK_DELIVERY.ID.eq(id.value()))
                .execute();
    }

    int replayStopped(EndpointId endpoint, Instant since, Instant now, int most) {
        return db.update(WEBHOOK_DELIVERY)
                .set(WEBHOOK_DELIVERY.STATE, DeliveryState.WAITING.name())
                .set(WEBHOOK_DELIVERY.ATTEMPTS, 0)
                .set(WEBHOOK_DELIVERY.ROUND_AT, now)
                .set(WEBHOOK_DELIVERY.DUE_AT, now)
                .set(WEBHOOK_DELIVERY.CLAIM_TOKEN, DSL.castNull(WEBHOOK_DELIVERY.CLAIM_TOKEN))
                .set(WEBHOOK_DELIVERY.FINISHED_AT, DSL.castNull(WEBHOOK_DELIVERY.FINISHED_AT))
                .where(WEBHOOK_DELIVERY.ENDPOINT_ID.eq(endpoint.value()))
                .and(WEBHOOK_DELIVERY.STATE.eq(DeliveryState.STOPPED.name()))
                .and(WEBHOOK_DELIVERY.CREATED_AT.ge(since))
                .orderBy(WEBHOOK_DELIVERY.ID)
                .limit(most)
                .execute();
    }

    Optional<Delivery> find(DeliveryId id) {
        return one(WEBHOOK_DELIVERY.ID.eq(id.value()));
    }

    Optional<Delivery> find(EndpointId endpoint, String publicId) {
        return one(WEBHOOK_DELIVERY.PUBLIC_ID.eq(publicId).and(WEBHOOK_DELIVERY.ENDPOINT_ID.eq(endpoint.value())));
    }

    /** Whoever's it is. */
    Optional<Delivery> find(String publicId) {
        return one(WEBHOOK_DELIVERY.PUBLIC_ID.eq(publicId));
    }

    Optional<Delivery> waitingPing(EndpointId endpoint) {
        return one(WEBHOOK_DELIVERY
                .ENDPOINT_ID
                .eq(endpoint.value())
                .and(WEBHOOK_DELIVERY.STATE.eq(DeliveryState.WAITING.name()))
                .and(WEBHOOK_DELIVERY.EVENT_TYPE.eq(EventType.PING.text())));
    }

    private Optional<Delivery> one(Condition which) {
        return db.selectFrom(WEBHOOK_DELIVERY)
                .where(which)
                .orderBy(WEBHOOK_DELIVERY.ID.desc())
                .limit(1)
                .fetchOptional()
                .map(row -> delivery(row, latest(List.of(row.getId())).get(row.getId())));
    }

    List<Delivery> list(EndpointId endpoint, Webhooks.Wanted wanted, @Nullable DeliveryId after) {
        var state = wanted.state();
        var rows = db.selectFrom(WEBHOOK_DELIVERY)
                .where(WEBHOOK_DELIVERY.ENDPOINT_ID.eq(endpoint.value()))
                .and(state == null ? DSL.noCondition() : WEBHOOK_DELIVERY.STATE.eq(state.name()))
                .and(says(wanted.text().strip()))
                .and(after == null ? DSL.noCondition() : WEBHOOK_DELIVERY.ID.lt(after.value()))
                .orderBy(WEBHOOK_DELIVERY.ID.desc())
                .limit(Webhooks.PAGE)
                .fetch();
        var attempts = latest(rows.getValues(WEBHOOK_DELIVERY.ID));
        return rows.map(row -> delivery(row, attempts.get(row.getId())));
    }

    private static Condition says(String text) {
        if (text.isEmpty()) {
            return DSL.noCondition();
        }
        var type = Arrays.stream(EventType.values())
                .filter(it -> it.text().equalsIgnoreCase(text))
                .findFirst();
        if (type.isPresent()) {
            return WEBHOOK_DELIVERY.EVENT_TYPE.eq(type.get().text());
        }
        var upper = text.toUpperCase(Locale.ROOT);
        if (ULID.matcher(upper).matches()) {
            return WEBHOOK_DELIVERY.PUBLIC_ID.eq(upper).or(WEBHOOK_DELIVERY.COLLECTION_PUBLIC_ID.eq(upper));
        }
        // A scanned URL ends in its code.
        var path = text.replaceFirst("[?#].*", "");
        return WEBHOOK_DELIVERY.QR_CODE.eq(
                path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT));
    }

    private Map<Long, Attempt> latest(Collection<Long> deliveries) {
        if (deliveries.isEmpty()) {
            return Map.of();
        }
        var newest = DSL.max(WEBHOOK_ATTEMPT.ID);
        var ids = db.select(newest)
                .from(WEBHOOK_ATTEMPT)
                .where(WEBHOOK_ATTEMPT.DELIVERY_ID.in(deliveries))
                .groupBy(WEBHOOK_ATTEMPT.DELIVERY_ID)
                .fetch(Record1::value1);
        return ids.isEmpty()
                ? Map.of()
                : db.selectFrom(WEBHOOK_ATTEMPT)
                        .where(WEBHOOK_ATTEMPT.ID.in(ids))
                        .fetchMap(WEBHOOK_ATTEMPT.DELIVERY_ID, DeliveryRows::attempt);
    }

    List<Attempt> attempts(DeliveryId delivery) {
        return db.selectFrom(WEBHOOK_ATTEMPT)
                .where(WEBHOOK_ATTEMPT.DELIVERY_ID.eq(delivery.value()))
                .orderBy(WEBHOOK_ATTEMPT.ID.desc())
                .limit(Webhooks.PAGE)
                .fetch(DeliveryRows::attempt);
    }

    /** Removes what is older and waits no more, with its attempts; says how many. Two at once do no harm. */
    int purge(Instant before, int most) {
        var ids = db.select(WEBHOOK_DELIVERY.ID)
                .from(WEBHOOK_DELIVERY)
                .where(WEBHOOK_DELIVERY.CREATED_AT.lt(before))
                .and(WEBHOOK_DELIVERY.STATE.ne(DeliveryState.WAITING.name()))
                .orderBy(WEBHOOK_DELIVERY.CREATED_AT, WEBHOOK_DELIVERY.ID)
                .limit(most)
                .fetch(Record1::value1);
        if (!ids.isEmpty()) {
            db.deleteFrom(WEBHOOK_ATTEMPT)
                    .where(WEBHOOK_ATTEMPT.DELIVERY_ID.in(ids))
                    .execute();
            db.deleteFrom(WEBHOOK_DELIVERY)
                    .where(WEBHOOK_DELIVERY.ID.in(ids))
                    .and(WEBHOOK_DELIVERY.STATE.ne(DeliveryState.WAITING.name()))
                    .execute();
        }
        return ids.size();
    }

    private static Delivery delivery(WebhookDeliveryRecord row, @Nullable Attempt last) {
        var state = DeliveryState.valueOf(row.getState());
        return new Delivery(
                new DeliveryId(row.getId()),
                row.getPublicId(),
                new EndpointId(row.getEndpointId()),
                EventType.of(row.getEventType()),
                row.getPayload(),
                state,
                row.getAttempts(),
                state == DeliveryState.WAITING ? row.getDueAt() : null,
                row.getCreatedAt(),
                row.getFinishedAt(),
                last);
    }

    private static Attempt attempt(WebhookAttemptRecord row) {
        var error = row.getError();
        return new Attempt(
                row.getAttemptedAt(),
                Duration.ofMillis(row.getTookMillis()),
                row.getStatus(),
                error == null ? null : Attempt.Error.valueOf(error),
                row.getAnswer());
    }
}
