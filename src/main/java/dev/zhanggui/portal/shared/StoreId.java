package dev.zhanggui.portal.shared;

/** Identifies a store inside the portal; outside it is known by its ULID. */
public record StoreId(long value) {

    @Override
    public String toString() {
        return "store:" + value;
    }
}
