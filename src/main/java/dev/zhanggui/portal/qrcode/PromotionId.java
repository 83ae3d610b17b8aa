package dev.zhanggui.portal.qrcode;

/** Identifies a promotion inside the portal; outside it is known by its ULID. */
public record PromotionId(long value) {

    @Override
    public String toString() {
        return "promotion:" + value;
    }
}
