package dev.zhanggui.portal.workcalendar;

/** What a date is; exactly one holds. Whether it lies inside a holiday block is {@link CalendarDay#holiday()}. */
public enum DayKind {
    /** A holiday by law, with triple pay: State Council Order 795 (2025), before it Orders 644 and 513. */
    STATUTORY("statutory", false),
    /** A Monday to Friday that the yearly notice moved into a holiday block (调休). */
    TRANSFERRED_REST("transferredRest", false),
    /** A Saturday or Sunday that is worked in exchange (补班). */
    MAKE_UP_WORKDAY("makeUpWorkday", true),
    WEEKEND("weekend", false),
    WORKDAY("workday", true);

    private final String code;
    private final boolean worked;

    DayKind(String code, boolean worked) {
        this.code = code;
        this.worked = worked;
    }

    /** The name used in documents and in the HTTP API. */
    public String code() {
        return code;
    }

    public boolean worked() {
        return worked;
    }
}
