package dev.zhanggui.portal.webhook;

import java.util.Set;

/**
 * What a merchant says of an endpoint.
 *
 * @param url where to POST to, as typed
 * @param description in the merchant's words, may be empty
 */
public record EndpointDraft(String url, String description, Set<EventType> events) {

    public EndpointDraft {
        events = Set.copyOf(events);
    }
}
