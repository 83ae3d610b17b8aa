package dev.zhanggui.portal.acceptance;

/** Through which door somebody wanted to pay. */
public enum Channel {
    SCAN_PAGE,
    CASHIER,
    API
}
