package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.workcalendar.DayKind;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real week, drawn as {@link WeekPicture} draws the one that repeats; what a beaten rule would have given stands in it as an
 * outline. Any minute can be asked why, by touching it or with the arrow keys: along the day by a quarter of an hour, with shift
 * by an hour, across to the next day.
 */
class DatedPicture extends Div {

    static final String KEYS = "['ArrowLeft','ArrowRight','ArrowUp','ArrowDown'].includes(event.key)"
            + " && !event.ctrlKey && !event.metaKey && !event.altKey";
    private static final String KEEP_PAGE = KEYS + " && event.preventDefault()";
    /**
     * Above what opens from the bottom of a phone; the margins are the stylesheet's. After the page that just came has been laid
     * out, which scrolls it to its top.
     */
    private static final String INTO_VIEW =
            "requestAnimationFrame(() => setTimeout(() => this.scrollIntoView({block: 'nearest'})))";

    private static final int HOUR = 60;
    private static final int NOON = 12 * HOUR;
    private static final int MOST_LETTERS = 12;

    private final transient Consumer<LocalDateTime> onWhy;
    private final Div bars = new Div();
    private final Div grid = new Div();
    private final Div hoursPlace = new Div();
    private final Div legend = new Div();
    private final Span said = new Span();
    private final List<NativeButton> rows = new ArrayList<>();
    private final List<NativeButton> heads = new ArrayList<>();
    private final List<Div> columns = new ArrayList<>();
    private final List<Span> pictures = new ArrayList<>();
    private int first = DayDrawing.SIX;
    private @Nullable DatedWeek week;
    private LocalDateTime now = LocalDateTime.MIN;
    private @Nullable LocalDateTime asked;

    /** @param onWhy asked for the reason of a moment */
    DatedPicture(Consumer<LocalDateTime> onWhy) {
        this.onWhy = onWhy;
        addClassNames("zg-week", "dated");
        bars.addClassName("zg-week-bars");
        grid.addClassName("zg-week-grid");
        hoursPlace.addClassName("zg-week-hours-place");
        legend.addClassName("zg-week-legend");
        said.addClassName("zg-sr");
        said.getElement().setAttribute("aria-live", "polite");
        var end = new Span(getTranslation("tradinghours.closes"));
        end.addClassName("end");
        var axis = new Div(new Span(), DayDrawing.axis(), end);
        axis.addClassName("zg-week-axis");
        bars.add(axis);
        grid.add(hoursPlace);
        for (int i = 0; i < 7; i++) {
            add(i);
        }
        add(bars, grid, legend, said);
    }

    private void add(int index) {
        var row = new NativeButton();
        row.addClassName("zg-week-bar");
        PointedMinute.listenAlong(row, minute -> ask(index, minute), () -> ask(index, minute(index)));
        keys(row, index, "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", rows);
        rows.add(row);
        bars.add(row);
        var head = new NativeButton("", click -> ask(index, minute(index)));
        head.addClassName("day");
        keys(head, index, "ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", heads);
        heads.add(head);
        var picture = new Span();
        picture.addClassName("column");
        PointedMinute.listen(picture, () -> first, () -> DayDrawing.span(first), (at, wide) -> ask(index, at));
        pictures.add(picture);
        var column = new Div(head, picture);
        column.addClassName("zg-week-column");
        columns.add(column);
        grid.add(column);
    }

    private void keys(
            NativeButton button,
            int index,
            String later,
            String earlier,
            String nextDay,
            String dayBefore,
            List<NativeButton> days) {
        button.getElement()
                .addEventListener("keydown", event -> {
                    var key = event.getEventData().get("event.key").asString();
                    int step = event.getEventData().get("event.shiftKey").asBoolean() ? HOUR : DayEdges.STEP;
                    int day = index + (key.equals(nextDay) ? 1 : key.equals(dayBefore) ? -1 : 0);
                    if (day < 0 || day > 6) {
                        return;
                    }
                    int at = minute(index) + (key.equals(later) ? step : key.equals(earlier) ? -step : 0);
                    days.get(day).focus();
                    ask(day, Math.clamp(at, 0, Period.DAY - DayEdges.STEP));
                })
                .setFilter(KEYS)
                .addEventData("event.key")
                .addEventData("event.shiftKey")
                .addEventData(KEEP_PAGE);
    }

    private void ask(int index, int minute) {
        if (week != null) {
            onWhy.accept(week.days().get(index).date().atStartOfDay().plusMinutes(minute));
        }
    }

