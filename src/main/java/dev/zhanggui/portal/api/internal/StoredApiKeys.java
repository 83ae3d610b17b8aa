package dev.zhanggui.portal.api.internal;

import static dev.zhanggui.db.Tables.API_KEY;

import dev.zhanggui.db.tables.records.ApiKeyRecord;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.api.ApiKeys;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keys carry 256 random bits, so a plain digest is enough to find one and to be of no use to a thief of the table; a slow
 * password hash would only slow each request down.
 */
@Service
class StoredApiKeys implements ApiKeys {

    private static final String PREFIX = "zg_";
    private static final int RANDOM_BYTES = 32;
    private static final int HINT = 9;
    private static final int LONGEST_KEY = 64;
    private static final int LIST_MOST = 200;
    private static final Duration TO_THE_MINUTE = Duration.ofMinutes(1);

    private final DSLContext db;
    private final Access access;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    StoredApiKeys(DSLContext db, Access access, AuditLog audit, Clock clock) {
        this.db = db;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Created createForMerchant(
            Actor actor, MerchantId merchant, String label, Role membership, Set<Scope> scopes) {
        access.requireMember(actor, merchant, Role.OWNER);
        if (!membership.isMembership()) {
            throw new IllegalArgumentException(membership + " is no membership");
        }
        return create(actor, merchant, label, Set.of(membership), scopes);
    }

    @Override
    @Transactional
    public KeyOutcome make(Actor actor, MerchantId merchant, String label, Role membership, Set<Scope> scopes) {
        access.requireMember(actor, merchant, Role.OWNER);
        var fault = fault(merchant, label.strip(), scopes);
        return fault.isPresent()
                ? new KeyOutcome.Refused(fault.get())
                : new KeyOutcome.Made(createForMerchant(actor, merchant, label.strip(), membership, scopes));
    }

    private Optional<KeyFault> fault(MerchantId merchant, String label, Set<Scope> scopes) {
        if (label.isEmpty()) {
            return Optional.of(KeyFault.LABEL_MISSING);
        }
        if (label.length() > LABEL_MOST) {
            return Optional.of(KeyFault.LABEL_TOO_LONG);
        }
        if (scopes.isEmpty()) {
            return Optional.of(KeyFault.SCOPES_MISSING);
        }
        int live =
                db.fetchCount(API_KEY, API_KEY.MERCHANT_ID.eq(merchant.value()).and(API_KEY.REVOKED_AT.isNull()));
        return live >= LIVE_MOST ? Optional.of(KeyFault.TOO_MANY) : Optional.empty();
    }

    @Override
    @Transactional
    public Optional<Created> rotate(Actor actor, long id) {
        var key = owned(actor, id);
        int changed = db.update(API_KEY)
                .set(API_KEY.REVOKED_AT, now().plus(OVERLAP))
                .where(API_KEY.ID.eq(id))
                .and(API_KEY.REVOKED_AT.isNull())
                .execute();
        if (changed == 0) {
            return Optional.empty();
        }
        audit.record(actor, "apikey.rotated", "apikey:" + id, key.merchant(), null, null, null);
        return Optional.of(create(actor, key.merchant(), key.label(), key.roles(), key.scopes()));
    }

    @Override
    @Transactional
    public Created createForStaff(Actor actor, String label, Set<Role> roles, Set<Scope> scopes) {
        access.requireStaff(actor, Role.ADMIN);
        if (roles.isEmpty() || !roles.stream().allMatch(Role::isStaff)) {
            throw new IllegalArgumentException(roles + " are not staff's roles");
        }
        return create(actor, null, label, roles, scopes);
    }

    private Created create(
            Actor actor, @Nullable MerchantId merchant, String label, Set<Role> roles, Set<Scope> scopes) {
        if (label.isBlank() || label.length() > LABEL_MOST) {
            throw new IllegalArgumentException("a label has 1 to " + LABEL_MOST + " characters");
        }
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var key = new ApiKey(
                Ids.next(),
                secret.substring(0, HINT),
                label.strip(),
                merchant,
                Set.copyOf(roles),
                Set.copyOf(scopes),
                now(),
                null,
                null);
        db.insertInto(API_KEY)
                .set(API_KEY.ID, key.id())
                .set(API_KEY.KEY_DIGEST, digest(secret))
                .set(API_KEY.HINT, key.hint())
                .set(API_KEY.LABEL, key.label())
                .set(API_KEY.MERCHANT_ID, merchant == null ? null : merchant.value())
                .set(API_KEY.ROLES, names(roles))
                .set(API_KEY.SCOPES, names(scopes))
                .set(API_KEY.CREATED_AT, key.createdAt())
                .execute();
        audit.record(
                actor,
                "apikey.created",
                "apikey:" + key.id(),
                merchant,
                null,
                "{\"roles\":\"" + names(roles) + "\",\"scopes\":\"" + names(scopes) + "\"}",
                null);
        return new Created(key, secret);
    }

    @Override
    @Transactional(readOnly = true)
    public List<ApiKey> ofMerchant(Actor actor, MerchantId merchant) {
        access.requireMember(actor, merchant, Role.OWNER);
        return db.selectFrom(API_KEY)
                .where(API_KEY.MERCHANT_ID.eq(merchant.value()))
                .orderBy(API_KEY.ID.desc())
                .limit(LIST_MOST)
                .fetch(StoredApiKeys::key);
    }

    @Override
    @Transactional
    public void revoke(Actor actor, long id) {
        var key = owned(actor, id);
        var now = now();
        int changed = db.update(API_KEY)
                .set(API_KEY.REVOKED_AT, now)
                .where(API_KEY.ID.eq(id))
                .and(isGoodAt(now))
                .execute();
        if (changed == 1) {
            audit.record(actor, "apikey.revoked", "apikey:" + id, key.merchant(), null, null, null);
        }
    }

    private ApiKey owned(Actor actor, long id) {
        var key = db.selectFrom(API_KEY)
                .where(API_KEY.ID.eq(id))
                .fetchOptional(StoredApiKeys::key)
                .orElseThrow(() -> new NotFoundException("apikey:" + id));
        var merchant = key.merchant();
        if (merchant == null) {
            access.requireStaff(actor, Role.ADMIN);
        } else {
            access.requireMember(actor, merchant, Role.OWNER);
        }
        return key;
    }

    @Override
    public Optional<Shown> authenticate(String secret) {
        if (!secret.startsWith(PREFIX) || secret.length() > LONGEST_KEY) {
            return Optional.empty();
        }
        var now = now();
        return db.selectFrom(API_KEY)
                .where(API_KEY.KEY_DIGEST.eq(digest(secret)))
                .and(isGoodAt(now))
                .fetchOptional(StoredApiKeys::key)
                .map(key -> {
                    used(key, now);
                    return new Shown(actor(key), key.scopes());
                });
    }

    /** Written once a minute at most: a busy key must not write with every request. */
    private void used(ApiKey key, Instant now) {
        var before = key.lastUsedAt();
        if (before == null || before.isBefore(now.minus(TO_THE_MINUTE))) {
            db.update(API_KEY)
                    .set(API_KEY.LAST_USED_AT, now)
                    .where(API_KEY.ID.eq(key.id()))
                    .execute();
        }
    }

    private static Condition isGoodAt(Instant now) {
        return API_KEY.REVOKED_AT.isNull().or(API_KEY.REVOKED_AT.gt(now));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Actor actor(ApiKey key) {
        var merchant = key.merchant();
        return merchant == null
                ? Actor.staffKey(key.id(), key.label(), key.roles())
                : Actor.merchantKey(
                        key.id(), key.label(), merchant, key.roles().iterator().next());
    }

    private static ApiKey key(ApiKeyRecord row) {
        var merchant = row.getMerchantId();
        return new ApiKey(
                row.getId(),
                row.getHint(),
                row.getLabel(),
                merchant == null ? null : new MerchantId(merchant),
                split(row.getRoles()).map(Role::valueOf).collect(Collectors.toUnmodifiableSet()),
                split(row.getScopes()).map(Scope::valueOf).collect(Collectors.toUnmodifiableSet()),
                row.getCreatedAt(),
                row.getLastUsedAt(),
                row.getRevokedAt());
    }

    private static String names(Collection<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).sorted().collect(Collectors.joining(","));
    }

    private static Stream<String> split(String names) {
        return names.isEmpty() ? Stream.empty() : Arrays.stream(names.split(","));
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }
}
