package dev.zhanggui.portal.fakereport;

/** What the code was by its signature when it was reported. */
public enum Judged {
    /** Made here and in use. */
    IN_USE,
    /** Made here, and not good for a payment. */
    IDLE,
    FORGED,
    NOT_OURS,
    /** The sign with a store's hours. */
    SIGN,
    /** No code was given, and none was found in a photo. */
    NONE
}
