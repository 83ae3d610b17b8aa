package dev.zhanggui.portal.qrcode;

/** What became of the wish to stop a code. Either way it is stopped now. */
public sealed interface RevokeOutcome {

    QrCode code();

    record Revoked(QrCode code) implements RevokeOutcome {}

    /** Somebody was quicker; the first reason and time stand. */
    record RevokedBefore(QrCode code) implements RevokeOutcome {}
}
