package dev.zhanggui.portal.qrcode.emv;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** CRC-16/CCITT-FALSE (ISO/IEC 13239 with polynomial 1021 and initial value FFFF, 4.7.3) over UTF-8. */
final class Crc16 {

    private static final int POLYNOMIAL = 0x1021;

    private Crc16() {}

    /** Four hexadecimal digits in capitals. */
    static String of(String text) {
        int crc = 0xffff;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            crc ^= (b & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
            crc &= 0xffff;
        }
        return String.format(Locale.ROOT, "%04X", crc);
    }
}
