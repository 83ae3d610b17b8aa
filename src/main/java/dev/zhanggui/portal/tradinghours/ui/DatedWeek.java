package dev.zhanggui.portal.tradinghours.ui;

import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Held;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Layer;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Rule;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Seven real dates as they are decided, with all that interrupts a plan: of the past what held then, from now on what the draft
 * makes of it. What is open stands on the day whose shift it belongs to; beside it stands what a beaten rule would have given.
 *
 * @param before the day before the first, whose night may go on into it
 * @param days from Monday to Sunday
 */
record DatedWeek(Day before, List<Day> days) {

    /** So long before dawn the night of the day before is meant, where no shift says otherwise. */
    private static final int DAWN = DayDrawing.SIX;

    /**
     * One date.
     *
     * @param rules for shifts that start on it, the deciding one first
     * @param saved the minutes open if nothing is saved, from its midnight on; 1440 and more is the next day
     * @param open the same with the draft
     * @param ghosts what is not open, and would be by a rule that is beaten; in order
     */
    record Day(CalendarDay calendar, List<Rule> rules, BitSet saved, BitSet open, List<Ghost> ghosts) {

        LocalDate date() {
            return calendar.date();
        }

        @Nullable
        DayPlan plan() {
            return rules.getFirst().plan();
        }
    }

    /**
     * A stretch that a beaten rule would have given.
     *
     * @param start minutes since the midnight of the day
     * @param by the rule that beats it there
     */
    record Ghost(int start, int end, Rule rule, Rule by) {}

    LocalDate monday() {
        return days.getFirst().date();
    }

    /** The first instant that may matter for the week: the night before it belongs to the picture. */
    static Instant from(LocalDate monday, ZoneId zone) {
        return monday.minusDays(1).atStartOfDay(zone).toInstant();
    }

    /** Where the last night of the week has certainly ended. */
    static Instant until(LocalDate monday, ZoneId zone) {
        return monday.plusDays(8).atStartOfDay(zone).toInstant();
    }

    /**
     * @param past what held from {@link #from} on, until the moment from which the evaluators count
     * @param holding while nothing is saved
     * @param drafted if the draft were saved
     */
    static DatedWeek of(
            LocalDate monday, List<Held> past, HoursEvaluator holding, HoursEvaluator drafted, WorkCalendar calendar) {
        var zone = drafted.zone();
        var end = until(monday, zone);
        var turn = past.isEmpty() ? from(monday, zone) : past.getLast().until();
        var pieces = new ArrayList<>(past);
        pieces.add(new Held(turn, end.isBefore(turn) ? turn : end, drafted));
        var unsaved = new ArrayList<>(past);
        unsaved.add(new Held(turn, end.isBefore(turn) ? turn : end, holding));
        var open = opened(pieces, zone);
        var saved = holding == drafted ? open : opened(unsaved, zone);
        var days = new ArrayList<Day>(7);
        for (int i = -1; i < 7; i++) {
            var date = monday.plusDays(i);
            var rules = decidedBy(pieces, date, zone).rulesOn(date);
            var minutes = open.getOrDefault(date, new BitSet());
            days.add(new Day(
                    calendar.day(date),
                    rules,
                    saved.getOrDefault(date, new BitSet()),
                    minutes,
                    ghosts(date, rules, minutes, pieces, zone)));
        }
        return new DatedWeek(days.getFirst(), List.copyOf(days.subList(1, days.size())));
    }

    /** The last word about a day: what was known when it ended, or is known now. */
    private static HoursEvaluator decidedBy(List<Held> pieces, LocalDate date, ZoneId zone) {
        var midnight = date.plusDays(1).atStartOfDay(zone).toInstant();
        var known = pieces.getFirst();
        for (var piece : pieces) {
            if (piece.from().isBefore(midnight)) {
                known = piece;
            }
        }
        return known.hours();
    }

