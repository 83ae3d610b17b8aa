package dev.zhanggui.portal.qrcode;

/** Identifies a batch inside the portal; outside it is known by its ULID. */
public record CodeBatchId(long value) {

    @Override
    public String toString() {
        return "batch:" + value;
    }
}
