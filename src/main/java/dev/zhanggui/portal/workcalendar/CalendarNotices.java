package dev.zhanggui.portal.workcalendar;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.foureyes.Ruling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the notices of days off: one person imports and proposes, another looks at the difference and approves. ADMIN proposes;
 * ADMIN and REVIEWER decide; both and AUDITOR read. An approved notice holds in every portal within about a second.
 */
public interface CalendarNotices {

    /** Longest source and longest reason, in characters. */
    int LONGEST_TEXT = 500;

    /**
     * A wish to publish.
     *
     * @param text in a format that {@link NoticeReading} reads; null to take the approved notice back
     * @param source where it can be read; may be blank when the text names its papers
     * @param reason needed when a notice is taken back or replaced
     */
    record NewNotice(
            int year,
            @Nullable String text,
            String source,
            @Nullable String reason) {}

    /**
     * What a notice would do.
     *
     * @param changes days that would become another, by date
     * @param stores stores with rules for such days
     */
    record Effect(List<DayChange> changes, int stores) {}

    /** What proposing led to. */
    sealed interface Proposal {
        record Proposed(CalendarNotice notice, List<NoticeFault> warnings) implements Proposal {}

        record Unreadable(List<NoticeFault> faults) implements Proposal {}

        /** One notice of a year waits at a time. */
        record AlreadyWaiting(CalendarNotice waiting) implements Proposal {}

        /** The approved notice says the same of every day, or there is none to take back. */
        record NothingNew() implements Proposal {}

        /** @param field source or reason: missing or too long */
        record Invalid(String field) implements Proposal {}
    }

    /** Reads a text and keeps nothing. ADMIN. */
    NoticeReading read(Actor actor, int year, String text);

    /** What would be another day if this were approved now; null takes the approved notice back. */
    Effect effect(Actor actor, int year, @Nullable Notice notice);

    Proposal propose(Actor actor, NewNotice wish);

    /** Publishes, with its audit entry and {@link CalendarPublished}, in one transaction. */
    Ruling<CalendarNotice> approve(Actor actor, NoticeId id);

    Ruling<CalendarNotice> reject(Actor actor, NoticeId id, String reason);

    /** By the proposer only: {@link dev.zhanggui.portal.shared.NotAllowedException} for others. */
    Ruling<CalendarNotice> withdraw(Actor actor, NoticeId id);

    /** Whether {@link #approve} and {@link #reject} are open to this person for this notice. */
    boolean mayDecide(Actor actor, CalendarNotice notice);

    /** Versions of a year, newest first; at most 100. */
    List<CalendarNotice> history(Actor actor, int year);

    /** What waits for a decision, by year. */
    List<CalendarNotice> waiting(Actor actor);
}
