package dev.zhanggui.portal.qrcode;

/** What became of the wish to have another plate in a plate's place. */
public sealed interface ReplaceOutcome {

    record Replaced(QrCode old, QrCode successor) implements ReplaceOutcome {}

    /** Somebody was quicker, perhaps with a successor: see its revocation. */
    record StoppedBefore(QrCode code) implements ReplaceOutcome {}
}
