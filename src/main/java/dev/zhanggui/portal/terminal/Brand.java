package dev.zhanggui.portal.terminal;

/** The acquirers whose terminals we hand out. */
public enum Brand {
    LAKALA("拉卡拉", "Lakala", "822"),
    /** UnionPay Merchant Services, 银联商务: only with a licence and a corporate account. */
    CHINAUMS("银联商务", "ChinaUMS", "802"),
    SHENGPAY("盛付通", "Shengpay", "820"),
    /** Institution code is a sample. */
    RUIYINXIN("瑞银信", "Ruiyinxin", "898"),
    /** Institution code is a sample. */
    HELIPAY("合利宝", "Helipay", "899");

    private final LocalText displayName;
    private final String institution;

    Brand(String zh, String en, String institution) {
        this.displayName = new LocalText(zh, en);
        this.institution = institution;
    }

    public LocalText displayName() {
        return displayName;
    }

    /** The first three digits of the brand's 15-digit merchant codes (field 42), its acquirer code in a binding. */
    public String institution() {
        return institution;
    }
}
