package dev.zhanggui.portal.tradinghours;

/**
 * A part of the hours that is inherited from the merchant by its stores, and from a store by its terminals. A level that says
 * nothing about a part <em>inherits</em> it, one that gives it <em>sets</em> it, and one that names it in
 * {@link HoursDocument#off()} takes nothing from above: three different things.
 */
public enum Part {
    WEEKLY("weekly"),
    DAY_KINDS("dayKinds"),
    DATES("dates"),
    EVENTS("events"),
    SEASONS("seasons"),
    NIGHT("night"),
    /** What is usual in the industry. */
    PACK("pack");

    private final String code;

    Part(String code) {
        this.code = code;
    }

    /** Its name in the {@code zhanggui} document. */
    public String code() {
        return code;
    }
}
