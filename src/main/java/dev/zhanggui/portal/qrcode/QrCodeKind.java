package dev.zhanggui.portal.qrcode;

/** What a code stands for. */
public enum QrCodeKind {
    /** Hangs or stands in a store; the payer types the amount. */
    STORE,
    /** Belongs to one terminal. */
    TERMINAL,
    /** Valid in a campaign's window only. */
    PROMOTION,
    /** One order, one amount, one use. */
    ORDER;

    /** A code that is printed once and scanned by many: a payer may pay at most 500 yuan a day by it (PBoC 2017 No. 296). */
    public boolean isStatic() {
        return this != ORDER;
    }
}
