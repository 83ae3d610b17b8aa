package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.api.ApiKeys;
import dev.zhanggui.portal.api.Scope;
import java.util.List;
import java.util.Set;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A request that showed a valid key. */
final class KeyAuthentication extends AbstractAuthenticationToken {

    private final transient ApiKeys.Shown shown;

    KeyAuthentication(ApiKeys.Shown shown) {
        super(List.of());
        this.shown = shown;
        setAuthenticated(true);
    }

    @Override
    public Actor getPrincipal() {
        return shown.actor();
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return "apikey:" + shown.actor().id();
    }

    Set<Scope> scopes() {
        return shown.scopes();
    }
}
