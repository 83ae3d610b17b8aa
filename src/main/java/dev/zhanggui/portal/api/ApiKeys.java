package dev.zhanggui.portal.api;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.MerchantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys by which programs call {@code /api/v1}. */
public interface ApiKeys {

    /**
     * A key as it is listed: never the key itself.
     *
     * @param hint the first characters, to tell keys apart
     * @param merchant the only merchant it may touch; null for staff's keys
     * @param lastUsedAt to the minute; null while it never was
     * @param revokedAt from then on it is good for nothing: after a rotation, some time ahead; null while no end is known
     */
    record ApiKey(
            long id,
            String hint,
            String label,
            @Nullable MerchantId merchant,
            Set<Role> roles,
            Set<Scope> scopes,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {

        public boolean isGoodAt(Instant at) {
            return revokedAt == null || at.isBefore(revokedAt);
        }
    }

    /** As many keys may a merchant have in use, rotated ones left aside. */
    int LIVE_MOST = 20;

    /** The longest label, in characters. */
    int LABEL_MOST = 60;

    /** How long a key works on after its rotation. */
    Duration OVERLAP = Duration.ofHours(24);

    /** @param secret shown now and never again */
    record Created(ApiKey key, String secret) {}

    /** What came of a person's wish for a key. */
    sealed interface KeyOutcome {
        record Made(Created created) implements KeyOutcome {}

        record Refused(KeyFault fault) implements KeyOutcome {}
    }

    /** What can be wrong with the wish for a key. */
    enum KeyFault {
        LABEL_MISSING,
        LABEL_TOO_LONG,
        /** It could do nothing. */
        SCOPES_MISSING,
        TOO_MANY
    }

    /** A key that was shown with a request. */
    record Shown(Actor actor, Set<Scope> scopes) {}

    /**
     * A key of one merchant, acting there with a membership role. For OWNER and the system.
     *
     * @param label what the key is for, in the audit record
     */
    Created createForMerchant(Actor actor, MerchantId merchant, String label, Role membership, Set<Scope> scopes);

    /** As {@link #createForMerchant}, for a person's wish. */
    KeyOutcome make(Actor actor, MerchantId merchant, String label, Role membership, Set<Scope> scopes);

    /**
     * Another key that may do the same; the one before works on for {@link #OVERLAP}. Empty for one that was revoked or rotated
     * before. For whoever could have made it.
     */
    Optional<Created> rotate(Actor actor, long id);

    /** A key that acts with staff roles. For ADMIN and the system. */
    Created createForStaff(Actor actor, String label, Set<Role> roles, Set<Scope> scopes);

    /** Newest first; at most 200. For OWNER and the system. */
    List<ApiKey> ofMerchant(Actor actor, MerchantId merchant);

    /** Stops a key at once, a rotated one too; stopping it twice is no error. For whoever could have made it. */
    void revoke(Actor actor, long id);

    /** Who shows this key; empty when it is unknown or revoked. */
    Optional<Shown> authenticate(String secret);
}
