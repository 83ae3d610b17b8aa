package dev.zhanggui.portal.terminal;

/** How a payer can pay at a model. Texts: {@code terminal.method.<NAME>}. */
public enum PaymentMethod {
    /** The payer scans the merchant's code. */
    CODE_SHOWN,
    /** The terminal scans the payer's code. */
    CODE_SCANNED,
    SWIPE,
    INSERT,
    TAP,
    FACE;

    public boolean isCard() {
        return this == SWIPE || this == INSERT || this == TAP;
    }
}
