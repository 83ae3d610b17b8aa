package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The week drawn twice from the same data, seven bars for a phone and seven columns for a desktop; the stylesheet shows the one
 * that fits. Every day is a button that opens its editor; with the arrow keys its closing moves, with shift its opening. On the
 * grid a click on a minute asks why, and the edges of a shift can be dragged.
 */
@JsModule("context://app/hours.js")
class WeekPicture extends Div {

    /** What can be done with a day; where nothing can, nothing happens. */
    interface Listener {
        void edit(DayOfWeek day);

        /** One step earlier or later. */
        default void nudge(DayOfWeek day, DayEdges.Edge edge, boolean later) {}

        /** @param minute since the day's midnight */
        default void move(DayOfWeek day, int shift, DayEdges.Edge edge, int minute) {}

        default void closeDay(DayOfWeek day) {}

        default void why(DayOfWeek day, int minute) {}
    }

    private static final int SIX = 6 * 60;
    static final String KEYS = "['ArrowLeft','ArrowRight','ArrowUp','ArrowDown','Delete'].includes(event.key)"
            + " && !event.ctrlKey && !event.metaKey && !event.altKey";
    private static final String KEEP_PAGE = "event.key.startsWith('Arrow') && event.preventDefault()";

    private final transient Listener listener;
    private final Div bars = new Div();
    private final Div grid = new Div();
    private final Div legendPlace = new Div();
    private final Span said = new Span();
    private final Div hoursPlace = new Div();
    private final Map<DayOfWeek, NativeButton> rows = new EnumMap<>(DayOfWeek.class);
    private final Map<DayOfWeek, Div> columns = new EnumMap<>(DayOfWeek.class);
    private final Map<DayOfWeek, NativeButton> heads = new EnumMap<>(DayOfWeek.class);
    private final Map<DayOfWeek, Span> pictures = new EnumMap<>(DayOfWeek.class);
    private int first = SIX;
    private boolean editable;

    WeekPicture(Listener listener) {
        this.listener = listener;
        addClassName("zg-week");
        bars.addClassName("zg-week-bars");
        grid.addClassName("zg-week-grid");
        said.addClassName("zg-sr");
        said.getElement().setAttribute("aria-live", "polite");
        bars.add(axis());
        hoursPlace.addClassName("zg-week-hours-place");
        grid.add(hoursPlace);
        for (var day : DayOfWeek.values()) {
            var row = button(day);
            row.addClassName("zg-week-bar");
            rows.put(day, row);
            bars.add(row);
            var head = button(day);
            head.addClassName("day");
            heads.put(day, head);
            var picture = new Span();
            picture.addClassName("column");
            pictures.put(day, picture);
            PointedMinute.listen(picture, () -> first, this::span, (minute, wide) -> listener.why(day, minute));
            var column = new Div(head, picture);
            column.addClassName("zg-week-column");
            column.getElement().setAttribute("data-day", day.name());
            columns.put(day, column);
            grid.add(column);
        }
        bars.add(legendPlace);
        add(hatch(), bars, grid, said);
        grid.getElement()
                .addEventListener("zg-drag", event -> {
                    var drag = event.getEventData();
                    listener.move(
                            DayOfWeek.valueOf(drag.get("event.detail.day").asString()),
                            drag.get("event.detail.shift").asInt(),
                            DayEdges.Edge.valueOf(drag.get("event.detail.edge").asString()),
                            drag.get("event.detail.minute").asInt());
                })
                .addEventData("event.detail.day")
                .addEventData("event.detail.shift")
                .addEventData("event.detail.edge")
                .addEventData("event.detail.minute");
    }

    private NativeButton button(DayOfWeek day) {
        var button = new NativeButton("", click -> listener.edit(day));
        button.getElement()
                .addEventListener("keydown", event -> {
                    var key = event.getEventData().get("event.key").asString();
                    if (!editable) {
                        return;
                    }
                    if (key.equals("Delete")) {
                        listener.closeDay(day);
                        return;
                    }
                    boolean shift = event.getEventData().get("event.shiftKey").asBoolean();
                    listener.nudge(
                            day,
                            shift ? DayEdges.Edge.START : DayEdges.Edge.END,
                            key.equals("ArrowRight") || key.equals("ArrowDown"));
                })
                .setFilter(KEYS)
                .addEventData("event.key")
                .addEventData("event.shiftKey")
                .addEventData(KEEP_PAGE);
        return button;
    }

