package dev.zhanggui.portal.workcalendar;

import dev.zhanggui.portal.workcalendar.internal.NoticeJson;
import java.time.LocalDate;
import java.time.Month;
import java.util.Comparator;
import java.util.List;

/**
 * The State Council's yearly notice of days off, as days. It may speak of the last two weeks of the year before: 元旦 of 2019 began
 * on 30 December 2018, and 29 December was worked for it. It never speaks of the year after, which has a notice of its own.
 *
 * @param papers where the notice can be read, as its file says; may be empty
 * @param days by date, each date once
 */
public record Notice(int year, List<String> papers, List<NoticeDay> days) {

    /** Notices exist from 1999; the tables for years before 2002 are not kept. */
    public static final int FIRST_YEAR = 2002;

    public static final int LAST_YEAR = 2100;

    private static final int DAYS_BEFORE = 14;

    public Notice {
        papers = List.copyOf(papers);
        days = days.stream().sorted(Comparator.comparing(NoticeDay::date)).toList();
        for (int i = 0; i < days.size(); i++) {
            var date = days.get(i).date();
            if (date.isBefore(first(year)) || date.getYear() > year) {
                throw new IllegalArgumentException(date + " is not of the notice of " + year);
            }
            if (i > 0 && date.equals(days.get(i - 1).date())) {
                throw new IllegalArgumentException(date + " twice");
            }
        }
    }

    /** The earliest date that the notice of a year may speak of: 18 December of the year before. */
    public static LocalDate first(int year) {
        return LocalDate.of(year - 1, Month.DECEMBER, 31 - DAYS_BEFORE + 1);
    }

    /** Canonical text in the format of holiday-cn: the same notice is always the same text. */
    public String json() {
        return NoticeJson.write(this);
    }
}
