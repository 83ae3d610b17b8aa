package dev.zhanggui.portal.webhook.internal;

import static dev.zhanggui.db.Tables.WEBHOOK_ENDPOINT;

import dev.zhanggui.db.tables.records.WebhookEndpointRecord;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import dev.zhanggui.portal.webhook.Endpoint;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointId;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.Webhooks;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

/** A secret is sealed to its row: moved to another endpoint it does not decrypt. */
@Repository
class EndpointRows {

    private static final String SECRET = "webhook_endpoint.secret";

    private final DSLContext db;
    private final PersonalDataCipher cipher;

    EndpointRows(DSLContext db, PersonalDataCipher cipher) {
        this.db = db;
        this.cipher = cipher;
    }

    EndpointId insert(MerchantId merchant, EndpointDraft draft, Secret secret, Instant now) {
        long id = Ids.next();
        db.insertInto(WEBHOOK_ENDPOINT)
                .set(WEBHOOK_ENDPOINT.ID, id)
                .set(WEBHOOK_ENDPOINT.PUBLIC_ID, Ids.ulid())
                .set(WEBHOOK_ENDPOINT.MERCHANT_ID, merchant.value())
                .set(WEBHOOK_ENDPOINT.URL, draft.url())
                .set(WEBHOOK_ENDPOINT.DESCRIPTION, draft.description())
                .set(WEBHOOK_ENDPOINT.EVENT_TYPES, names(draft.events()))
                .set(WEBHOOK_ENDPOINT.SECRET, sealed(id, secret))
                .set(WEBHOOK_ENDPOINT.CREATED_AT, now)
                .set(WEBHOOK_ENDPOINT.VERSION, 0)
                .execute();
        return new EndpointId(id);
    }

    Optional<Endpoint> find(EndpointId id) {
        return db.selectFrom(WEBHOOK_ENDPOINT)
                .where(WEBHOOK_ENDPOINT.ID.eq(id.value()))
                .and(WEBHOOK_ENDPOINT.DELETED_AT.isNull())
                .fetchOptional(EndpointRows::endpoint);
    }

    Optional<Endpoint> find(String publicId) {
        return db.selectFrom(WEBHOOK_ENDPOINT)
                .where(WEBHOOK_ENDPOINT.PUBLIC_ID.eq(publicId))
                .and(WEBHOOK_ENDPOINT.DELETED_AT.isNull())
                .fetchOptional(EndpointRows::endpoint);
    }

    List<Endpoint> of(MerchantId merchant) {
        return db.selectFrom(WEBHOOK_ENDPOINT)
                .where(WEBHOOK_ENDPOINT.MERCHANT_ID.eq(merchant.value()))
                .and(WEBHOOK_ENDPOINT.DELETED_AT.isNull())
                .orderBy(WEBHOOK_ENDPOINT.ID)
                .limit(Webhooks.ENDPOINTS_MOST)
                .fetch(EndpointRows::endpoint);
    }

    /** What to sign with now, the current secret first. */
    List<Secret> secrets(EndpointId id, Instant now) {
        return db.selectFrom(WEBHOOK_ENDPOINT)
                .where(WEBHOOK_ENDPOINT.ID.eq(id.value()))
                .fetchOptional()
                .map(row -> {
                    var old = row.getOldSecret();
                    var until = row.getOldSecretUntil();
                    var current = opened(row.getId(), row.getSecret());
                    return old == null || until == null || !until.isAfter(now)
                            ? List.of(current)
                            : List.of(current, opened(row.getId(), old));
                })
                .orElse(List.of());
    }

    /** False when the version is not the current one. */
    boolean update(Endpoint before, EndpointDraft draft) {
        return db.update(WEBHOOK_ENDPOINT)
                        .set(WEBHOOK_ENDPOINT.URL, draft.url())
                        .set(WEBHOOK_ENDPOINT.DESCRIPTION, draft.description())
                        .set(WEBHOOK_ENDPOINT.EVENT_TYPES, names(draft.events()))
                        .set(WEBHOOK_ENDPOINT.VERSION, WEBHOOK_ENDPOINT.VERSION.plus(1))
                        .where(WEBHOOK_ENDPOINT.ID.eq(before.id().value()))
                        .and(WEBHOOK_ENDPOINT.VERSION.eq(before.version()))
                        .and(WEBHOOK_ENDPOINT.DELETED_AT.isNull())
                        .execute()
                == 1;
    }

