package dev.zhanggui.portal.workcalendar.internal;

import dev.zhanggui.portal.workcalendar.Festival;
import dev.zhanggui.portal.workcalendar.Notice;
import dev.zhanggui.portal.workcalendar.NoticeDay;
import dev.zhanggui.portal.workcalendar.NoticeFault;
import dev.zhanggui.portal.workcalendar.NoticeFault.Kind;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a notice must be to be believed: its dates are its own, no date twice, every day off by law is given off. And what is odd
 * about it, for the eyes of people.
 */
final class NoticeRules {

    private final int year;
    private final List<NoticeFault> faults;

    NoticeRules(int year, List<NoticeFault> faults) {
        this.year = year;
        this.faults = faults;
    }

    void judge(List<Found> found) {
        if (found.isEmpty()) {
            faults.add(new NoticeFault("", Kind.NO_DAYS, ""));
            return;
        }
        if (found.size() > NoticeJson.MOST_DAYS) {
            faults.add(new NoticeFault("", Kind.TOO_MANY_DAYS, String.valueOf(found.size())));
            return;
        }
        var days = new HashMap<LocalDate, NoticeDay>();
        for (var one : found) {
            var date = one.day().date();
            if (date.isBefore(Notice.first(year)) || date.getYear() > year) {
                fault(one, Kind.OUTSIDE_YEAR);
            } else if (days.putIfAbsent(date, one.day()) != null) {
                fault(one, Kind.DUPLICATE);
            }
        }
        var byLaw = StatutoryDays.of(year);
        found.forEach(one -> judge(one, days, byLaw));
        byLaw.keySet().stream()
                .filter(date -> !days.containsKey(date))
                .forEach(date -> faults.add(new NoticeFault("", Kind.STATUTORY_MISSING, date.toString())));
        balance(days, byLaw);
    }

    private void judge(Found one, Map<LocalDate, NoticeDay> days, Map<LocalDate, Festival> byLaw) {
        var day = one.day();
        if (day.off() && day.date().getYear() == year - 1 && !joined(day.date(), days)) {
            fault(one, Kind.NOT_JOINED);
        }
        if (!day.off() && byLaw.containsKey(day.date())) {
            fault(one, Kind.STATUTORY_WORKED);
        } else if (!day.off() && !WorkCalendar.isWeekend(day.date())) {
            fault(one, Kind.WORKED_ON_WEEKDAY);
        }
        if (day.festival() == Festival.OTHER) {
            faults.add(new NoticeFault(one.place(), Kind.UNKNOWN_FESTIVAL, day.name()));
        }
    }

    /** Off without a gap, weekends counted, until 1 January. */
    private boolean joined(LocalDate date, Map<LocalDate, NoticeDay> days) {
        return date.datesUntil(LocalDate.of(year, 1, 1)).allMatch(between -> {
            var day = days.get(between);
            return day == null ? WorkCalendar.isWeekend(between) : day.off();
        });
    }

    /**
     * Every weekday given off beyond the law is paid for: by a weekend day that is worked, or by a day of the law that fell on a
     * weekend. True of every notice of 2024 to 2026.
     */
    private void balance(Map<LocalDate, NoticeDay> days, Map<LocalDate, Festival> byLaw) {
        long moved = 0;
        long paid = byLaw.keySet().stream().filter(WorkCalendar::isWeekend).count();
        for (var day : days.values()) {
            boolean weekend = WorkCalendar.isWeekend(day.date());
            if (day.off() && !weekend && !byLaw.containsKey(day.date())) {
                moved++;
            } else if (!day.off() && weekend) {
                paid++;
            }
        }
        if (moved != paid) {
            faults.add(new NoticeFault("", Kind.UNBALANCED, moved + " ≠ " + paid));
        }
    }

    private void fault(Found one, Kind kind) {
        faults.add(new NoticeFault(one.place(), kind, one.day().date().toString()));
    }
}
