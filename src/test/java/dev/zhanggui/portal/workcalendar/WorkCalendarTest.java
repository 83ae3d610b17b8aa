package dev.zhanggui.portal.workcalendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkCalendarTest {

    private final WorkCalendar china = WorkCalendar.china();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2024 | 01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07 | 02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
                "2025 | 01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08 | 01-26 02-08 04-27 09-28 10-11",
                "2026 | 01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07 | 01-04 02-14 02-28 05-09 09-20 10-10",
            })
    void aPublishedYearEqualsItsNoticeOnEveryDay(int year, String holidays, String makeUp) {
        assertThat(china.state(year)).isEqualTo(YearState.PUBLISHED);
        assertThat(china.year(year)).hasSize(Year.of(year).length());
        assertThat(dates(year, CalendarDay::holiday)).isEqualTo(dates(year, holidays));
        assertThat(dates(year, day -> day.kind() == DayKind.MAKE_UP_WORKDAY)).isEqualTo(dates(year, makeUp));
        var exceptions = dates(year, holidays);
        exceptions.addAll(dates(year, makeUp));
        for (var day : china.year(year)) {
            if (!exceptions.contains(day.date())) {
                assertThat(day.kind())
                        .as("%s", day)
                        .isEqualTo(WorkCalendar.isWeekend(day.date()) ? DayKind.WEEKEND : DayKind.WORKDAY);
            }
            assertThat(day.festival() != null).as("%s", day).isEqualTo(exceptions.contains(day.date()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2024 | 01-01 02-10..02-12 04-04 05-01 06-10 09-17 10-01..10-03",
                "2025 | 01-01 01-28..01-31 04-04 05-01..05-02 05-31 10-01..10-03 10-06",
                "2026 | 01-01 02-16..02-19 04-05 05-01..05-02 06-19 09-25 10-01..10-03",
                "2027 | 01-01 02-05..02-08 04-05 05-01..05-02 06-09 09-15 10-01..10-03",
            })
    void statutoryDaysAreThoseOfTheLaw(int year, String statutory) {
        assertThat(dates(year, CalendarDay::statutory)).isEqualTo(dates(year, statutory));
    }

    @Test
    void aYearWithoutNoticeIsProvisionalAndKnowsOnlyTheDaysByLaw() {
        assertThat(china.state(2027)).isEqualTo(YearState.PROVISIONAL);
        assertThat(dates(2027, CalendarDay::holiday)).isEqualTo(dates(2027, CalendarDay::statutory));
        assertThat(china.year(2027))
                .extracting(CalendarDay::kind)
                .doesNotContain(DayKind.MAKE_UP_WORKDAY, DayKind.TRANSFERRED_REST);
        assertThat(china.day(LocalDate.of(2027, 2, 9)).workday()).isTrue();
    }

    @Test
    void yearsBeforeTheTablesAndBeyondTheCenturyAreMissing() {
        assertThat(List.of(2001, 1988, 2101)).allSatisfy(year -> {
            assertThat(china.state(year)).isEqualTo(YearState.MISSING);
            assertThat(dates(year, CalendarDay::holiday)).isEmpty();
        });
    }

    @Test
    void theFiveKindsAreToldApartAroundTheSpringFestival() {
        assertThat(kind("2026-02-14")).isEqualTo(DayKind.MAKE_UP_WORKDAY);
        assertThat(kind("2026-02-15")).isEqualTo(DayKind.WEEKEND);
        assertThat(kind("2026-02-16")).isEqualTo(DayKind.STATUTORY);
        assertThat(kind("2026-02-20")).isEqualTo(DayKind.TRANSFERRED_REST);
        assertThat(kind("2026-02-24")).isEqualTo(DayKind.WORKDAY);
        assertThat(china.day(LocalDate.parse("2026-02-21")))
                .isEqualTo(new CalendarDay(
                        LocalDate.parse("2026-02-21"), DayKind.WEEKEND, true, Festival.SPRING_FESTIVAL));
    }

    @Test
    void theWeekendBeforeDragonBoat2024IsAnOrdinaryWeekend() {
        assertThat(china.day(LocalDate.parse("2024-06-08")))
                .isEqualTo(new CalendarDay(LocalDate.parse("2024-06-08"), DayKind.WEEKEND, false, null));
        assertThat(china.day(LocalDate.parse("2024-06-09")).holiday()).isFalse();
    }

    @Test
    void womensDayYouthDayChildrensDayAndArmyDayAreNotPublicHolidays() {
        for (int year = 2024; year <= 2027; year++) {
            assertThat(dates(year, CalendarDay::statutory))
                    .doesNotContain(
                            LocalDate.of(year, 3, 8),
                            LocalDate.of(year, 5, 4),
                            LocalDate.of(year, 6, 1),
                            LocalDate.of(year, 8, 1));
        }
    }

    @Test
    void aCalendarOfGivenHolidaysKnowsTheseAndWeekends() {
        var calendar = WorkCalendar.withHolidays(List.of(LocalDate.parse("2026-11-26")));
        assertThat(calendar.day(LocalDate.parse("2026-11-26")).kind()).isEqualTo(DayKind.STATUTORY);
        assertThat(calendar.day(LocalDate.parse("2026-11-27")).kind()).isEqualTo(DayKind.WORKDAY);
        assertThat(calendar.day(LocalDate.parse("2026-11-28")).kind()).isEqualTo(DayKind.WEEKEND);
    }

    private DayKind kind(String date) {
        return china.day(LocalDate.parse(date)).kind();
    }

    private Set<LocalDate> dates(int year, java.util.function.Predicate<CalendarDay> filter) {
        return china.year(year).stream()
                .filter(filter)
                .map(CalendarDay::date)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<LocalDate> dates(int year, String text) {
        return Arrays.stream(text.split(" "))
                .flatMap(part -> {
                    var ends = part.split("\\.\\.");
                    return LocalDate.parse(year + "-" + ends[0])
                            .datesUntil(LocalDate.parse(year + "-" + ends[ends.length - 1])
                                    .plusDays(1));
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
