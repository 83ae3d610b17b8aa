package dev.zhanggui.portal.tradinghours;

import java.time.DayOfWeek;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a change of the normal week gives and takes, per day that owns the shifts. Gains and losses are never set off. */
public record WeekDifference(Map<DayOfWeek, Minutes> days) {

    /** Minutes a week. */
    public record Minutes(int gained, int lost) {}

    public static WeekDifference between(Weekly before, Weekly after) {
        var days = new EnumMap<DayOfWeek, Minutes>(DayOfWeek.class);
        for (var day : DayOfWeek.values()) {
            var old = minutes(before.on(day));
            var now = minutes(after.on(day));
            var gained = (BitSet) now.clone();
            gained.andNot(old);
            old.andNot(now);
            if (!gained.isEmpty() || !old.isEmpty()) {
                days.put(day, new Minutes(gained.cardinality(), old.cardinality()));
            }
        }
        return new WeekDifference(days);
    }

    public int gained() {
        return days.values().stream().mapToInt(Minutes::gained).sum();
    }

    public int lost() {
        return days.values().stream().mapToInt(Minutes::lost).sum();
    }

    private static BitSet minutes(@Nullable DayPlan plan) {
        var minutes = new BitSet();
        if (plan != null) {
            plan.periods().forEach(period -> minutes.set(period.start(), period.end()));
        }
        return minutes;
    }
}
