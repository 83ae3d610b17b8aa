package dev.zhanggui.portal.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Somebody signed in. The roles are asked for anew whenever they are needed: who becomes an owner sees it without signing in
 * again, and who is disabled loses everything at once. Staff whose second factor is due and missing have no role at all.
 */
public final class LiveAuthentication implements Authentication {

    /** What an account may do now. */
    public interface Source {
        State state(AccountId account);
    }

    /**
     * @param secondFactorDue roles count only with the second factor in this session
     */
    public record State(boolean disabled, boolean secondFactorDue, Set<Role> roles) {}

    private final AccountId account;
    private final String label;
    private final boolean staff;
    private final List<FactorGrantedAuthority> factors;
    private final transient Source source;

    public LiveAuthentication(
            AccountId account, String label, boolean staff, List<FactorGrantedAuthority> factors, Source source) {
        this.account = account;
        this.label = label;
        this.staff = staff;
        this.factors = List.copyOf(factors);
        this.source = source;
    }

    public AccountId account() {
        return account;
    }

    public boolean isStaff() {
        return staff;
    }

    /** True when this session lacks a factor that its account must show. */
    public boolean factorMissing() {
        return source.state(account).secondFactorDue()
                && factors.stream().noneMatch(factor -> SecondFactor.AUTHORITY.equals(factor.getAuthority()));
    }

    public Set<Role> roles() {
        var state = source.state(account);
        return state.disabled() || factorMissing() ? Set.of() : state.roles();
    }

    public Actor actor() {
        return Actor.person(account, label, roles());
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        var all = new ArrayList<GrantedAuthority>(factors);
        for (var role : new HashSet<>(roles())) {
            all.add(new SimpleGrantedAuthority(role.authority()));
        }
        return all;
    }

    @Override
    public boolean isAuthenticated() {
        return !source.state(account).disabled();
    }

    @Override
    public void setAuthenticated(boolean authenticated) {
        throw new IllegalArgumentException("sign out instead");
    }

    @Override
    public AccountId getPrincipal() {
        return account;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public @Nullable Object getDetails() {
        return null;
    }

    /** Without personal data: it goes into logs. */
    @Override
    public String getName() {
        return account.toString();
    }

    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return "LiveAuthentication[" + account + "]";
    }
}
