package dev.zhanggui.portal.tradinghours;

import java.time.DayOfWeek;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan per day of the week. A day that is absent is not set, a day with an empty plan is closed. */
public record Weekly(Map<DayOfWeek, DayPlan> days) {

    public static final Weekly NOT_SET = new Weekly(Map.of());

    public Weekly {
        var sorted = new EnumMap<DayOfWeek, DayPlan>(DayOfWeek.class);
        sorted.putAll(days);
        days = Collections.unmodifiableMap(sorted);
    }

    public static Weekly everyDay(DayPlan plan) {
        return NOT_SET.with(EnumSet.allOf(DayOfWeek.class), plan);
    }

    public @Nullable DayPlan on(DayOfWeek day) {
        return days.get(day);
    }

    public Weekly with(DayOfWeek day, DayPlan plan) {
        return with(List.of(day), plan);
    }

    public Weekly with(Collection<DayOfWeek> changed, DayPlan plan) {
        var copy = new EnumMap<DayOfWeek, DayPlan>(DayOfWeek.class);
        copy.putAll(days);
        changed.forEach(day -> copy.put(day, plan));
        return new Weekly(copy);
    }

    public boolean notSet() {
        return days.isEmpty();
    }
}
