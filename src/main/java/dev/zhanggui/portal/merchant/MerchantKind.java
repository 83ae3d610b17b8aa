package dev.zhanggui.portal.merchant;

/** The legal kinds of merchant. */
public enum MerchantKind {
    /** A natural person without a licence, 个人小微. */
    INDIVIDUAL,
    /** An individually-owned business, 个体工商户. */
    SOLE_TRADER,
    COMPANY,
    INSTITUTION
}
