package dev.zhanggui.portal.qrcode;

/** What became of the confirmation of a paid order. */
public sealed interface ConfirmOutcome {

    /** @param now false when it was confirmed before */
    record Confirmed(QrCode code, boolean now) implements ConfirmOutcome {}

    record NotPaid(QrCode code) implements ConfirmOutcome {}

    /** It is no order code, or one that needs no confirmation. */
    record NotAwaited(QrCode code) implements ConfirmOutcome {}
}
