package dev.zhanggui.portal.workcalendar.internal;

import dev.zhanggui.portal.foureyes.Followed;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.CalendarNotice;
import dev.zhanggui.portal.workcalendar.CalendarSnapshot;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The calendar that the portal goes by: tables and law, with the approved notices laid over them. */
@Component
class PublishedCalendar implements WorkCalendar, CalendarSnapshot {

    /** Who still goes by an earlier calendar does so for hours or days, and all by the same. */
    private static final int EARLIER_KEPT = 4;

    private final CalendarNoticeRepository notices;
    private final Followed<Snapshot> followed;
    private final Map<Instant, WorkCalendar> earlier = new LinkedHashMap<>();

    private record Snapshot(WorkCalendar calendar, Map<Integer, Publication> publications) {}

    PublishedCalendar(CalendarNoticeRepository notices) {
        this.notices = notices;
        followed = new Followed<>(notices::stamp, () -> read(notices.approved()));
    }

    @Override
    public CalendarDay day(LocalDate date) {
        return followed.now().calendar().day(date);
    }

    @Override
    public YearState state(int year) {
        return followed.now().calendar().state(year);
    }

    @Override
    public @Nullable Publication publication(int year) {
        return followed.now().publications().get(year);
    }

    @Override
    @Scheduled(fixedDelayString = "PT1S")
    public void refresh() {
        followed.refresh();
    }

    /** Versions are never changed, so what was known at a past moment stays the same. */
    @Override
    public WorkCalendar asOf(Instant moment) {
        synchronized (earlier) {
            var known = earlier.get(moment);
            if (known == null) {
                known = calendar(notices.approvedBy(moment));
                earlier.put(moment, known);
                if (earlier.size() > EARLIER_KEPT) {
                    earlier.remove(earlier.keySet().iterator().next());
                }
            }
            return known;
        }
    }

    private static Snapshot read(List<CalendarNotice> approved) {
        return new Snapshot(calendar(approved), publications(approved));
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
