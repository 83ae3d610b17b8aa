package dev.zhanggui.portal.workcalendar.internal;

import dev.zhanggui.portal.workcalendar.Notice;
import dev.zhanggui.portal.workcalendar.NoticeFault;
import dev.zhanggui.portal.workcalendar.NoticeFault.Kind;
import dev.zhanggui.portal.workcalendar.NoticeReading;
import java.util.ArrayList;
import java.util.List;

/** Recognises the format, reads it, and judges what was read. */
public final class NoticeReader {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String ICS = "BEGIN:VCALENDAR";

    private NoticeReader() {}

    public static NoticeReading read(int year, String text) {
        if (year < Notice.FIRST_YEAR || year > Notice.LAST_YEAR) {
            return refused(Kind.WRONG_YEAR, String.valueOf(year));
        }
        if (text.length() > NoticeReading.LONGEST_TEXT) {
            return refused(Kind.TOO_LONG, String.valueOf(text.length()));
        }
        // Leading blank lines stay: places count the lines of the text as it was given.
        var body = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        var start = body.stripLeading();
        var faults = new ArrayList<NoticeFault>();
        List<Found> found;
        List<String> papers = List.of();
        if (start.startsWith("{")) {
            var read = new NoticeJson(faults).read(year, body);
            found = read.days();
            papers = read.papers();
        } else if (start.regionMatches(true, 0, ICS, 0, ICS.length())) {
            found = new NoticeIcs(year, faults).read(body);
        } else {
            return refused(Kind.UNKNOWN_FORMAT, start.lines().findFirst().orElse(""));
        }
        if (faults.stream().noneMatch(NoticeFault::isError)) {
            new NoticeRules(year, faults).judge(found);
        }
        return faults.stream().anyMatch(NoticeFault::isError)
                ? new NoticeReading.Unreadable(List.copyOf(faults))
                : new NoticeReading.Readable(
                        new Notice(year, papers, found.stream().map(Found::day).toList()), List.copyOf(faults));
    }

    private static NoticeReading refused(Kind kind, String value) {
        return new NoticeReading.Unreadable(List.of(new NoticeFault("", kind, value)));
    }
}
