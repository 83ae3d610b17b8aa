package dev.zhanggui.portal.qrcode;

/** What became of the wish to print all codes of a batch. */
public sealed interface BatchPrintOutcome {

    /** Each symbol was read again from the finished file. */
    record Ready(Artefact artefact, int codes) implements BatchPrintOutcome {}

    /** No code of the batch is in use. */
    record Nothing() implements BatchPrintOutcome {}

    /** This machine has no font for the words on a label. */
    record FontMissing() implements BatchPrintOutcome {}

    /** Another large file is being made; try again in a moment. */
    record Busy() implements BatchPrintOutcome {}
}
