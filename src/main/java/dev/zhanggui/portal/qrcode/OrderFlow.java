package dev.zhanggui.portal.qrcode;

/** Which half of the business is done online. */
public enum OrderFlow {
    /** Booked online, paid in the store by scanning. */
    BOOKED_ONLINE,
    /** Paid in the store by scanning, then confirmed online by the merchant's own system. */
    CONFIRMED_ONLINE
}