    private int span() {
        return Period.DAY + SIX - first;
    }

    /** Says aloud what a key has done. */
    void say(String words) {
        said.setText(words);
    }

    /** @param now the wall clock in the store's zone */
    void show(Weekly saved, Weekly draft, LocalDateTime now, boolean mayEdit) {
        editable = mayEdit;
        var words = new HoursWords(getLocale());
        first = earliest(saved, draft) < SIX ? 0 : SIX;
        hoursPlace.removeAll();
        hoursPlace.add(hours());
        boolean unsaved = false;
        boolean night = false;
        for (var day : DayOfWeek.values()) {
            var plan = draft.on(day);
            var tracks = DayTrack.cut(saved.on(day), plan, saved.on(day.minus(1)), draft.on(day.minus(1)));
            unsaved |= tracks.stream().anyMatch(track -> track.kind().unsaved());
            night |= tracks.stream().anyMatch(track -> track.kind() == DayTrack.Kind.NIGHT);
            boolean today = now.getDayOfWeek() == day;
            boolean off = plan == null || plan.closed();
            var label = getTranslation(
                    "tradinghours.day.label", words.day(day), plan == null ? words.plan(null) : words.ranges(plan));
            var row = Objects.requireNonNull(rows.get(day));
            showBar(row, day, plan, tracks, today ? now : null, words);
            var column = Objects.requireNonNull(columns.get(day));
            showColumn(
                    Objects.requireNonNull(pictures.get(day)),
                    plan,
                    DayTrack.whole(saved.on(day), plan),
                    today ? now : null,
                    words);
            var head = Objects.requireNonNull(heads.get(day));
            head.setText(words.day(day));
            for (var button : List.of(row, head)) {
                button.setAriaLabel(label);
                button.setEnabled(mayEdit);
            }
            for (var part : List.of(row, column)) {
                part.setClassName("today", today);
                part.setClassName("off", off);
            }
        }
        legendPlace.removeAll();
        legendPlace.add(legend(night, unsaved));
    }

    private static void showBar(
            NativeButton row,
            DayOfWeek day,
            @Nullable DayPlan plan,
            List<DayTrack> tracks,
            @Nullable LocalDateTime now,
            HoursWords words) {
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
        row.removeAll();
        row.add(name, picture, end);
    }

    private void showColumn(
            Span picture,
            @Nullable DayPlan plan,
            List<DayTrack> tracks,
            @Nullable LocalDateTime now,
            HoursWords words) {
        double span = span();
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
        if (plan != null && editable) {
            for (int i = 0; i < plan.periods().size(); i++) {
                var period = plan.periods().get(i);
                svg.append(handle(i, period, DayEdges.Edge.START, (period.start() - first) * 100 / span));
                if (period.end() <= first + span) {
                    svg.append(handle(i, period, DayEdges.Edge.END, (period.end() - first) * 100 / span));
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
        picture.removeAll();
        picture.add(new Svg(svg.toString()));
        picture.getElement().setAttribute("data-first", String.valueOf(first));
        picture.getElement().setAttribute("data-span", String.valueOf(span()));
        if (plan == null || plan.closed()) {
            var off = new Span(words.plan(plan));
            off.addClassName("off-word");
            picture.add(off);
        }
    }

    /** Where a shift's edge can be taken hold of. */
    private static String handle(int shift, Period period, DayEdges.Edge edge, double at) {
        return "<svg class=\"handle\" overflow=\"visible\" height=\"1\" y=\"" + number(at) + "%\" data-shift=\"" + shift
                + "\" data-edge=\"" + edge + "\" data-start=\"" + period.start() + "\" data-end=\"" + period.end()
                + "\"><rect class=\"hold\" y=\"-7\" width=\"100%\" height=\"14\"/><rect class=\"grip\" x=\"42%\" y=\""
                + (edge == DayEdges.Edge.START ? 5 : -8) + "\" width=\"16%\" height=\"3\" rx=\"1.5\"/></svg>";
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

    private Component hours() {
        double span = span();
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
                : words.shortEnd(plan.periods().getLast());
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
