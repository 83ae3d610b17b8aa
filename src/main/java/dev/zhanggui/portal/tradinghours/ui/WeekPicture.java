package dev.zhanggui.portal.tradinghours.ui;

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
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The week drawn twice from the same data, seven bars for a phone and seven columns for a desktop; the stylesheet shows the one
 * that fits. Every day is a button that opens its editor; with the arrow keys its closing moves, with shift its opening. Page up and
 * down choose another edge for the arrows, B makes a break, and Delete takes the chosen break away, or the day's hours. On the
 * grid a click on a minute asks why, and the edges of a shift can be dragged.
 */
@JsModule("context://app/hours.js")
class WeekPicture extends Div {

    /** What can be done with a day; where nothing can, nothing happens. */
    interface Listener {
        void edit(DayOfWeek day);

        /**
         * An edge one step earlier or later: the opening, or else the edge that was chosen, or else the closing.
         */
        default void nudge(DayOfWeek day, boolean opening, boolean later) {}

        /** The next edge, or the one before, shall be the one that keys move. */
        default void choose(DayOfWeek day, boolean forward) {}

        /** A break shall be put into the day. */
        default void breakUp(DayOfWeek day) {}

        /** @param minute since the day's midnight */
        default void move(DayOfWeek day, int shift, DayEdges.Edge edge, int minute) {}

        /** The break that was chosen goes, or else the day's hours do. */
        default void remove(DayOfWeek day) {}

        default void why(DayOfWeek day, int minute) {}
    }

    static final String KEYS =
            "['ArrowLeft','ArrowRight','ArrowUp','ArrowDown','PageUp','PageDown','Delete','b','B'].includes(event.key)"
                    + " && !event.ctrlKey && !event.metaKey && !event.altKey";
    private static final String KEEP_PAGE = KEYS + " && event.preventDefault()";

