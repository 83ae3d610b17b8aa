package dev.zhanggui.portal.qrcode;

import java.util.Locale;

/**
 * A picture of a code that was decoded again and found right.
 *
 * @param fileName ASCII, such as {@code zhanggui-001.png}
 */
public record Artefact(Format format, String fileName, byte[] content) {

    public enum Format {
        /** For screens and label printers: whole dots, no grey. */
        PNG("image/png"),
        /** For designers. */
        SVG("image/svg+xml"),
        /** A plate of A6 size, ready to print. */
        PDF("application/pdf");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        public String contentType() {
            return contentType;
        }

        public String extension() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
