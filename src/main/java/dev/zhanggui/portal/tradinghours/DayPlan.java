package dev.zhanggui.portal.tradinghours;

import java.util.List;

/** The shifts that start on one day, in order and without overlap; none means closed, which is not the same as not set. */
public record DayPlan(List<Period> periods) {

    public static final DayPlan CLOSED = new DayPlan(List.of());
    public static final DayPlan ALL_DAY = new DayPlan(List.of(Period.ALL_DAY));

    public DayPlan {
        periods = periods.stream().sorted().toList();
        for (int i = 1; i < periods.size(); i++) {
            if (periods.get(i - 1).overlaps(periods.get(i))) {
                throw new IllegalArgumentException("periods overlap: " + periods);
            }
        }
    }

    public static DayPlan of(Period... periods) {
        return new DayPlan(List.of(periods));
    }

    public boolean closed() {
        return periods.isEmpty();
    }

    /** Whether the minute, counted from this day's midnight, is inside a shift; 1440 and more is the next day. */
    public boolean covers(int minute) {
        for (var period : periods) {
            if (period.covers(minute)) {
                return true;
            }
        }
        return false;
    }

    public int minutes() {
        return periods.stream().mapToInt(Period::minutes).sum();
    }

    public List<String> texts() {
        return periods.stream().map(Period::text).toList();
    }
}
