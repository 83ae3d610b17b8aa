package dev.zhanggui.portal.shell;

import com.vaadin.flow.server.auth.AccessCheckResult;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.server.auth.NavigationAccessChecker;
import com.vaadin.flow.server.auth.NavigationContext;
import dev.zhanggui.portal.account.LiveAuthentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Refuses every page but the anonymous ones to a session whose second factor is due and missing. URL rules do not do that: a
 * navigation inside a loaded page never passes them.
 */
class FactorChecker implements NavigationAccessChecker {

    @Override
    public AccessCheckResult check(NavigationContext context) {
        boolean open =
                context.isErrorHandling() || context.getNavigationTarget().isAnnotationPresent(AnonymousAllowed.class);
        return !open
                        && SecurityContextHolder.getContext().getAuthentication() instanceof LiveAuthentication live
                        && live.factorMissing()
                ? context.deny("the second factor is missing")
                : context.neutral();
    }
}