    void rotate(EndpointId id, Secret secret, Instant oldUntil) {
        db.update(WEBHOOK_ENDPOINT)
                .set(WEBHOOK_ENDPOINT.OLD_SECRET, WEBHOOK_ENDPOINT.SECRET)
                .set(WEBHOOK_ENDPOINT.OLD_SECRET_UNTIL, oldUntil)
                .set(WEBHOOK_ENDPOINT.VERSION, WEBHOOK_ENDPOINT.VERSION.plus(1))
                .where(WEBHOOK_ENDPOINT.ID.eq(id.value()))
                .execute();
        // MySQL assigns from left to right, the standard all at once: two statements mean the same everywhere.
        db.update(WEBHOOK_ENDPOINT)
                .set(WEBHOOK_ENDPOINT.SECRET, sealed(id.value(), secret))
                .where(WEBHOOK_ENDPOINT.ID.eq(id.value()))
                .execute();
    }

    /** False when it was stopped before. */
    boolean stop(EndpointId id, Endpoint.StopReason reason, Instant now) {
        return db.update(WEBHOOK_ENDPOINT)
                        .set(WEBHOOK_ENDPOINT.DISABLED_REASON, reason.name())
                        .set(WEBHOOK_ENDPOINT.DISABLED_AT, now)
                        .set(WEBHOOK_ENDPOINT.VERSION, WEBHOOK_ENDPOINT.VERSION.plus(1))
                        .where(WEBHOOK_ENDPOINT.ID.eq(id.value()))
                        .and(WEBHOOK_ENDPOINT.DISABLED_REASON.isNull())
                        .and(WEBHOOK_ENDPOINT.DELETED_AT.isNull())
                        .execute()
                == 1;
    }

    /** Starts it again with a clean slate. */
    void start(EndpointId id) {
        db.update(WEBHOOK_ENDPOINT)
                .set(WEBHOOK_ENDPOINT.DISABLED_REASON, DSL.castNull(WEBHOOK_ENDPOINT.DISABLED_REASON))
                .set(WEBHOOK_ENDPOINT.DISABLED_AT, DSL.castNull(WEBHOOK_ENDPOINT.DISABLED_AT))
                .set(WEBHOOK_ENDPOINT.FAILING_SINCE, DSL.castNull(WEBHOOK_ENDPOINT.FAILING_SINCE))
                .where(WEBHOOK_ENDPOINT.ID.eq(id.value()))
                .execute();
    }

    /** Forgets the secrets with it. */
    void delete(EndpointId id, Instant now) {
        db.update(WEBHOOK_ENDPOINT)
                .set(WEBHOOK_ENDPOINT.DELETED_AT, now)
                .set(WEBHOOK_ENDPOINT.SECRET, new byte[0])
                .set(WEBHOOK_ENDPOINT.OLD_SECRET, DSL.castNull(WEBHOOK_ENDPOINT.OLD_SECRET))
                .set(WEBHOOK_ENDPOINT.VERSION, WEBHOOK_ENDPOINT.VERSION.plus(1))
                .where(WEBHOOK_ENDPOINT.ID.eq(id.value()))
                .execute();
    }

    void arrived(EndpointId id) {
        db.update(WEBHOOK_ENDPOINT)
                .set(WEBHOOK_ENDPOINT.FAILING_SINCE, DSL.castNull(WEBHOOK_ENDPOINT.FAILING_SINCE))
                .where(WEBHOOK_ENDPOINT.ID.eq(id.value()))
                .execute();
    }

    void failing(EndpointId id, Instant since) {
        db.update(WEBHOOK_ENDPOINT)
                .set(WEBHOOK_ENDPOINT.FAILING_SINCE, since)
                .where(WEBHOOK_ENDPOINT.ID.eq(id.value()))
                .and(WEBHOOK_ENDPOINT.FAILING_SINCE.isNull())
                .execute();
    }

    void purge(Instant deletedBefore, int most) {
        db.deleteFrom(WEBHOOK_ENDPOINT)
                .where(WEBHOOK_ENDPOINT.DELETED_AT.lt(deletedBefore))
                .limit(most)
                .execute();
    }

    private byte[] sealed(long id, Secret secret) {
        return cipher.encrypt(SECRET + ":" + id, secret.text());
    }

    private Secret opened(long id, byte[] sealed) {
        return Secret.of(cipher.decrypt(SECRET + ":" + id, sealed));
    }

    private static String names(Set<EventType> events) {
        return events.stream().sorted().map(EventType::text).collect(Collectors.joining(","));
    }

    private static Endpoint endpoint(WebhookEndpointRecord row) {
        var reason = row.getDisabledReason();
        var events = row.getEventTypes();
        return new Endpoint(
                new EndpointId(row.getId()),
                row.getPublicId(),
                new MerchantId(row.getMerchantId()),
                row.getUrl(),
                row.getDescription(),
                (events.isEmpty() ? Stream.<String>empty() : Arrays.stream(events.split(",")))
                        .map(EventType::of)
                        .collect(Collectors.toUnmodifiableSet()),
                reason == null ? null : new Endpoint.Stop(Endpoint.StopReason.valueOf(reason), row.getDisabledAt()),
                row.getOldSecretUntil(),
                row.getFailingSince(),
                row.getCreatedAt(),
                row.getVersion());
    }
}
