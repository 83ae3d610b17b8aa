package dev.zhanggui.portal.acceptance;

import java.util.List;

/** The app that somebody scans with, by what it says of itself in {@code User-Agent} (rules.md 8). */
public enum PayerApp {
    WECHAT("MicroMessenger"),
    ALIPAY("AlipayClient"),
    UNIONPAY("UnionPay/", "com.unionpay"),
    /** The phone's own camera or browser. */
    OTHER;

    private final List<String> signs;

    PayerApp(String... signs) {
        this.signs = List.of(signs);
    }

    public static PayerApp of(String userAgent) {
        for (var app : values()) {
            if (app.signs.stream().anyMatch(userAgent::contains)) {
                return app;
            }
        }
        return OTHER;
    }
}