    /** The open minutes, on the days whose shifts they belong to. */
    private static Map<LocalDate, BitSet> opened(List<Held> pieces, ZoneId zone) {
        var opened = new HashMap<LocalDate, BitSet>();
        for (var piece : pieces) {
            var shifts = new HashMap<LocalDate, BitSet>();
            for (var interval : piece.hours().openIntervals(piece.from(), piece.until())) {
                var start = minute(interval.start(), zone);
                // A minute that has begun counts.
                var end = minute(interval.end().plusSeconds(59), zone);
                for (var at = start; at.isBefore(end); at = at.plusMinutes(1)) {
                    put(opened, at, piece.hours(), shifts);
                }
            }
        }
        return opened;
    }

    private static void put(
            Map<LocalDate, BitSet> opened, LocalDateTime at, HoursEvaluator hours, Map<LocalDate, BitSet> shifts) {
        var date = at.toLocalDate();
        int minute = at.getHour() * 60 + at.getMinute();
        var dayBefore = date.minusDays(1);
        boolean today = shifts(hours, date, shifts).get(minute);
        boolean lastNight = !today && (shifts(hours, dayBefore, shifts).get(minute + Period.DAY) || minute < DAWN);
        opened.computeIfAbsent(lastNight ? dayBefore : date, day -> new BitSet())
                .set(lastNight ? minute + Period.DAY : minute);
    }

    private static BitSet shifts(HoursEvaluator hours, LocalDate date, Map<LocalDate, BitSet> known) {
        return known.computeIfAbsent(date, day -> DayTrack.minutes(hours.planOn(day)));
    }

    private static LocalDateTime minute(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES);
    }

    private static List<Ghost> ghosts(LocalDate date, List<Rule> rules, BitSet open, List<Held> pieces, ZoneId zone) {
        var ghosts = new ArrayList<Ghost>();
        var winning = rules.getFirst();
        for (var beaten : rules.subList(1, rules.size())) {
            var plan = beaten.plan();
            // What is usual in an industry stands in for a week nobody has set: beside one it would have given nothing.
            boolean pack = beaten.layer() == Layer.PACK
                    && rules.stream().anyMatch(rule -> rule.layer() == Layer.WEEKLY || rule.layer() == Layer.SEASON);
            if (plan == null
                    || pack
                    || DayTrack.without(DayTrack.minutes(plan), open).isEmpty()) {
                continue;
            }
            for (var period : plan.periods()) {
                var minutes = new BitSet();
                minutes.set(period.start(), period.end());
                if (!DayTrack.without(minutes, open).isEmpty()) {
                    ghosts.add(new Ghost(period.start(), period.end(), beaten, winning));
                }
            }
            break;
        }
        pieces.forEach(piece -> cuts(ghosts, date, open, piece, zone));
        return ghosts;
    }

    /** What stands above the plan takes hours out of it. */
    private static void cuts(List<Ghost> ghosts, LocalDate date, BitSet open, Held piece, ZoneId zone) {
        var midnight = date.atStartOfDay();
        int from = minutes(midnight, piece.from(), zone);
        int until = minutes(midnight, piece.until(), zone);
        if (from >= until) {
            return;
        }
        var rule = piece.hours().rulesOn(date).getFirst();
        var planned = DayTrack.minutes(rule.plan());
        planned.clear(0, from);
        planned.clear(until, 2 * Period.DAY);
        for (var cut : DayTrack.runs(DayTrack.without(planned, open), DayTrack.Kind.LOST)) {
            var at = midnight.plusMinutes(cut.start()).atZone(zone).toInstant();
            var asked = at.isBefore(piece.from()) ? piece.from() : at;
            ghosts.add(new Ghost(
                    cut.start(), cut.end(), rule, piece.hours().stateAt(asked).winning()));
        }
    }

    private static int minutes(LocalDateTime midnight, Instant instant, ZoneId zone) {
        return (int) Math.clamp(ChronoUnit.MINUTES.between(midnight, minute(instant, zone)), 0, 2 * Period.DAY);
    }
}
