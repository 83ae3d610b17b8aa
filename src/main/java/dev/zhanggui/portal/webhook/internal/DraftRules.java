package dev.zhanggui.portal.webhook.internal;

import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointFault;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.Webhooks;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What may be registered. Where a name leads is judged at each delivery; here, what can be told from the text alone. */
final class DraftRules {

    private static final int LAST_PORT = 0xffff;
    private static final int LAST_ASCII = 0x7e;

    private final AddressGuard guard;
    private final boolean plainHttp;

    /** @param plainHttp whether {@code http:} is taken, too */
    DraftRules(AddressGuard guard, boolean plainHttp) {
        this.guard = guard;
        this.plainHttp = plainHttp;
    }

    static EndpointDraft clean(EndpointDraft draft) {
        return new EndpointDraft(draft.url().strip(), draft.description().strip(), draft.events());
    }

    Optional<EndpointFault> fault(EndpointDraft draft) {
        var url = urlFault(draft.url());
        if (url.isPresent()) {
            return url;
        }
        if (draft.description().length() > Webhooks.DESCRIPTION_MOST) {
            return Optional.of(EndpointFault.DESCRIPTION_TOO_LONG);
        }
        return draft.events().isEmpty() || !EventType.CHOICES.containsAll(draft.events())
                ? Optional.of(EndpointFault.EVENTS_MISSING)
                : Optional.empty();
    }

    private Optional<EndpointFault> urlFault(String url) {
        if (url.isEmpty()) {
            return Optional.of(EndpointFault.URL_MISSING);
        }
        if (url.length() > Webhooks.URL_MOST) {
            return Optional.of(EndpointFault.URL_TOO_LONG);
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of(EndpointFault.URL_UNREADABLE);
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        if (uri.getHost() == null
                || !http && !https
                || uri.getRawFragment() != null
                || uri.getPort() == 0
                || uri.getPort() > LAST_PORT
                || !url.chars().allMatch(c -> c <= LAST_ASCII)) {
            return Optional.of(EndpointFault.URL_UNREADABLE);
        }
        if (http && !plainHttp) {
            return Optional.of(EndpointFault.URL_NOT_HTTPS);
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of(EndpointFault.URL_WITH_USER);
        }
        return guard.mayAllow(uri.getHost()) ? Optional.empty() : Optional.of(EndpointFault.URL_PRIVATE);
    }
}
