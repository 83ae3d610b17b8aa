package dev.zhanggui.portal.qrcode;

/** What the text of a scanned code is, by its signature first and the register second. */
public sealed interface Scanned {

    /** Ours; in use or revoked. */
    record Known(QrCode code) implements Scanned {}

    /** Rightly signed here, but not in the register: a lost database row or a leaked key. */
    record Unregistered() implements Scanned {}

    /** Not signed here: mistyped, cut off, invented, or from another environment. */
    record Forged() implements Scanned {}
}
