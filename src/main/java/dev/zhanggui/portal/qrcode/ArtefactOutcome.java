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

    /** It cannot be made as it was asked for. */
    sealed interface Unfit extends ArtefactOutcome {}

    /** With modules so small no phone in a hand would read it. */
    record TooFine(PrintSize least) implements Unfit {}

    /** So much text does not fit a label so small. */
    record LabelTooSmall() implements Unfit {}

    /** The logo is no picture we read: PNG or JPEG, at most {@link QrCodes#LOGO_MOST} bytes. */
    record LogoUnreadable() implements Unfit {}

    /** With this logo, however small, the symbol would have no margin left. */
    record LogoUnfit() implements Unfit {}
}
