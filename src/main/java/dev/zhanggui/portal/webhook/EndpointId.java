package dev.zhanggui.portal.webhook;

/** Identifies an endpoint inside the portal; outside it is known by its ULID. */
public record EndpointId(long value) {

    @Override
    public String toString() {
        return "webhook:" + value;
    }
}
