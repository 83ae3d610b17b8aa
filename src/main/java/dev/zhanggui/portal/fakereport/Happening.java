package dev.zhanggui.portal.fakereport;

/** What somebody saw. */
public enum Happening {
    /** A sticker over a plate, or a plate that nobody in the store knows. */
    STICKER,
    /** It showed another name than the one on the sign. */
    OTHER_NAME,
    /** Money is gone already. */
    PAID,
    /** Came by message, leaflet or parcel instead of hanging in a store. */
    SENT,
    OTHER
}
