package dev.zhanggui.portal.api;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.MerchantId;
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
     */
    record ApiKey(
            long id,
            String hint,
            String label,
            @Nullable MerchantId merchant,
            Set<Role> roles,
            Set<Scope> scopes,
            Instant createdAt,
            @Nullable Instant revokedAt) {}

    /** @param secret shown now and never again */
    record Created(ApiKey key, String secret) {}

    /** A key that was shown with a request. */
    record Shown(Actor actor, Set<Scope> scopes) {}

    /**
     * A key of one merchant, acting there with a membership role. For OWNER and the system.
     *
     * @param label what the key is for, in the audit record
     */
    Created createForMerchant(Actor actor, MerchantId merchant, String label, Role membership, Set<Scope> scopes);

    /** A key that acts with staff roles. For ADMIN and the system. */
    Created createForStaff(Actor actor, String label, Set<Role> roles, Set<Scope> scopes);

    /** Newest first; at most 200. For OWNER and the system. */
    List<ApiKey> ofMerchant(Actor actor, MerchantId merchant);

    /** Stops a key at once; stopping it twice is no error. For whoever could have made it. */
    void revoke(Actor actor, long id);

    /** Who shows this key; empty when it is unknown or revoked. */
    Optional<Shown> authenticate(String secret);
}