    /** Where keys begin: at the minute asked last, else at the next quarter of now, else in the middle of the day. */
    private int minute(int index) {
        if (asked != null) {
            return (asked.getHour() * HOUR + asked.getMinute()) / DayEdges.STEP * DayEdges.STEP;
        }
        boolean today = week != null && week.days().get(index).date().equals(now.toLocalDate());
        int soon = ((now.getHour() * HOUR + now.getMinute()) / DayEdges.STEP + 1) * DayEdges.STEP;
        return today ? Math.min(soon, Period.DAY - 1) : NOON;
    }

    /** Says aloud what a key has found. */
    void say(String words) {
        said.setText(words);
    }

    /** @param local the wall clock in the store's zone */
    void show(DatedWeek shown, LocalDateTime local) {
        week = shown;
        now = local;
        draw();
    }

    /** Draws a line at the minute that is explained; null for none. */
    void mark(@Nullable LocalDateTime at) {
        asked = at;
        draw();
        if (week != null && at != null) {
            long day = ChronoUnit.DAYS.between(week.monday(), at.toLocalDate());
            if (day >= 0 && day < rows.size()) {
                rows.get((int) day).getElement().executeJs(INTO_VIEW);
            }
        }
    }

    private void draw() {
        if (week == null) {
            return;
        }
        var words = new HoursWords(getLocale());
        first = week.days().stream()
                        .anyMatch(day -> earliest(day.open()) < DayDrawing.SIX
                                || earliest(day.saved()) < DayDrawing.SIX
                                || day.ghosts().stream().anyMatch(ghost -> ghost.start() < DayDrawing.SIX))
                ? 0
                : DayDrawing.SIX;
        hoursPlace.removeAll();
        hoursPlace.add(hours());
        var before = week.before();
        boolean unsaved = false;
        boolean night = false;
        for (int i = 0; i < 7; i++) {
            var day = week.days().get(i);
            var cut = DayTrack.cut(day.saved(), day.open(), before.saved(), before.open());
            unsaved |= cut.stream().anyMatch(track -> track.kind().unsaved());
            night |= cut.stream().anyMatch(track -> track.kind().night());
            showRow(rows.get(i), day, cut, words);
            showHead(heads.get(i), day, words);
            showColumn(pictures.get(i), day, words);
            var label = label(day, words);
            rows.get(i).setAriaLabel(label);
            heads.get(i).setAriaLabel(label);
            boolean today = day.date().equals(now.toLocalDate());
            boolean off = day.open().isEmpty();
            for (var part : List.of(rows.get(i), columns.get(i))) {
                part.setClassName("today", today);
                part.setClassName("off", off);
                part.setClassName("holiday", off && day.calendar().holiday());
            }
            before = day;
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
        if (week.days().stream().anyMatch(day -> !day.ghosts().isEmpty())) {
            legend.add(entry("ghost"));
        }
    }

    private static int earliest(BitSet minutes) {
        int start = minutes.nextSetBit(0);
        return start < 0 ? DayDrawing.SIX : start;
    }

    private void showRow(NativeButton row, DatedWeek.Day day, List<DayTrack> tracks, HoursWords words) {
        var drawing = DayDrawing.bar();
        for (var ghost : day.ghosts()) {
            drawing.ghost(ghost.start(), Math.min(Period.DAY, ghost.end()));
        }
        for (var track : tracks) {
            drawing.track(track, day.open().get(Period.DAY));
        }
        if (day.date().equals(now.toLocalDate())) {
            drawing.now(now.getHour() * HOUR + now.getMinute());
        }
        if (asked != null && asked.toLocalDate().equals(day.date())) {
            drawing.asked(asked.getHour() * HOUR + asked.getMinute());
        }
        var name = new Span(words.day(day.date().getDayOfWeek()));
        name.addClassName("day");
        name.add(number(day), tag(day));
        var picture = new Span(drawing.done());
        picture.addClassName("bar");
        var end = new Span(lastEnd(day, words));
        end.addClassName("end");
        row.removeAll();
        row.add(name, picture, end);
    }

    private void showHead(NativeButton head, DatedWeek.Day day, HoursWords words) {
        head.removeAll();
        head.add(new Span(words.day(day.date().getDayOfWeek())), number(day), tag(day));
    }

    private Span number(DatedWeek.Day day) {
        var number = new Span(
                day.date().equals(now.toLocalDate())
                        ? getTranslation("tradinghours.today")
                        : String.valueOf(day.date().getDayOfMonth()));
        number.addClassName("date");
        return number;
    }

    private Span tag(DatedWeek.Day day) {
        var tag = new Span();
        boolean makeUp = day.calendar().kind() == DayKind.MAKE_UP_WORKDAY;
        tag.setVisible(makeUp || day.calendar().holiday());
        tag.setText(getTranslation(makeUp ? "tradinghours.strip.makeUp" : "tradinghours.strip.holiday"));
        tag.addClassNames("zg-tag", makeUp ? "open" : "closed");
        return tag;
    }

    private void showColumn(Span picture, DatedWeek.Day day, HoursWords words) {
        var drawing = DayDrawing.column(first);
        day.ghosts().forEach(ghost -> drawing.ghost(ghost.start(), ghost.end()));
        DayTrack.whole(day.saved(), day.open()).forEach(track -> drawing.track(track, false));
        day.ghosts().forEach(ghost -> showGhostWords(drawing, ghost, day.open(), words));
        var date = day.date();
        marks(date, now, drawing::now);
        DayTrack.runs(day.open(), DayTrack.Kind.OPEN).forEach(run -> drawing.words(run.start(), run.end()));
        if (asked != null) {
            marks(date, asked, drawing::asked);
        }
        picture.removeAll();
        picture.add(drawing.done());
        if (day.open().isEmpty() && day.ghosts().isEmpty()) {
            var off = new Span(lastEnd(day, words));
            off.addClassName("off-word");
            picture.add(off);
        }
    }

    /** A moment in the small hours stands in the column of the night it belongs to. */
    private void marks(LocalDate date, LocalDateTime at, IntConsumer draw) {
        int minute = at.getHour() * HOUR + at.getMinute();
        if (at.toLocalDate().equals(date) && minute >= first) {
            draw.accept(minute);
        } else if (at.toLocalDate().equals(date.plusDays(1)) && minute < first) {
            draw.accept(minute + Period.DAY);
        }
    }

    /** Into its longest stretch that nothing covers. */
    private void showGhostWords(DayDrawing drawing, DatedWeek.Ghost ghost, BitSet open, HoursWords words) {
        var minutes = new BitSet();
        minutes.set(ghost.start(), ghost.end());
        DayTrack.runs(DayTrack.without(minutes, open), DayTrack.Kind.LOST).stream()
                .max(Comparator.comparingInt(run -> run.end() - run.start()))
                .ifPresent(room -> drawing.ghostWords(
                        room.start(), room.end(), shortened(by(ghost, words)), ghost.start(), ghost.end()));
    }

    private static String by(DatedWeek.Ghost ghost, HoursWords words) {
        var note = ghost.by().note();
        return note == null || note.isBlank() ? words.rule(ghost.by()) : note;
    }

    private static String shortened(String words) {
        return words.length() <= MOST_LETTERS ? words : words.substring(0, MOST_LETTERS - 1) + "…";
    }

    /** All that the picture shows of a day, for who does not see it. */
    private String label(DatedWeek.Day day, HoursWords words) {
        var festival = day.calendar().festival();
        var name = words.day(day.date().getDayOfWeek()) + " " + words.dates(day.date(), day.date())
                + (festival == null
                        ? ""
                        : " " + (getLocale().getLanguage().equals("en") ? festival.english() : festival.chinese()));
        var whole = wholly(day, words);
        var hours = whole != null
                ? whole
                : DayTrack.runs(day.open(), DayTrack.Kind.OPEN).stream()
                        .map(run -> words.span(run.start(), run.end()))
                        .collect(Collectors.joining(getTranslation("tradinghours.ghost.and")));
        var label = getTranslation("tradinghours.day.label", name, hours);
        return day.ghosts().isEmpty()
                ? label
                : getTranslation(
                        "tradinghours.ghost.label",
                        label,
                        day.ghosts().stream()
                                .map(ghost -> getTranslation(
                                        "tradinghours.ghost",
                                        words.named(ghost.rule()),
                                        words.span(ghost.start(), ghost.end()),
                                        by(ghost, words)))
                                .collect(Collectors.joining(getTranslation("tradinghours.ghost.and"))));
    }

    private static String lastEnd(DatedWeek.Day day, HoursWords words) {
        var whole = wholly(day, words);
        return whole == null ? words.shortEnd(day.open().length()) : whole;
    }

    /** 休息, 24 小时营业, 还没定; null for a day with hours. */
    private static @Nullable String wholly(DatedWeek.Day day, HoursWords words) {
        if (day.open().isEmpty()) {
            return words.plan(day.plan() == null ? null : DayPlan.CLOSED);
        }
        return day.open().equals(DayTrack.minutes(DayPlan.ALL_DAY)) ? words.plan(DayPlan.ALL_DAY) : null;
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
}
