package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrSymbol;
import dev.zhanggui.portal.qrcode.emv.EmvPayload;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands on a plate, a label or a poster beside its symbol.
 *
 * @param emv what the symbol says instead of the URL; null for the URL
 */
record Face(
        String store,
        String place,
        String number,
        String code,
        String url,
        @Nullable EmvPayload emv) {

    static final String PAY = "扫码支付";
    static final String PAY_EN = "Scan to pay";

    static Face of(QrCode code, String store) {
        return new Face(store, code.place(), code.numberText(), code.code(), code.url(), null);
    }

    Face saying(EmvPayload payload) {
        return new Face(store, place, number, code, url, payload);
    }

    /** What a reader must find in the symbol. */
    String text() {
        return emv == null ? url : emv.text();
    }

    QrSymbol symbol(QrSymbol.ErrorLevel level) {
        return emv == null ? QrSymbol.of(url, level) : QrSymbol.of(emv, level);
    }

    /** 柜台 · 001 */
    String where() {
        return place + " · " + number;
    }

    /** Where anybody may have a code looked at: {@code zg.example.cn/check}. */
    String checkPage() {
        return host() + "/check";
    }

    /** How a payer tells this code from one pasted over it. */
    List<String> howToCheck() {
        return List.of(
                "付款前看两眼：网址以 " + host() + " 开头，",
                "页面上是「" + shorten(store, 14) + "」和编号 " + number + "。",
                "不一样就别付，告诉店员。",
                "查真假：" + checkPage());
    }

    /** In groups, for reading aloud on the phone. */
    String spaced() {
        var groups = new ArrayList<String>();
        for (int i = 0; i < code.length(); i += 7) {
            groups.add(code.substring(i, Math.min(code.length(), i + 7)));
        }
        return String.join(" ", groups);
    }

    /** Every character that any print of it shows. */
    String words() {
        return store + "掌" + PAY + PAY_EN + where() + String.join("", howToCheck()) + code;
    }

    String host() {
        var uri = URI.create(url);
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    static String shorten(String words, int most) {
        int length = words.codePointCount(0, words.length());
        return length <= most ? words : words.substring(0, words.offsetByCodePoints(0, most - 1)) + "…";
    }
}
