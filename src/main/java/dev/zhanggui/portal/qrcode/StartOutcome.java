package dev.zhanggui.portal.qrcode;

/** What became of the wish to issue the codes of a file. */
public sealed interface StartOutcome {

    record Started(CodeBatch batch) implements StartOutcome {}

    record Unreadable(BatchReading.Flaw flaw, int row) implements StartOutcome {}

    /** Not one row is right. */
    record NothingRight(BatchReading.Readable reading) implements StartOutcome {}

    /** The file was used before; it takes another word to issue its codes once more. */
    record SameFile(CodeBatch before) implements StartOutcome {}
}
