package dev.zhanggui.portal.shared;

/** The classes of device in the catalogue; the name is also the wire's and the API's. */
public enum DeviceClass {
    /** Code plate with a loudspeaker, 逸码通. */
    QR_PLATE,
    /** Card reader that pairs with a phone. */
    MPOS,
    /** POS with a signature screen, 电签. */
    ESIGN_POS,
    /** Scans the payer's code, 扫码. */
    SCAN_POS,
    /** Remotely managed counter terminal, 云. */
    CLOUD_POS,
    /** Android POS with printer, 智能. */
    SMART_POS,
    /** Touch-screen counter terminal, 触屏. */
    TOUCH_POS,
    /** Plain card-swipe POS, 刷卡机. */
    CARD_POS,
    /** Self-service kiosk, 自助终端. */
    KIOSK
}
