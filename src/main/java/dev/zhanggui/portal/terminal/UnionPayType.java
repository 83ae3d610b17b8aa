package dev.zhanggui.portal.terminal;

/** UnionPay's device types, reported with a binding. */
public enum UnionPayType {
    SELF_SERVICE("01"),
    TRADITIONAL_POS("02"),
    MPOS("03"),
    SMART_POS("04"),
    BARCODE_TERMINAL("10"),
    AUXILIARY_BARCODE("11");

    private final String code;

    UnionPayType(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
