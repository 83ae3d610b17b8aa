package dev.zhanggui.portal.qrcode;

/** What became of the wish for a picture. */
public sealed interface ArtefactOutcome {

    record Ready(Artefact artefact) implements ArtefactOutcome {}

    /** A stopped code is not printed again. */
    record Stopped(QrCode code) implements ArtefactOutcome {}

    /**
     * This machine has no font for the words on the plate. Nothing is handed out rather than a plate with holes in the store's
     * name; PNG and SVG carry no words and stay available.
     */
    record FontMissing(String words) implements ArtefactOutcome {}
}
