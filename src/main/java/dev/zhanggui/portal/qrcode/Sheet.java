package dev.zhanggui.portal.qrcode;

import java.util.List;

/**
 * A sheet of paper that carries words and a code, for {@link SheetPress}: parts from top to bottom, the code at the foot.
 *
 * @param title at the top, beside the platform's seal
 */
public record Sheet(Paper paper, String title, List<Part> parts, Code code) {

    public Sheet {
        parts = List.copyOf(parts);
    }

    /** Upright; sides in millimetres (ISO 216). */
    public enum Paper {
        A4(210, 297),
        A5(148, 210);

        private final int width;
        private final int height;

        Paper(int width, int height) {
            this.width = width;
            this.height = height;
        }

        public int width() {
            return width;
        }

        public int height() {
            return height;
        }
    }

    public sealed interface Part {

        /** A few words that stand above what follows. */
        record Heading(String words) implements Part {}

        /** Broken into lines as needed. */
        record Text(String words) implements Part {}

        /** A list of names and what belongs to each. */
        record Table(List<Row> rows) implements Part {}
    }

    public record Row(String name, String words) {}

    /**
     * @param url what the code says; ASCII
     * @param caption what it is good for
     * @param lines in small print under it
     */
    public record Code(String url, String caption, List<String> lines) {}
}