    private final transient Listener listener;
    private final Div bars = new Div();
    private final Div grid = new Div();
    private final Div legend = new Div();
    private final Span said = new Span();
    private final Div hoursPlace = new Div();
    private final Map<DayOfWeek, NativeButton> rows = new EnumMap<>(DayOfWeek.class);
    private final Map<DayOfWeek, Div> columns = new EnumMap<>(DayOfWeek.class);
    private final Map<DayOfWeek, NativeButton> heads = new EnumMap<>(DayOfWeek.class);
    private final Map<DayOfWeek, Span> pictures = new EnumMap<>(DayOfWeek.class);
    private int first = DayDrawing.SIX;
    private boolean editable;
    private Weekly saved = Weekly.NOT_SET;
    private Weekly week = Weekly.NOT_SET;
    private LocalDateTime now = LocalDateTime.MIN;
    private @Nullable LocalDateTime asked;
    private @Nullable DayOfWeek held;
    private DayEdges.@Nullable Grip chosen;

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
            PointedMinute.listen(
                    picture, () -> first, () -> DayDrawing.span(first), (minute, wide) -> listener.why(day, minute));
            var column = new Div(head, picture);
            column.addClassName("zg-week-column");
            column.getElement().setAttribute("data-day", day.name());
            columns.put(day, column);
            grid.add(column);
        }
        legend.addClassName("zg-week-legend");
        add(bars, grid, legend, said);
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
                    switch (key) {
                        case "Delete" -> listener.remove(day);
                        case "PageUp", "PageDown" -> listener.choose(day, key.equals("PageDown"));
                        case "b", "B" -> listener.breakUp(day);
                        default ->
                            listener.nudge(
                                    day,
                                    event.getEventData().get("event.shiftKey").asBoolean(),
                                    key.equals("ArrowRight") || key.equals("ArrowDown"));
                    }
                })
                .setFilter(KEYS)
                .addEventData("event.key")
                .addEventData("event.shiftKey")
                .addEventData(KEEP_PAGE);
        return button;
    }

    /** Says aloud what a key has done. */
    void say(String words) {
        said.setText(words);
    }

    /** @param local the wall clock in the store's zone */
    void show(Weekly before, Weekly draft, LocalDateTime local, boolean mayEdit) {
        saved = before;
        week = draft;
        now = local;
        editable = mayEdit;
        draw();
    }

    /** Draws a line at the minute that is explained; null for none. */
    void mark(@Nullable LocalDateTime at) {
        asked = at;
        draw();
    }

    /** Shows which edge the keys move; null for the usual ones. */
    void hold(@Nullable DayOfWeek day, DayEdges.@Nullable Grip grip) {
        held = day;
        chosen = grip;
        draw();
    }

    private void draw() {
        var words = new HoursWords(getLocale());
        first = earliest(saved, week) < DayDrawing.SIX ? 0 : DayDrawing.SIX;
        hoursPlace.removeAll();
        hoursPlace.add(hours());
        boolean unsaved = false;
        boolean night = false;
        for (var day : DayOfWeek.values()) {
            var plan = week.on(day);
            var before = day.minus(1);
            var tracks = DayTrack.cut(
                    DayTrack.minutes(saved.on(day)),
                    DayTrack.minutes(plan),
                    DayTrack.minutes(saved.on(before)),
                    DayTrack.minutes(week.on(before)));
            unsaved |= tracks.stream().anyMatch(track -> track.kind().unsaved());
            night |= tracks.stream().anyMatch(track -> track.kind() == DayTrack.Kind.NIGHT);
            boolean today = now.getDayOfWeek() == day;
            boolean off = plan == null || plan.closed();
            var label = getTranslation(
                    "tradinghours.day.label", words.day(day), plan == null ? words.plan(null) : words.ranges(plan));
            var row = Objects.requireNonNull(rows.get(day));
            showBar(row, day, plan, tracks, words);
            var column = Objects.requireNonNull(columns.get(day));
            showColumn(Objects.requireNonNull(pictures.get(day)), day, plan, words);
            var head = Objects.requireNonNull(heads.get(day));
            head.setText(words.day(day));
            for (var button : List.of(row, head)) {
                button.setAriaLabel(label);
                button.setEnabled(editable);
            }
            for (var part : List.of(row, column)) {
                part.setClassName("today", today);
                part.setClassName("off", off);
            }
        }
        legend.removeAll();
        legend.add(entry("open"));
        if (night) {
            var last = entry("night");
            last.addClassName("only-on-bars");
            legend.add(last);
        }
        if (unsaved) {
            legend.add(entry("new"));
        }
    }

    private void showBar(
            NativeButton row, DayOfWeek day, @Nullable DayPlan plan, List<DayTrack> tracks, HoursWords words) {
        var drawing = DayDrawing.bar();
        boolean overnight = plan != null && plan.periods().stream().anyMatch(Period::overnight);
        tracks.forEach(track -> drawing.track(track, overnight));
        handles(drawing, day, plan);
        if (now.getDayOfWeek() == day) {
            drawing.now(minute(now));
        }
        if (asked != null && asked.getDayOfWeek() == day) {
            drawing.asked(minute(asked));
        }
        var name = new Span(words.day(day));
        name.addClassName("day");
        var picture = new Span(drawing.done());
        picture.addClassName("bar");
        var end = new Span(lastEnd(plan, words));
        end.addClassName("end");
        row.removeAll();
        row.add(name, picture, end);
    }

    private void showColumn(Span picture, DayOfWeek day, @Nullable DayPlan plan, HoursWords words) {
        var drawing = DayDrawing.column(first);
        DayTrack.whole(DayTrack.minutes(saved.on(day)), DayTrack.minutes(plan))
                .forEach(track -> drawing.track(track, false));
        marks(day, now, drawing::now);
        if (plan != null) {
            plan.periods().forEach(period -> drawing.words(period.start(), period.end()));
        }
        handles(drawing, day, plan);
        if (asked != null) {
            marks(day, asked, drawing::asked);
        }
        picture.removeAll();
        picture.add(drawing.done());
        picture.getElement().setAttribute("data-first", String.valueOf(first));
        picture.getElement().setAttribute("data-span", String.valueOf(DayDrawing.span(first)));
        if (plan == null || plan.closed()) {
            var off = new Span(words.plan(plan));
            off.addClassName("off-word");
            picture.add(off);
        }
    }

    private void handles(DayDrawing drawing, DayOfWeek day, @Nullable DayPlan plan) {
        if (plan == null || !editable) {
            return;
        }
        for (int shift = 0; shift < plan.periods().size(); shift++) {
            for (var edge : DayEdges.Edge.values()) {
                var grip = new DayEdges.Grip(shift, edge);
                drawing.handle(grip, plan.periods().get(shift), day == held && grip.equals(chosen));
            }
        }
    }

    /** A moment in the small hours stands in the column of the night it belongs to. */
    private void marks(DayOfWeek day, LocalDateTime at, IntConsumer draw) {
        int minute = minute(at);
        if (at.getDayOfWeek() == day && minute >= first) {
            draw.accept(minute);
        } else if (at.getDayOfWeek() == day.plus(1) && minute < first) {
            draw.accept(minute + Period.DAY);
        }
    }

    private static int minute(LocalDateTime at) {
        return at.getHour() * 60 + at.getMinute();
    }

    private Div axis() {
        var end = new Span(getTranslation("tradinghours.closes"));
        end.addClassName("end");
        var row = new Div(new Span(), DayDrawing.axis(), end);
        row.addClassName("zg-week-axis");
        return row;
    }

    private Div hours() {
        var name = new Span();
        name.addClassName("day");
        var column = new Span(DayDrawing.hours(first));
        column.addClassName("column");
        var hours = new Div(name, column);
        hours.addClassName("zg-week-hours");
        return hours;
    }

    private Span entry(String kind) {
        return new Span(DayDrawing.swatch(kind), new Span(getTranslation("tradinghours.legend." + kind)));
    }

    private static String lastEnd(@Nullable DayPlan plan, HoursWords words) {
        return plan == null || plan.closed() || plan.equals(DayPlan.ALL_DAY)
                ? words.plan(plan)
                : words.shortEnd(plan.periods().getLast().end());
    }

    private static int earliest(Weekly saved, Weekly draft) {
        return Stream.of(saved, draft)
                .flatMap(week -> week.days().values().stream())
                .flatMap(plan -> plan.periods().stream())
                .mapToInt(Period::start)
                .min()
                .orElse(DayDrawing.SIX);
    }
}
