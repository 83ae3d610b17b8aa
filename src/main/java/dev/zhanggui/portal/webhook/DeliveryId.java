package dev.zhanggui.portal.webhook;

/** Identifies a delivery inside the portal; outside it is known by its ULID, which is the {@code webhook-id} too. */
public record DeliveryId(long value) {

    @Override
    public String toString() {
        return "delivery:" + value;
    }
}
