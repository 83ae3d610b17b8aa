package dev.zhanggui.portal.tradinghours.ui;

import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves the edges of a day's shifts, and puts breaks between them; what would not be a plan is not made. */
final class DayEdges {

    /** Minutes a key moves an edge by, and the grid that edges snap to. */
    static final int STEP = 15;

    private static final int NOON = 12 * 60;
    private static final int HOUR = 60;
    private static final int HALF = 30;
    /** A shift shorter than this is not worth a break. */
    private static final int LEAST_TO_BREAK = 90;

    enum Edge {
        START,
        END
    }

    /**
     * One edge of a day's shifts.
     *
     * @param shift counted from 0
     */
    record Grip(int shift, Edge edge) {

        /** Between two shifts of the plan, where a break is. */
        boolean inner(DayPlan plan) {
            return edge == Edge.START ? shift > 0 : shift < plan.periods().size() - 1;
        }

        /** Of the shift before the break that it is an edge of. */
        int breakAfter() {
            return edge == Edge.START ? shift - 1 : shift;
        }

        int minute(DayPlan plan) {
            var period = plan.periods().get(shift);
            return edge == Edge.START ? period.start() : period.end();
        }
    }

    private DayEdges() {}

    /**
     * The plan with one edge at the minute.
     *
     * @param shift counted from 0
     * @param minute since the day's midnight; 1440 and more is the next day
     * @return empty where the shift would vanish, exceed a day or run into another
     */
    static Optional<DayPlan> moved(DayPlan plan, int shift, Edge edge, int minute) {
        if (shift < 0 || shift >= plan.periods().size()) {
            return Optional.empty();
        }
        var old = plan.periods().get(shift);
        var periods = new ArrayList<>(plan.periods());
        periods.remove(shift);
        return period(edge == Edge.START ? minute : old.start(), edge == Edge.END ? minute : old.end())
                .filter(moved -> periods.stream().noneMatch(moved::overlaps))
                .map(moved -> {
                    periods.add(shift, moved);
                    return new DayPlan(periods);
                });
    }

    /** The day's opening. */
    static Grip opening() {
        return new Grip(0, Edge.START);
    }

    /** The day's closing. */
    static Grip closing(DayPlan plan) {
        return new Grip(plan.periods().size() - 1, Edge.END);
    }

    /** An edge one step earlier or later, onto the grid. */
    static Optional<DayPlan> nudged(DayPlan plan, Grip grip, boolean later) {
        if (grip.shift() < 0 || grip.shift() >= plan.periods().size()) {
            return Optional.empty();
        }
        int minute = grip.minute(plan);
        int next = later ? (minute / STEP + 1) * STEP : Math.ceilDiv(minute, STEP) * STEP - STEP;
        return moved(plan, grip.shift(), grip.edge(), next);
    }

    /**
     * The edge after or before another, in the order of the day; from none it begins with the first or the last.
     *
     * @return empty beyond the day's ends
     */
    static Optional<Grip> next(DayPlan plan, @Nullable Grip grip, boolean forward) {
        var grips = new ArrayList<Grip>();
        for (int shift = 0; shift < plan.periods().size(); shift++) {
            grips.add(new Grip(shift, Edge.START));
            grips.add(new Grip(shift, Edge.END));
        }
        int at = grip == null ? (forward ? -1 : grips.size()) : grips.indexOf(grip);
        int next = at + (forward ? 1 : -1);
        return next < 0 || next >= grips.size() ? Optional.empty() : Optional.of(grips.get(next));
    }

    /**
     * The plan with a break in its longest shift: at noon where the shift has a noon, else in its middle; an hour, or half an
     * hour where the shift is short.
     *
     * @return empty where no shift is long enough
     */
    static Optional<DayPlan> broken(DayPlan plan) {
        return plan.periods().stream()
                .max(Comparator.comparingInt(Period::minutes))
                .filter(longest -> longest.minutes() >= LEAST_TO_BREAK)
                .flatMap(longest -> {
                    int length = longest.minutes() >= 3 * HOUR ? HOUR : HALF;
                    int middle = (longest.start() + longest.end() - length) / 2 / STEP * STEP;
                    int from = longest.covers(NOON - HOUR) && longest.covers(NOON + 2 * HOUR) ? NOON : middle;
                    var periods = new ArrayList<>(plan.periods());
                    int at = periods.indexOf(longest);
                    // What begins after midnight would be the next day's: then there is no second half.
                    return period(from + length, longest.end()).map(second -> {
                        periods.set(at, new Period(longest.start(), from));
                        periods.add(at + 1, second);
                        return new DayPlan(periods);
                    });
                });
    }

    /** The plan without the break after a shift. */
    static Optional<DayPlan> joined(DayPlan plan, int shift) {
        if (shift < 0 || shift + 1 >= plan.periods().size()) {
            return Optional.empty();
        }
        var periods = new ArrayList<>(plan.periods());
        return period(periods.get(shift).start(), periods.get(shift + 1).end()).map(whole -> {
            periods.remove(shift + 1);
            periods.set(shift, whole);
            return new DayPlan(List.copyOf(periods));
        });
    }

    private static Optional<Period> period(int start, int end) {
        boolean allDay = start == 0 && end == Period.DAY;
        return start < 0 || start >= Period.DAY || end <= start || end - start >= Period.DAY && !allDay
                ? Optional.empty()
                : Optional.of(new Period(start, end));
    }
}
