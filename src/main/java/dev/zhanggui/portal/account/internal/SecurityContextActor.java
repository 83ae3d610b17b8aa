package dev.zhanggui.portal.account.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.LiveAuthentication;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Reads the actor from Spring Security: a person signed in, or a request's {@link Actor} principal (keys of the API). */
@Component
class SecurityContextActor implements CurrentActor {

    @Override
    public Actor get() {
        return find().orElseThrow(() -> new IllegalStateException("nobody is signed in"));
    }

    @Override
    public Optional<Actor> find() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !authentication.isAuthenticated()) {
            return Optional.empty();
        }
        if (authentication instanceof LiveAuthentication live) {
            return Optional.of(live.actor());
        }
        return authentication.getPrincipal() instanceof Actor actor ? Optional.of(actor) : Optional.empty();
    }
}
