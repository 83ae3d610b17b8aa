package dev.zhanggui.portal.qrcode;

/** What became of a plate's new place. */
public sealed interface PlaceOutcome {

    record Placed(QrCode code) implements PlaceOutcome {}

    /** It is out of use; where its print lies is nobody's record any more. */
    record Stopped(QrCode code) implements PlaceOutcome {}

    record PlaceMissing() implements PlaceOutcome {}

    record PlaceTooLong(int most) implements PlaceOutcome {}

    record HolderTooLong(int most) implements PlaceOutcome {}
}
