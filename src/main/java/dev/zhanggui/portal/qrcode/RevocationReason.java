package dev.zhanggui.portal.qrcode;

/** Why a code was stopped. */
public enum RevocationReason {
    LOST,
    DAMAGED,
    /** Covered by a foreign sticker, or suspected to be. */
    TAMPERED,
    REPLACED,
    NOT_NEEDED
}
