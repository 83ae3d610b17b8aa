package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The week drawn twice from the same data, seven bars for a phone and seven columns for a desktop; the stylesheet shows the one
 * that fits. Every day is a button that opens its editor.
 */
class WeekPicture extends Div {

    private static final int SIX = 6 * 60;

    private final Consumer<DayOfWeek> onDay;
    private final Div bars = new Div();
    private final Div grid = new Div();

    WeekPicture(Consumer<DayOfWeek> onDay) {
        this.onDay = onDay;
        addClassName("zg-week");
        bars.addClassName("zg-week-bars");
        grid.addClassName("zg-week-grid");
        add(hatch(), bars, grid);
    }

    /** @param now the wall clock in the store's zone */
    void show(Weekly saved, Weekly draft, LocalDateTime now, boolean editable) {
        var words = new HoursWords(getLocale());
        bars.removeAll();
        grid.removeAll();
        bars.add(axis());
        boolean early = earliest(saved, draft) < SIX;
        int first = early ? 0 : SIX;
        grid.add(hours(first));
        boolean unsaved = false;
        boolean night = false;
        for (var day : DayOfWeek.values()) {
            var tracks = DayTrack.cut(saved.on(day), draft.on(day), saved.on(day.minus(1)), draft.on(day.minus(1)));
            unsaved |= tracks.stream().anyMatch(track -> track.kind().unsaved());
            night |= tracks.stream().anyMatch(track -> track.kind() == DayTrack.Kind.NIGHT);
            boolean today = now.getDayOfWeek() == day;
            bars.add(bar(day, draft.on(day), tracks, today ? now : null, words, editable));
            grid.add(column(
                    day,
                    draft.on(day),
                    DayTrack.whole(saved.on(day), draft.on(day)),
                    first,
                    today ? now : null,
                    words,
                    editable));
        }
        bars.add(legend(night, unsaved));
    }

    private Component bar(
            DayOfWeek day,
            @Nullable DayPlan plan,
            List<DayTrack> tracks,
            @Nullable LocalDateTime now,
            HoursWords words,
            boolean editable) {
        var svg = new StringBuilder("<svg width=\"100%\" height=\"100%\" aria-hidden=\"true\">");
        svg.append(rect("track", 0, 100, true));
        for (int quarter = 25; quarter < 100; quarter += 25) {
            svg.append("<rect class=\"tick\" x=\"").append(quarter).append("%\" width=\"1\" height=\"100%\"/>");
        }
        for (var track : tracks) {
            // A shift that goes on beyond midnight runs off the edge and comes back on the next row.
            double start = track.start() == 0 && track.kind().name().startsWith("NIGHT") ? -3 : share(track.start());
            boolean runsOff = plan != null
                    && track.end() == Period.DAY
                    && plan.periods().stream().anyMatch(Period::overnight);
            svg.append(rect(track.kind().cssClass(), start, runsOff ? 103 : share(track.end()), true, track));
        }
        if (now != null) {
            int minute = now.getHour() * 60 + now.getMinute();
            svg.append("<rect class=\"now\" x=\"")
                    .append(number(share(minute)))
                    .append("%\" width=\"2\" height=\"100%\"/>");
        }
        svg.append("</svg>");
        var name = new Span(words.day(day));
        name.addClassName("day");
        var picture = new Span(new Svg(svg.toString()));
        picture.addClassName("bar");
        var end = new Span(lastEnd(plan, words));
        end.addClassName("end");
        var button = button(day, plan, words, editable, name, picture, end);
        button.addClassName("zg-week-bar");
        button.setClassName("today", now != null);
        button.setClassName("off", plan == null || plan.closed());
        return button;
    }

    private Component column(
            DayOfWeek day,
            @Nullable DayPlan plan,
            List<DayTrack> tracks,
            int first,
            @Nullable LocalDateTime now,
            HoursWords words,
            boolean editable) {
        double span = Period.DAY + SIX - first;
        var svg = new StringBuilder("<svg width=\"100%\" height=\"100%\" aria-hidden=\"true\">");
        for (int hour = (first / 180 + 1) * 180; hour < first + span; hour += 180) {
            svg.append("<rect class=\"tick\" y=\"")
                    .append(number((hour - first) * 100 / span))
                    .append("%\" width=\"100%\" height=\"1\"/>");
        }
        for (var track : tracks) {
            double top = (track.start() - first) * 100 / span;
            double height = Math.min(100 - top, (track.end() - track.start()) * 100 / span);
            svg.append("<rect class=\"")
                    .append(track.kind().cssClass())
                    .append("\" rx=\"8\" x=\"0\" width=\"100%\" y=\"")
                    .append(number(top))
                    .append("%\" height=\"")
                    .append(number(height))
                    .append('%')
                    .append('"')
                    .append(fill(track))
                    .append("/>");
        }
        if (plan != null) {
            for (var period : plan.periods()) {
                if (period.minutes() >= 60) {
                    double middle = ((period.start() + Math.min(period.end(), first + span)) / 2 - first) * 100 / span;
                    svg.append("<text class=\"on-open\" x=\"50%\" y=\"")
                            .append(number(middle))
                            .append("%\" text-anchor=\"middle\" dominant-baseline=\"middle\">")
                            .append(Period.clock(period.start()))
                            .append('–')
                            .append(Period.clock(period.overnight() ? period.end() - Period.DAY : period.end()))
                            .append("</text>");
                }
            }
        }
        if (now != null) {
            int minute = now.getHour() * 60 + now.getMinute();
            if (minute >= first) {
                svg.append("<rect class=\"now\" y=\"")
                        .append(number((minute - first) * 100 / span))
                        .append("%\" width=\"100%\" height=\"2\"/>");
            }
        }
        svg.append("</svg>");
        var name = new Span(words.day(day));
        name.addClassName("day");
        var picture = new Span(new Svg(svg.toString()));
        picture.addClassName("column");
        var button = button(day, plan, words, editable, name, picture);
        if (plan == null || plan.closed()) {
            var off = new Span(words.plan(plan));
            off.addClassName("off-word");
            picture.add(off);
        }
        button.addClassName("zg-week-column");
        button.setClassName("today", now != null);
        button.setClassName("off", plan == null || plan.closed());
        return button;
    }

