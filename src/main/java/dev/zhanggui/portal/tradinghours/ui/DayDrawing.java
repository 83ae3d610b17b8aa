package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.Period;
import java.util.Locale;

/**
 * One day on its way to a picture: a bar from midnight to midnight for a phone, or a column for a desktop that goes on into the
 * small hours, so that a night stays one block. What is drawn later lies on top. Only for eyes: the words are the component's.
 */
final class DayDrawing {

    /** Where a column begins unless somebody opens earlier; it ends at six on the next day either way. */
    static final int SIX = 6 * 60;

    private static final int TICKS = 3 * 60;
    private static final int LEAST_WORDS = 60;
    private static final int LEAST_GHOST_WORDS = 90;
    private static final String HATCHED = " fill=\"url(#zg-hatch)\"";

    private final StringBuilder svg = new StringBuilder("<svg width=\"100%\" height=\"100%\" aria-hidden=\"true\">");
    private final boolean across;
    private final int first;
    private final int span;

    private DayDrawing(boolean across, int first, int span) {
        this.across = across;
        this.first = first;
        this.span = span;
    }

    static DayDrawing bar() {
        var bar = new DayDrawing(true, 0, Period.DAY);
        bar.rect("track", 0, 100, "");
        for (int quarter = 25; quarter < 100; quarter += 25) {
            bar.svg.append("<rect class=\"tick\" x=\"").append(quarter).append("%\" width=\"1\" height=\"100%\"/>");
        }
        return bar;
    }

    /** @param first the minute at the top */
    static DayDrawing column(int first) {
        var column = new DayDrawing(false, first, span(first));
        for (int minute = (first / TICKS + 1) * TICKS; minute < first + column.span; minute += TICKS) {
            column.svg
                    .append("<rect class=\"tick\" y=\"")
                    .append(number(column.share(minute)))
                    .append("%\" width=\"100%\" height=\"1\"/>");
        }
        return column;
    }

    /** The minutes of a column that begins there. */
    static int span(int first) {
        return Period.DAY + SIX - first;
    }

    /** @param runsOff the shift goes on beyond the edge of the bar and comes back on the next day's */
    DayDrawing track(DayTrack track, boolean runsOff) {
        var fill = track.kind().unsaved() ? HATCHED : "";
        if (across) {
            double from = track.kind().night() && track.start() == 0 ? -3 : share(track.start());
            rect(track.kind().cssClass(), from, runsOff && track.end() == Period.DAY ? 103 : share(track.end()), fill);
        } else {
            rect(track.kind().cssClass(), share(track.start()), Math.min(100, share(track.end())), fill);
        }
        return this;
    }

    /** The outline of what a beaten rule would have given. */
    DayDrawing ghost(int start, int end) {
        rect("ghost", Math.max(0, share(start)), Math.min(100, share(end)), "");
        return this;
    }

    /**
     * In the middle of a stretch of a column, where there is room for it: why it is not open, and the hours that do not count.
     *
     * @param start of the hours, which may be longer than the stretch
     */
    DayDrawing ghostWords(int from, int until, String why, int start, int end) {
        if (until - from >= LEAST_GHOST_WORDS) {
            double middle = (share(from) + Math.min(100, share(until))) / 2;
            text("on-ghost", middle, -8, why);
            text("on-ghost beaten", middle, 8, clock(start) + "–" + clock(end));
        }
        return this;
    }

    /** From when to when, on a stretch of a column that is long enough. */
    DayDrawing words(int start, int end) {
        if (end - start >= LEAST_WORDS) {
            text("on-open", (share(start) + Math.min(100, share(end))) / 2, 0, clock(start) + "–" + clock(end));
        }
        return this;
    }

    /** Where a shift's edge can be taken hold of. */
    DayDrawing handle(DayEdges.Grip grip, Period period, boolean chosen) {
        boolean start = grip.edge() == DayEdges.Edge.START;
        int at = start ? period.start() : period.end();
        if (across) {
            if (chosen && at <= Period.DAY) {
                svg.append("<rect class=\"chosen\" width=\"4\" height=\"100%\" x=\"")
                        .append(number(share(at)))
                        .append("%\"/>");
            }
        } else if (at <= first + span) {
            svg.append("<svg class=\"handle")
                    .append(chosen ? " chosen" : "")
                    .append("\" overflow=\"visible\" height=\"1\" y=\"")
                    .append(number(share(at)))
                    .append("%\" data-shift=\"")
                    .append(grip.shift())
                    .append("\" data-edge=\"")
                    .append(grip.edge())
                    .append("\" data-start=\"")
                    .append(period.start())
                    .append("\" data-end=\"")
                    .append(period.end())
                    .append("\"><rect class=\"hold\" y=\"-7\" width=\"100%\" height=\"14\"/>")
                    .append("<rect class=\"grip\" x=\"42%\" y=\"")
                    .append(start ? 5 : -8)
                    .append("\" width=\"16%\" height=\"3\" rx=\"1.5\"/></svg>");
        }
        return this;
    }

