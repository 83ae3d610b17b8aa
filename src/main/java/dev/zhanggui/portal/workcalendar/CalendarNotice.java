package dev.zhanggui.portal.workcalendar;

import dev.zhanggui.portal.foureyes.Stamp;
import dev.zhanggui.portal.foureyes.Version;
import org.jspecify.annotations.Nullable;

/**
 * One version of what is said of a year. Versions are never changed, only decided.
 *
 * @param number counts from 1 within the year
 * @param notice null when this version takes the notice back, so that the tables and the law speak again
 * @param source where it can be read: an address or the paper's number
 * @param reason why it was proposed, in the proposer's words
 * @param decided null while it waits
 */
public record CalendarNotice(
        NoticeId id,
        int year,
        int number,
        NoticeState state,
        @Nullable Notice notice,
        String source,
        @Nullable String reason,
        Stamp proposed,
        @Nullable Stamp decided,
        @Nullable String decisionReason)
        implements Version {

    @Override
    public boolean waits() {
        return state == NoticeState.WAITING;
    }

    public boolean takesBack() {
        return notice == null;
    }
}
