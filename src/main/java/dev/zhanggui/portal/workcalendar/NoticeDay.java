package dev.zhanggui.portal.workcalendar;

import java.time.LocalDate;

/**
 * What a notice says of one date.
 *
 * @param off a day off (休); else it is worked (班)
 * @param name what for, in the notice's words: 春节
 */
public record NoticeDay(LocalDate date, boolean off, String name) {

    /** Longest name of a day, in characters. */
    public static final int LONGEST_NAME = 40;

    public Festival festival() {
        return Festival.named(name);
    }
}