    private NativeButton button(
            DayOfWeek day, @Nullable DayPlan plan, HoursWords words, boolean editable, Component... content) {
        var button = new NativeButton();
        button.add(content);
        button.setAriaLabel(getTranslation(
                "tradinghours.day.label", words.day(day), plan == null ? words.plan(null) : words.ranges(plan)));
        button.setEnabled(editable);
        button.addClickListener(click -> onDay.accept(day));
        return button;
    }

    private Component axis() {
        var numbers = new Span(new Svg("<svg width=\"100%\" height=\"16\" aria-hidden=\"true\">"
                + "<text x=\"0\" y=\"12\">0</text><text x=\"25%\" y=\"12\" text-anchor=\"middle\">6</text>"
                + "<text x=\"50%\" y=\"12\" text-anchor=\"middle\">12</text>"
                + "<text x=\"75%\" y=\"12\" text-anchor=\"middle\">18</text>"
                + "<text x=\"100%\" y=\"12\" text-anchor=\"end\">24</text></svg>"));
        var end = new Span(getTranslation("tradinghours.closes"));
        end.addClassName("end");
        var row = new Div(new Span(), numbers, end);
        row.addClassName("zg-week-axis");
        return row;
    }

    private Component hours(int first) {
        double span = Period.DAY + SIX - first;
        var svg = new StringBuilder("<svg width=\"100%\" height=\"100%\" aria-hidden=\"true\">");
        for (int minute = (first / 180 + 1) * 180; minute < first + span; minute += 180) {
            svg.append("<text x=\"100%\" text-anchor=\"end\" dominant-baseline=\"middle\" y=\"")
                    .append(number((minute - first) * 100 / span))
                    .append("%\">")
                    .append(minute > Period.DAY ? minute / 60 - 24 : minute / 60)
                    .append("</text>");
        }
        svg.append("</svg>");
        var name = new Span();
        name.addClassName("day");
        var column = new Span(new Svg(svg.toString()));
        column.addClassName("column");
        var hours = new Div(name, column);
        hours.addClassName("zg-week-hours");
        return hours;
    }

    private Component legend(boolean night, boolean unsaved) {
        var legend = new Div(entry("open", "tradinghours.legend.open"));
        legend.addClassName("zg-week-legend");
        if (night) {
            legend.add(entry("night", "tradinghours.legend.night"));
        }
        if (unsaved) {
            legend.add(entry("new", "tradinghours.legend.new"));
        }
        return legend;
    }

    private Component entry(String kind, String key) {
        var swatch = new Svg("<svg width=\"16\" height=\"10\" aria-hidden=\"true\"><rect class=\"" + kind
                + "\" width=\"100%\" height=\"100%\" rx=\"3\"" + ("new".equals(kind) ? HATCHED : "") + "/></svg>");
        return new Span(new Span(swatch), new Span(getTranslation(key)));
    }

    private static final String HATCHED = " fill=\"url(#zg-hatch)\"";

    private static Component hatch() {
        var defs = new Div(new Svg("<svg width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>"
                + "<pattern id=\"zg-hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\""
                + " patternTransform=\"rotate(45)\"><rect class=\"hatch-ground\" width=\"7\" height=\"7\"/>"
                + "<rect class=\"hatch-line\" width=\"4\" height=\"7\"/></pattern></defs></svg>"));
        defs.addClassName("zg-week-defs");
        return defs;
    }

    private static String lastEnd(@Nullable DayPlan plan, HoursWords words) {
        return plan == null || plan.closed() || plan.equals(DayPlan.ALL_DAY)
                ? words.plan(plan)
                : words.clockEnd(plan.periods().getLast());
    }

    private static int earliest(Weekly saved, Weekly draft) {
        return Stream.of(saved, draft)
                .flatMap(week -> week.days().values().stream())
                .flatMap(plan -> plan.periods().stream())
                .mapToInt(Period::start)
                .min()
                .orElse(SIX);
    }

    private static String rect(String kind, double from, double to, boolean round) {
        return "<rect class=\"" + kind + "\" x=\"" + number(from) + "%\" width=\"" + number(to - from)
                + "%\" height=\"100%\"" + (round ? " rx=\"6\"" : "") + "/>";
    }

    private static String rect(String kind, double from, double to, boolean round, DayTrack track) {
        return rect(kind, from, to, round).replace("/>", fill(track) + "/>");
    }

    private static String fill(DayTrack track) {
        return track.kind().unsaved() ? HATCHED : "";
    }

    private static double share(int minute) {
        return minute * 100.0 / Period.DAY;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
