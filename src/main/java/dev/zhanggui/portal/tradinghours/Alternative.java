package dev.zhanggui.portal.tradinghours;

/** What a customer can do instead of paying by code. */
public enum Alternative {
    /** Never refused by hours. */
    CASH,
    CARD,
    /** Ask a member of staff to confirm at the terminal. */
    ASK_STAFF,
    BOOKING,
    /** Come back when the store opens. */
    LATER
}
