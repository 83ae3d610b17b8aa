package dev.zhanggui.portal.webhook;

/** What came of asking for a try or for another one. */
public sealed interface SendOutcome {

    /** It is due now. */
    record Queued(Delivery delivery) implements SendOutcome {}

    /** The endpoint is stopped: nothing is sent to it. */
    record EndpointStopped(Endpoint endpoint) implements SendOutcome {}
}
