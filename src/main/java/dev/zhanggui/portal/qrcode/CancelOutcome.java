package dev.zhanggui.portal.qrcode;

/** What became of the wish to stop a batch. */
public sealed interface CancelOutcome {

    CodeBatch batch();

    /** From this answer on nothing more is issued; what was issued stays in use. */
    record Cancelled(CodeBatch batch) implements CancelOutcome {}

    /** There was nothing left to stop. */
    record Over(CodeBatch batch) implements CancelOutcome {}
}
