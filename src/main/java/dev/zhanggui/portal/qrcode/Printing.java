package dev.zhanggui.portal.qrcode;

import org.jspecify.annotations.Nullable;

/**
 * What is made of a code, and how.
 *
 * @param ink of the modules; what is not a picture for a screen stands on white paper
 * @param size of the modules of a PNG; ignored by all else, which is as large as its paper allows
 * @param logo the bytes of a PNG or JPEG for the middle of the symbol; null for none, and for an SVG always none
 */
public record Printing(Shape shape, Says says, Ink ink, PrintSize size, Mark mark, byte @Nullable [] logo) {

    /** 12 dots at 300 dpi are one millimetre: read from 25 cm and more. */
    public static final PrintSize USUAL_SIZE = new PrintSize(12, 300);

    public enum Shape {
        /** For screens and label printers: whole dots, no grey. */
        PNG(Artefact.Format.PNG),
        /** For designers. */
        SVG(Artefact.Format.SVG),
        /** A plate or a poster. */
        A6(Artefact.Format.PDF),
        A5(Artefact.Format.PDF),
        A4(Artefact.Format.PDF),
        /** A4 to fold in the middle: it stands on the table and reads from both sides. */
        TENT(Artefact.Format.PDF),
        /** A4 full of labels, 50 mm wide, with marks to cut along. */
        LABELS_50(Artefact.Format.PDF),
        LABELS_60(Artefact.Format.PDF),
        LABELS_80(Artefact.Format.PDF);

        private final Artefact.Format format;

        Shape(Artefact.Format format) {
            this.format = format;
        }

        public Artefact.Format format() {
            return format;
        }

        /** Millimetres of one label; 0 for what is no sheet of labels. */
        public int labelWidth() {
            return switch (this) {
                case LABELS_50 -> 50;
                case LABELS_60 -> 60;
                case LABELS_80 -> 80;
                default -> 0;
            };
        }

        /** How a picture of the format looks when nothing else is said. */
        public static Shape of(Artefact.Format format) {
            return switch (format) {
                case PNG -> PNG;
                case SVG -> SVG;
                case PDF -> A6;
            };
        }
    }

    public enum Says {
        /** Our address: phones open the scan page. */
        URL,
        /** The payload of EMVCo, for wallets of other countries; it carries our address too. */
        EMV
    }

    /** Words printed across. */
    public enum Mark {
        NONE,
        /** In pale letters under everything: for this store and this place only. */
        ONLY_HERE,
        /** Across the symbol, which cannot be read then: a preview. */
        SAMPLE
    }

    public static Printing of(Shape shape) {
        return new Printing(shape, Says.URL, Ink.BLACK_ON_WHITE, USUAL_SIZE, Mark.NONE, null);
    }

    public Printing marked(Mark other) {
        return new Printing(shape, says, ink, size, other, logo);
    }
}
