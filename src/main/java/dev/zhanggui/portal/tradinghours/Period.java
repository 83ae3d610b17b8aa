package dev.zhanggui.portal.tradinghours;

/**
 * One shift, in minutes since midnight of the day that owns it; half-open. {@code 22:00-02:00} is 1320 to 1560: it belongs
 * to the day it starts on, and no rule of the next day cuts it.
 *
 * @param start 0 to 1439
 * @param end after {@code start}, at most as late on the next day; a full 24 hours only as {@code 00:00-24:00}
 */
public record Period(int start, int end) implements Comparable<Period> {

    public static final int DAY = 24 * 60;
    public static final Period ALL_DAY = new Period(0, DAY);

    public Period {
        boolean allDay = start == 0 && end == DAY;
        if (start < 0 || start >= DAY || end <= start || end - start >= DAY && !allDay) {
            throw new IllegalArgumentException("not a period: " + start + " to " + end);
        }
    }

    /** Hours and minutes as written; an end not after the start runs into the next day. */
    public static Period of(int startHour, int startMinute, int endHour, int endMinute) {
        int start = startHour * 60 + startMinute;
        int end = endHour * 60 + endMinute;
        return new Period(start, end > start ? end : end + DAY);
    }

    public boolean overnight() {
        return end > DAY;
    }

    /** Whether the minute, counted from the owning day's midnight, lies inside. */
    public boolean covers(int minute) {
        return start <= minute && minute < end;
    }

    public boolean overlaps(Period other) {
        return start < other.end && other.start < end;
    }

    public int minutes() {
        return end - start;
    }

    /** {@code "22:00-02:00"}, {@code "00:00-24:00"}. */
    public String text() {
        return clock(start) + "-" + clock(end > DAY ? end - DAY : end);
    }

    /** {@code "09:05"} for 545; 1440 is {@code "24:00"}. */
    public static String clock(int minute) {
        return "%02d:%02d".formatted(minute / 60, minute % 60);
    }

    @Override
    public int compareTo(Period other) {
        return start != other.start ? Integer.compare(start, other.start) : Integer.compare(end, other.end);
    }
}
