package dev.zhanggui.portal.workcalendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Arithmetic in office hours: "within two working days" must not count the Spring Festival.
 *
 * <p>A working day runs from {@code opens} to {@code closes} in {@code zone} on days that the calendar says are worked,
 * make-up workdays included.
 */
public record WorkingTime(WorkCalendar calendar, ZoneId zone, LocalTime opens, LocalTime closes) {

    public WorkingTime {
        if (!opens.isBefore(closes)) {
            throw new IllegalArgumentException("opens must be before closes");
        }
    }

    /** The service desk's hours: 09:00 to 18:00 Beijing time. */
    public static WorkingTime office(WorkCalendar calendar) {
        return new WorkingTime(calendar, ZoneId.of("Asia/Shanghai"), LocalTime.of(9, 0), LocalTime.of(18, 0));
    }

    public boolean isWorking(Instant instant) {
        var local = instant.atZone(zone);
        return calendar.isWorkday(local.toLocalDate())
                && !local.toLocalTime().isBefore(opens)
                && local.toLocalTime().isBefore(closes);
    }

    /**
     * The end of the n-th working day after the day of {@code from}: asked on Friday for one working day, the answer is
     * Monday's closing. With {@code workingDays} 0 it is the end of the current working day, or of the next if none is
     * left today.
     */
    public Instant deadline(Instant from, int workingDays) {
        if (workingDays < 0) {
            throw new IllegalArgumentException("workingDays must not be negative");
        }
        var date = from.atZone(zone).toLocalDate();
        if (workingDays == 0) {
            while (!calendar.isWorkday(date) || !from.isBefore(at(date, closes))) {
                date = date.plusDays(1);
            }
            return at(date, closes);
        }
        for (int left = workingDays; left > 0; ) {
            date = date.plusDays(1);
            if (calendar.isWorkday(date)) {
                left--;
            }
        }
        return at(date, closes);
    }

    /** The moment when {@code hours} hours of office time have passed since {@code from}. */
    public Instant deadlineHours(Instant from, int hours) {
        return plus(from, Duration.ofHours(hours));
    }

    /** The moment when {@code working} of office time has passed since {@code from}; time outside does not count. */
    public Instant plus(Instant from, Duration working) {
        if (working.isNegative()) {
            throw new IllegalArgumentException("working must not be negative");
        }
        var left = working;
        var date = from.atZone(zone).toLocalDate();
        for (var at = from; ; ) {
            if (calendar.isWorkday(date)) {
                var start = later(at, at(date, opens));
                var available = Duration.between(start, at(date, closes));
                if (!available.isNegative() && available.compareTo(left) >= 0 && !available.isZero()) {
                    return start.plus(left);
                }
                if (available.isPositive()) {
                    left = left.minus(available);
                }
            }
            date = date.plusDays(1);
            at = at(date, LocalTime.MIN);
        }
    }

    /** The office time between two moments; zero if {@code until} is not after {@code from}. */
    public Duration between(Instant from, Instant until) {
        var sum = Duration.ZERO;
        if (!until.isAfter(from)) {
            return sum;
        }
        var last = until.atZone(zone).toLocalDate();
        for (var date = from.atZone(zone).toLocalDate(); !date.isAfter(last); date = date.plusDays(1)) {
            if (calendar.isWorkday(date)) {
                var start = later(from, at(date, opens));
                var end = at(date, closes).isBefore(until) ? at(date, closes) : until;
                if (end.isAfter(start)) {
                    sum = sum.plus(Duration.between(start, end));
                }
            }
        }
        return sum;
    }

    private Instant at(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(zone).toInstant();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }
}
