package dev.zhanggui.portal.qrcode;

/** What became of the wish for a new code. */
public sealed interface IssueOutcome {

    record Issued(QrCode code) implements IssueOutcome {}

    /** A plate without a place cannot be found again when it is lost. */
    record PlaceMissing() implements IssueOutcome {}

    /** The place does not fit under the code. */
    record PlaceTooLong(int most) implements IssueOutcome {}

    /** The terminal stands in no store, so its code could collect for none. */
    record NotBound() implements IssueOutcome {}
}
