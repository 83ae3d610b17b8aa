package dev.zhanggui.portal.workcalendar;

import dev.zhanggui.portal.workcalendar.internal.NoticeReader;
import java.util.List;

/** What reading the text of a notice led to. */
public sealed interface NoticeReading {

    /** Longest text that is looked at, in characters: feeds of ten years stay below. */
    int LONGEST_TEXT = 512 * 1024;

    /** Errors and warnings, in the order of the text. */
    List<NoticeFault> faults();

    /**
     * Reads JSON in the format of holiday-cn, or an iCalendar file whose events say 休 or 班, strictly: whatever is unknown,
     * impossible, contradictory or against the law is an error with its place.
     *
     * @param year the year that the notice is for
     */
    static NoticeReading of(int year, String text) {
        return NoticeReader.read(year, text);
    }

    /** @param faults warnings only */
    record Readable(Notice notice, List<NoticeFault> faults) implements NoticeReading {}

    /** @param faults at least one error */
    record Unreadable(List<NoticeFault> faults) implements NoticeReading {}
}
