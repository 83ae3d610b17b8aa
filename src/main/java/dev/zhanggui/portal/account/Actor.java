package dev.zhanggui.portal.account;

import dev.zhanggui.portal.shared.MerchantId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who acts: every service method takes one, checks it, and writes it into the audit record.
 *
 * @param id the account, the API key, the terminal; 0 for the system
 * @param label how the audit record names it, without personal data
 * @param roles the roles held now; memberships are looked up per merchant by {@link Access}
 * @param boundTo the only merchant an API key may touch; null for all others
 */
public record Actor(
        Kind kind,
        long id,
        String label,
        Set<Role> roles,
        @Nullable MerchantId boundTo) {

    public enum Kind {
        PERSON,
        API_KEY,
        DEVICE,
        SYSTEM
    }

    public static Actor person(AccountId id, String label, Set<Role> roles) {
        return new Actor(Kind.PERSON, id.value(), label, Set.copyOf(roles), null);
    }

    /** A key of one merchant acts with the membership role it was given there. */
    public static Actor merchantKey(long keyId, String label, MerchantId merchant, Role membership) {
        return new Actor(Kind.API_KEY, keyId, label, Set.of(membership), merchant);
    }

    public static Actor staffKey(long keyId, String label, Set<Role> roles) {
        return new Actor(Kind.API_KEY, keyId, label, Set.copyOf(roles), null);
    }

    /** The portal itself: a timer, a listener, the demo data. */
    public static Actor system(String name) {
        return new Actor(Kind.SYSTEM, 0, name, Set.of(), null);
    }

    public static Actor device(long terminalId, String label) {
        return new Actor(Kind.DEVICE, terminalId, label, Set.of(), null);
    }

    public boolean isSystem() {
        return kind == Kind.SYSTEM;
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    public boolean isStaff() {
        return roles.stream().anyMatch(Role::isStaff);
    }

    /** The person's account; {@link IllegalStateException} when this is no person. */
    public AccountId accountId() {
        if (kind != Kind.PERSON) {
            throw new IllegalStateException(kind + " has no account");
        }
        return new AccountId(id);
    }
}
