package dev.zhanggui.portal.tradinghours.ui;

import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Period;
import java.util.ArrayList;
import java.util.Optional;

/** Moves the beginning or the end of a shift, as keys and drags do; what would not be a plan is not made. */
final class DayEdges {

    /** Minutes a key moves an edge by, and the grid that edges snap to. */
    static final int STEP = 15;

    enum Edge {
        START,
        END
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
        int start = edge == Edge.START ? minute : old.start();
        int end = edge == Edge.END ? minute : old.end();
        boolean allDay = start == 0 && end == Period.DAY;
        if (start < 0 || start >= Period.DAY || end <= start || end - start >= Period.DAY && !allDay) {
            return Optional.empty();
        }
        var period = new Period(start, end);
        var periods = new ArrayList<>(plan.periods());
        periods.remove(shift);
        if (periods.stream().anyMatch(period::overlaps)) {
            return Optional.empty();
        }
        periods.add(shift, period);
        return Optional.of(new DayPlan(periods));
    }

    /** The day's opening or closing one step earlier or later, onto the grid. */
    static Optional<DayPlan> nudged(DayPlan plan, Edge edge, boolean later) {
        if (plan.closed()) {
            return Optional.empty();
        }
        int shift = edge == Edge.START ? 0 : plan.periods().size() - 1;
        var period = plan.periods().get(shift);
        int minute = edge == Edge.START ? period.start() : period.end();
        int next = later ? (minute / STEP + 1) * STEP : Math.ceilDiv(minute, STEP) * STEP - STEP;
        return moved(plan, shift, edge, next);
    }
}
