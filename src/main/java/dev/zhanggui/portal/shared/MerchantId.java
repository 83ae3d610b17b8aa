package dev.zhanggui.portal.shared;

/** Identifies a merchant inside the portal; outside it is known by its ULID. */
public record MerchantId(long value) {

    @Override
    public String toString() {
        return "merchant:" + value;
    }
}
