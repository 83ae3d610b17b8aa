package dev.zhanggui.portal.webhook;

/** What came of making or changing an endpoint. */
public sealed interface EndpointOutcome {

    /** @param secret {@code whsec_…}, shown now and never again */
    record Created(Endpoint endpoint, String secret) implements EndpointOutcome {}

    record Changed(Endpoint endpoint) implements EndpointOutcome {}

    record Invalid(EndpointFault fault) implements EndpointOutcome {}

    /** The merchant has {@link Webhooks#ENDPOINTS_MOST}. */
    record TooMany() implements EndpointOutcome {}
}
