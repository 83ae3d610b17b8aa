package dev.zhanggui.portal.shared;

/** The classes of device in the catalogue; the name is also the wire's and the API's. */
public enum DeviceClass {
    /** Code plate with a loudspeaker, 逸码通. */
    QR_PLATE(false),
    /** Card reader that pairs with a phone. */
    MPOS(false),
    /** POS with a signature screen, 电签. */
    ESIGN_POS(true),
    /** Scans the payer's code, 扫码. */
    SCAN_POS(true),
    /** Remotely managed counter terminal, 云. */
    CLOUD_POS(true),
    /** Android POS with printer, 智能. */
    SMART_POS(true),
    /** Touch-screen counter terminal, 触屏. */
    TOUCH_POS(true),
    /** Plain card-swipe POS, 刷卡机. */
    CARD_POS(true),
    /** Self-service kiosk, 自助终端. */
    KIOSK(true);

    private final boolean certificate;

    DeviceClass(boolean certificate) {
        this.certificate = certificate;
    }

    /**
     * Whether such a device connects with a certificate of its own (mutual TLS) or with a token: a code plate has no room for more, and
     * a reader that pairs with a phone goes out through that phone.
     */
    public boolean connectsWithCertificate() {
        return certificate;
    }
}
