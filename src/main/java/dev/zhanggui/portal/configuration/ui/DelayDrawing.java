package dev.zhanggui.portal.configuration.ui;

import dev.zhanggui.portal.configuration.Fleet;
import java.time.Duration;
import java.util.stream.IntStream;

/** How long edits took to arrive, as bars of 25 ms up to 1.1 s; the last bar holds all longer ones. */
final class DelayDrawing {

    private static final Duration BAR = Duration.ofMillis(25);
    private static final int BARS = 45;
    private static final int WIDE = 14;
    private static final int HIGH = 130;

    /** What we promise: half of the edits within this time (bars of {@link #BAR}), nearly all within the other. */
    private static final int HALF_WITHIN = 8;

    private static final int MOST_WITHIN = 40;

    private DelayDrawing() {}

    /**
     * @param label what it is, for whoever cannot see it
     * @param beyond beside the last bar
     */
    static String svg(Fleet.Delay delay, String label, String beyond) {
        var bars = new int[BARS];
        delay.counts().forEach((took, edits) -> bars[(int) Math.min(BARS - 1, took.dividedBy(BAR))] += edits);
        int most = Math.max(1, IntStream.of(bars).max().orElse(1));
        var svg = new StringBuilder("<svg viewBox=\"0 0 " + BARS * WIDE + " " + (HIGH + 34)
                + "\" role=\"img\" aria-label=\"" + escape(label) + "\">");
        for (int i = 0; i < BARS; i++) {
            if (bars[i] > 0) {
                long high = Math.max(2, Math.round((double) HIGH * bars[i] / most));
                svg.append("<rect class=\"")
                        .append(i < HALF_WITHIN ? "quick" : i < MOST_WITHIN ? "well" : "late")
                        .append("\" x=\"")
                        .append(i * WIDE + 1)
                        .append("\" y=\"")
                        .append(HIGH + 10 - high)
                        .append("\" width=\"")
                        .append(WIDE - 2)
                        .append("\" height=\"")
                        .append(high)
                        .append("\" rx=\"2\"/>");
            }
        }
        svg.append("<path class=\"ground\" d=\"M0 ")
                .append(HIGH + 10)
                .append("H")
                .append(BARS * WIDE)
                .append("\"/>");
        mark(svg, HALF_WITHIN, "0.2", "middle");
        mark(svg, MOST_WITHIN, "1.0", "middle");
        text(svg, 0, "0", "start");
        text(svg, BARS, beyond, "end");
        return svg.append("</svg>").toString();
    }

    private static void mark(StringBuilder svg, int bar, String words, String anchor) {
        svg.append("<path class=\"mark\" d=\"M")
                .append(bar * WIDE)
                .append(" 4V")
                .append(HIGH + 10)
                .append("\"/>");
        text(svg, bar, words, anchor);
    }

    private static void text(StringBuilder svg, int bar, String words, String anchor) {
        svg.append("<text x=\"")
                .append(bar * WIDE)
                .append("\" y=\"")
                .append(HIGH + 30)
                .append("\" text-anchor=\"")
                .append(anchor)
                .append("\">")
                .append(escape(words))
                .append("</text>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
