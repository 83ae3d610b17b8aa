package dev.zhanggui.portal.account.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinServletResponse;
import com.vaadin.flow.server.auth.NavigationAccessControl;
import dev.zhanggui.portal.account.LiveAuthentication;
import java.net.URI;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.stereotype.Component;

/** Turns an answered sign-in into a session of its own: a fresh session id, the context kept, and on to where the person wanted. */
@Component
class SessionStart {

    private static final String WELCOME = "/welcome";

    private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    private final HttpSessionRequestCache wishes = new HttpSessionRequestCache();

    /** Who the throttle counts: the address of the connection, as the container sees it. */
    String address() {
        var request = VaadinServletRequest.getCurrent();
        return request == null ? "unknown" : String.valueOf(request.getRemoteAddr());
    }

    void begin(UI ui, LiveAuthentication authentication) {
        var request = VaadinServletRequest.getCurrent().getHttpServletRequest();
        var response = VaadinServletResponse.getCurrent().getHttpServletResponse();
        var target = wish(ui).orElse(WELCOME);
        VaadinService.reinitializeSession(VaadinServletRequest.getCurrent());
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        ui.getPage().setLocation(target);
    }

    /** A page asked for before signing in, by address or inside the page; never another site's. */
    private Optional<String> wish(UI ui) {
        var session = ui.getSession().getSession();
        var inside = session.getAttribute(NavigationAccessControl.SESSION_STORED_REDIRECT);
        session.setAttribute(NavigationAccessControl.SESSION_STORED_REDIRECT, null);
        session.setAttribute(NavigationAccessControl.SESSION_STORED_REDIRECT_ABSOLUTE, null);
        var request = VaadinServletRequest.getCurrent().getHttpServletRequest();
        var response = VaadinServletResponse.getCurrent().getHttpServletResponse();
        var saved = wishes.getRequest(request, response);
        wishes.removeRequest(request, response);
        if (inside instanceof String path && !path.isBlank()) {
            return Optional.of(path.startsWith("/") ? path : "/" + path).filter(SessionStart::isOurs);
        }
        return saved == null
                ? Optional.empty()
                : Optional.of(pathOf(saved.getRedirectUrl())).filter(SessionStart::isOurs);
    }

    private static String pathOf(String url) {
        var uri = URI.create(url);
        return uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery().replaceFirst("&?continue$", ""))
                        .replaceFirst("\\?$", "");
    }

    private static boolean isOurs(String path) {
        return path.startsWith("/") && !path.startsWith("//") && !path.contains("\\") && !path.startsWith("/login");
    }
}
