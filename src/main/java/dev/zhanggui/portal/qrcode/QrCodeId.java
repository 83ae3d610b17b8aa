package dev.zhanggui.portal.qrcode;

/** Identifies a code inside the portal; outside it is known by its signed text. */
public record QrCodeId(long value) {

    @Override
    public String toString() {
        return "qrcode:" + value;
    }
}
