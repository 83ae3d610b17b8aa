package dev.zhanggui.terminal;

import dev.zhanggui.wire.Text;
import java.util.Arrays;
import java.util.Optional;

/** The classes of devices that the kit can play, by their names on the wire. */
public enum DeviceClass {
    QR_PLATE("逸码通", "QR sound box"),
    MPOS("手机刷卡器", "Mobile card reader"),
    ESIGN_POS("电签 POS", "Signature POS"),
    SCAN_POS("扫码 POS", "Scanner POS"),
    CLOUD_POS("云 POS", "Cloud POS"),
    SMART_POS("智能 POS", "Smart POS"),
    TOUCH_POS("触屏 POS", "Touch POS"),
    CARD_POS("传统 POS", "Card POS"),
    KIOSK("自助终端", "Kiosk");

    private final Text title;

    DeviceClass(String zh, String en) {
        this.title = new Text(zh, en);
    }

    public Text title() {
        return title;
    }

    /** Whether it can keep a key for TLS; the simple ones show a token. */
    boolean hasCertificate() {
        return this != QR_PLATE && this != MPOS;
    }

    public static Optional<DeviceClass> named(String name) {
        return Arrays.stream(values())
                .filter(value -> value.name().equals(name))
                .findFirst();
    }
}
