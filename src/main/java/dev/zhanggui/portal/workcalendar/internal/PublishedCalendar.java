package dev.zhanggui.portal.workcalendar.internal;

import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.CalendarNotice;
import dev.zhanggui.portal.workcalendar.CalendarSnapshot;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The calendar that the portal goes by: tables and law, with the approved notices laid over them. Questions are answered from an
 * immutable snapshot; the database is looked at beside them, never by them, so that a calendar without a database keeps answering.
 */
@Component
class PublishedCalendar implements WorkCalendar, CalendarSnapshot {

    private final CalendarNoticeRepository notices;
    private volatile Snapshot snapshot;

    private record Snapshot(String stamp, WorkCalendar calendar, Map<Integer, Publication> publications) {}

    PublishedCalendar(CalendarNoticeRepository notices) {
        this.notices = notices;
        this.snapshot = read();
    }

    @Override
    public CalendarDay day(LocalDate date) {
        return snapshot.calendar().day(date);
    }

    @Override
    public YearState state(int year) {
        return snapshot.calendar().state(year);
    }

    @Override
    public @Nullable Publication publication(int year) {
        return snapshot.publications().get(year);
    }

    @Override
    public void refresh() {
        if (!notices.stamp().equals(snapshot.stamp())) {
            replace();
        }
    }

    /** One at a time: of two readers the one who read last must be the one who stays. */
    private synchronized void replace() {
        snapshot = read();
    }

    @Scheduled(fixedDelayString = "PT1S")
    void follow() {
        refresh();
    }

    private Snapshot read() {
        // The stamp first: what is written between the two reads is read again at the next look.
        var stamp = notices.stamp();
        var approved = notices.approved();
        return new Snapshot(stamp, calendar(approved), publications(approved));
    }

    static WorkCalendar calendar(List<CalendarNotice> approved) {
        return new NoticedCalendar(
                ChinaCalendar.INSTANCE,
                approved.stream()
                        .map(CalendarNotice::notice)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static Map<Integer, Publication> publications(List<CalendarNotice> approved) {
        var publications = new HashMap<Integer, Publication>();
        for (var notice : approved) {
            var decided = notice.decided();
            if (!notice.takesBack() && decided != null) {
                publications.put(notice.year(), new Publication(decided.at(), notice.source()));
            }
        }
        return Map.copyOf(publications);
    }
}
