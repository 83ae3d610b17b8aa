package dev.zhanggui.portal.tradinghours;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Common ways to change a week at one touch; each works on what is there and leaves the rest alone. */
public enum WeekPreset {
    /** Every day that is open over noon gets a break from 12:00 to 13:30. */
    LUNCH_BREAK {
        @Override
        public Weekly applyTo(Weekly week) {
            return map(week, plan -> {
                var periods = new ArrayList<Period>();
                for (var period : plan.periods()) {
                    if (period.start() < BREAK_START && period.end() > BREAK_END) {
                        periods.add(new Period(period.start(), BREAK_START));
                        periods.add(new Period(BREAK_END, period.end()));
                    } else {
                        periods.add(period);
                    }
                }
                return new DayPlan(periods);
            });
        }
    },
    /** Every open day goes on until two in the morning. */
    OVERNIGHT {
        @Override
        public Weekly applyTo(Weekly week) {
            return map(week, plan -> {
                if (plan.closed() || plan.equals(DayPlan.ALL_DAY)) {
                    return plan;
                }
                var periods = new ArrayList<>(plan.periods());
                var last = periods.removeLast();
                int end = Math.max(last.end(), TWO_AT_NIGHT);
                periods.add(end - last.start() < Period.DAY ? new Period(last.start(), end) : last);
                return new DayPlan(periods);
            });
        }
    },
    /** Closed from Monday to Friday; Saturday and Sunday as they are, or 10:00 to 22:00. */
    ONLY_WEEKENDS {
        @Override
        public Weekly applyTo(Weekly week) {
            var changed = week;
            for (var day : DayOfWeek.values()) {
                boolean weekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
                var plan = week.on(day);
                if (!weekend) {
                    changed = changed.with(day, DayPlan.CLOSED);
                } else if (plan == null || plan.closed()) {
                    changed = changed.with(day, DayPlan.of(Period.of(10, 0, 22, 0)));
                }
            }
            return changed;
        }
    },
    AROUND_THE_CLOCK {
        @Override
        public Weekly applyTo(Weekly week) {
            return Weekly.everyDay(DayPlan.ALL_DAY);
        }
    },
    /** For a store that has nothing yet: every day from 9:00 to 21:00. */
    USUAL {
        @Override
        public Weekly applyTo(Weekly week) {
            return Weekly.everyDay(DayPlan.of(Period.of(9, 0, 21, 0)));
        }
    };

    private static final int BREAK_START = 12 * 60;
    private static final int BREAK_END = 13 * 60 + 30;
    private static final int TWO_AT_NIGHT = Period.DAY + 120;

    public abstract Weekly applyTo(Weekly week);

    private static Weekly map(Weekly week, UnaryOperator<DayPlan> change) {
        var changed = week;
        for (var entry : week.days().entrySet()) {
            changed = changed.with(List.of(entry.getKey()), change.apply(entry.getValue()));
        }
        return changed;
    }
}