    DayDrawing now(int minute) {
        line("now", minute);
        return this;
    }

    /** The minute that the reason is shown for. */
    DayDrawing asked(int minute) {
        if (!shows(minute)) {
            return this;
        }
        double at = share(minute);
        if (across) {
            svg.append("<svg class=\"asked\" overflow=\"visible\" width=\"1\" x=\"")
                    .append(number(at))
                    .append("%\"><rect x=\"-1\" width=\"2\" height=\"100%\"/><circle cy=\"5\" r=\"5\"/></svg>");
        } else {
            // Near an edge the plate stays inside.
            int plate = at < 3 ? 0 : at > 97 ? -18 : -9;
            svg.append("<svg class=\"asked\" overflow=\"visible\" height=\"1\" y=\"")
                    .append(number(at))
                    .append("%\"><rect y=\"-1\" width=\"100%\" height=\"2\"/><rect x=\"2\" y=\"")
                    .append(plate)
                    .append("\" width=\"42\" height=\"18\" rx=\"6\"/><text x=\"23\" y=\"")
                    .append(plate + 9)
                    .append("\" text-anchor=\"middle\" dominant-baseline=\"central\">")
                    .append(clock(minute))
                    .append("</text></svg>");
        }
        return this;
    }

    private boolean shows(int minute) {
        return minute >= first && minute < first + span;
    }

    Svg done() {
        return new Svg(svg.append("</svg>").toString());
    }

    /** The hours beside the columns. */
    static Svg hours(int first) {
        var hours = new DayDrawing(false, first, span(first));
        for (int minute = (first / TICKS + 1) * TICKS; minute < first + hours.span; minute += TICKS) {
            hours.svg
                    .append("<text x=\"100%\" text-anchor=\"end\" dominant-baseline=\"middle\" y=\"")
                    .append(number(hours.share(minute)))
                    .append("%\">")
                    .append(minute > Period.DAY ? minute / 60 - 24 : minute / 60)
                    .append("</text>");
        }
        return hours.done();
    }

    /** The hours above the bars. */
    static Span axis() {
        return new Span(new Svg("<svg width=\"100%\" height=\"16\" aria-hidden=\"true\">"
                + "<text x=\"0\" y=\"12\">0</text><text x=\"25%\" y=\"12\" text-anchor=\"middle\">6</text>"
                + "<text x=\"50%\" y=\"12\" text-anchor=\"middle\">12</text>"
                + "<text x=\"75%\" y=\"12\" text-anchor=\"middle\">18</text>"
                + "<text x=\"100%\" y=\"12\" text-anchor=\"end\">24</text></svg>"));
    }

    /** A sample for the legend. */
    static Span swatch(String kind) {
        return new Span(new Svg("<svg width=\"16\" height=\"10\" aria-hidden=\"true\"><rect class=\"" + kind
                + "\" width=\"100%\" height=\"100%\" rx=\"3\"" + ("new".equals(kind) ? HATCHED : "") + "/></svg>"));
    }

    /** The pattern of what is not saved; once on a page. */
    static Div hatch() {
        var defs = new Div(new Svg("<svg width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>"
                + "<pattern id=\"zg-hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\""
                + " patternTransform=\"rotate(45)\"><rect class=\"hatch-ground\" width=\"7\" height=\"7\"/>"
                + "<rect class=\"hatch-line\" width=\"4\" height=\"7\"/></pattern></defs></svg>"));
        defs.addClassName("zg-week-defs");
        return defs;
    }

    private void rect(String kind, double from, double to, String fill) {
        svg.append("<rect class=\"")
                .append(kind)
                .append(across ? "\" height=\"100%\" rx=\"6\" x=\"" : "\" width=\"100%\" rx=\"8\" y=\"")
                .append(number(from))
                .append(across ? "%\" width=\"" : "%\" height=\"")
                .append(number(to - from))
                .append("%\"")
                .append(fill)
                .append("/>");
    }

    private void line(String kind, int minute) {
        if (shows(minute)) {
            svg.append("<rect class=\"")
                    .append(kind)
                    .append(across ? "\" width=\"2\" height=\"100%\" x=\"" : "\" height=\"2\" width=\"100%\" y=\"")
                    .append(number(share(minute)))
                    .append("%\"/>");
        }
    }

    private void text(String kind, double y, int lower, String words) {
        svg.append("<text class=\"")
                .append(kind)
                .append("\" x=\"50%\" y=\"")
                .append(number(y))
                .append("%\" dy=\"")
                .append(lower)
                .append("\" text-anchor=\"middle\" dominant-baseline=\"middle\">")
                .append(words.replace("&", "&amp;").replace("<", "&lt;"))
                .append("</text>");
    }

    private double share(int minute) {
        return (minute - first) * 100.0 / span;
    }

    private static String clock(int minute) {
        return Period.clock(minute > Period.DAY ? minute - Period.DAY : minute);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
