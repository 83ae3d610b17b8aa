package dev.zhanggui.portal.workcalendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The notice of 2027 here is made up. */
class NoticedCalendarTest {

    private final WorkCalendar noticed = WorkCalendar.china(List.of(MadeUp.notice2027()));

    @Test
    void aNoticeMakesItsYearPublishedAndExact() {
        assertThat(noticed.state(2027)).isEqualTo(YearState.PUBLISHED);
        assertThat(noticed.state(2028)).isEqualTo(YearState.PROVISIONAL);
        assertThat(kind("2027-02-05")).isEqualTo(DayKind.STATUTORY);
        assertThat(kind("2027-02-09")).isEqualTo(DayKind.TRANSFERRED_REST);
        assertThat(kind("2027-02-20")).isEqualTo(DayKind.MAKE_UP_WORKDAY);
        assertThat(noticed.day(LocalDate.parse("2027-04-03")))
                .isEqualTo(new CalendarDay(LocalDate.parse("2027-04-03"), DayKind.WEEKEND, true, Festival.QINGMING));
        assertThat(kind("2027-02-13")).isEqualTo(DayKind.WEEKEND);
        assertThat(kind("2027-03-08")).isEqualTo(DayKind.WORKDAY);
    }

    @Test
    void theDecemberBeforeFollowsTheNoticeOfTheNextYear() {
        assertThat(WorkCalendar.china().day(LocalDate.parse("2026-12-31")).kind())
                .isEqualTo(DayKind.WORKDAY);
        assertThat(noticed.day(LocalDate.parse("2026-12-31")))
                .isEqualTo(new CalendarDay(
                        LocalDate.parse("2026-12-31"), DayKind.TRANSFERRED_REST, true, Festival.NEW_YEAR));
        assertThat(kind("2026-12-26")).isEqualTo(DayKind.MAKE_UP_WORKDAY);
        assertThat(kind("2026-12-27")).isEqualTo(DayKind.WEEKEND);
        assertThat(kind("2026-12-30")).isEqualTo(DayKind.WORKDAY);
    }

    @Test
    void everyOtherDayOf2026StaysAsItsOwnNoticeSays() {
        var china = WorkCalendar.china();
        assertThat(noticed.year(2026).stream().filter(day -> !day.equals(china.day(day.date()))))
                .extracting(CalendarDay::date)
                .containsExactly(LocalDate.parse("2026-12-26"), LocalDate.parse("2026-12-31"));
        assertThat(noticed.year(2025)).isEqualTo(china.year(2025));
    }

    @Test
    void aNewNoticeOf2026KeepsWhatTheNoticeOf2027SaysOfItsDecember() {
        var both = WorkCalendar.china(List.of(
                MadeUp.notice2027(), ((NoticeReading.Readable) NoticeReading.of(2026, MadeUp.byLaw(2026))).notice()));
        assertThat(both.day(LocalDate.parse("2026-12-31")).holiday()).isTrue();
        assertThat(both.day(LocalDate.parse("2026-02-20")).kind()).isEqualTo(DayKind.WORKDAY);
    }

    @Test
    void theNotice2019TookDaysOfDecember2018() {
        var china = WorkCalendar.china();
        assertThat(china.day(LocalDate.parse("2018-12-29")).kind()).isEqualTo(DayKind.MAKE_UP_WORKDAY);
        assertThat(china.day(LocalDate.parse("2018-12-31")).kind()).isEqualTo(DayKind.TRANSFERRED_REST);
    }

    @Test
    void aNoticeIsBelievedOverTheTableForItsWholeYear() {
        var notice = new Notice(2026, List.of(), List.of(new NoticeDay(LocalDate.parse("2026-03-02"), true, "春节")));
        var calendar = WorkCalendar.china(List.of(notice));
        assertThat(calendar.day(LocalDate.parse("2026-03-02")).kind()).isEqualTo(DayKind.TRANSFERRED_REST);
        assertThat(calendar.day(LocalDate.parse("2026-02-20")).kind()).isEqualTo(DayKind.WORKDAY);
        assertThat(calendar.day(LocalDate.parse("2026-02-17")).kind()).isEqualTo(DayKind.STATUTORY);
    }

    @Test
    void theDifferenceNamesEveryDayThatChangesAndNoOther() {
        var changes = DayChange.between(WorkCalendar.china(), noticed, 2027);
        assertThat(changes)
                .extracting(DayChange::date)
                .startsWith(LocalDate.parse("2026-12-26"), LocalDate.parse("2026-12-31"))
                .doesNotContain(LocalDate.parse("2027-01-01"), LocalDate.parse("2027-02-05"))
                .contains(LocalDate.parse("2027-01-02"), LocalDate.parse("2027-02-09"));
        assertThat(DayChange.between(noticed, noticed, 2027)).isEmpty();
        assertThat(changes.get(1).before().kind()).isEqualTo(DayKind.WORKDAY);
        assertThat(changes.get(1).after().kind()).isEqualTo(DayKind.TRANSFERRED_REST);
    }

    private DayKind kind(String date) {
        return noticed.day(LocalDate.parse(date)).kind();
    }
}
