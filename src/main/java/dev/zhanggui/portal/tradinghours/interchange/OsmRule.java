package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.Period;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of an opening_hours value.
 *
 * @param spans parts of the year or ranges of dates; empty for always
 * @param days of the week; empty for all, or none where only holidays are named
 * @param holidays whether public holidays are named
 * @param both whether a day must be both a public holiday and one of {@code days}
 * @param shifts in minutes since midnight, the end up to 48 hours; empty for the whole day
 * @param off whether it takes away instead of giving
 * @param additive whether it adds to the rules before instead of replacing them
 */
record OsmRule(
        List<Span> spans,
        Set<DayOfWeek> days,
        boolean holidays,
        boolean both,
        List<Shift> shifts,
        boolean off,
        boolean additive,
        @Nullable String comment,
        Finding.Place place) {

    /** @param end after {@code start}, at most 2880 */
    record Shift(int start, int end) {
        boolean isLong() {
            return end - start >= Period.DAY && !(start == 0 && end == Period.DAY);
        }
    }

    sealed interface Span {
        boolean covers(LocalDate date);
    }

    /** Every year; over the new year where {@code from} is later. */
    record Yearly(MonthDay from, MonthDay to) implements Span {
        @Override
        public boolean covers(LocalDate date) {
            return covers(MonthDay.from(date));
        }

        boolean covers(MonthDay day) {
            return from.isAfter(to) ? !day.isBefore(from) || !day.isAfter(to) : !day.isBefore(from) && !day.isAfter(to);
        }
    }

    record Dated(LocalDate from, LocalDate to) implements Span {
        @Override
        public boolean covers(LocalDate date) {
            return !date.isBefore(from) && !date.isAfter(to);
        }
    }

    boolean dated() {
        return spans.stream().anyMatch(Dated.class::isInstance);
    }

    boolean inSpan(LocalDate date) {
        return spans.isEmpty() || spans.stream().anyMatch(it -> it.covers(date));
    }

    boolean onDay(DayOfWeek day, boolean holiday) {
        if (!holidays) {
            return days.isEmpty() || days.contains(day);
        }
        boolean named = days.contains(day);
        return both ? holiday && named : holiday || named;
    }
}
