package dev.zhanggui.portal.workcalendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkingTimeTest {

    private final WorkingTime office = WorkingTime.office(WorkCalendar.china());

    @Test
    void oneWorkingDayFromFridayEndsOnMondayEvening() {
        assertThat(office.deadline(beijing("2026-11-20T10:30"), 1)).isEqualTo(beijing("2026-11-23T18:00"));
    }

    @Test
    void workingDaysSkipTheSpringFestivalAndCountMakeUpSaturdays() {
        assertThat(office.deadline(beijing("2026-02-13T17:00"), 1)).isEqualTo(beijing("2026-02-14T18:00"));
        assertThat(office.deadline(beijing("2026-02-13T17:00"), 2)).isEqualTo(beijing("2026-02-24T18:00"));
        assertThat(office.deadline(beijing("2026-02-13T17:00"), 6)).isEqualTo(beijing("2026-02-28T18:00"));
    }

    @Test
    void noWorkingDaysMeansTheEndOfThisOrTheNextWorkingDay() {
        assertThat(office.deadline(beijing("2026-11-20T10:30"), 0)).isEqualTo(beijing("2026-11-20T18:00"));
        assertThat(office.deadline(beijing("2026-11-20T18:00"), 0)).isEqualTo(beijing("2026-11-23T18:00"));
    }

    @Test
    void hoursRunOnlyWhileTheOfficeIsOpen() {
        assertThat(office.deadlineHours(beijing("2026-11-20T10:00"), 2)).isEqualTo(beijing("2026-11-20T12:00"));
        assertThat(office.deadlineHours(beijing("2026-11-20T17:00"), 2)).isEqualTo(beijing("2026-11-23T10:00"));
        assertThat(office.deadlineHours(beijing("2026-11-21T12:00"), 1)).isEqualTo(beijing("2026-11-23T10:00"));
        assertThat(office.deadlineHours(beijing("2026-11-20T09:00"), 9)).isEqualTo(beijing("2026-11-20T18:00"));
    }

    @Test
    void noHoursFromANightEndAtTheNextOpening() {
        assertThat(office.plus(beijing("2026-11-20T22:00"), Duration.ZERO)).isEqualTo(beijing("2026-11-23T09:00"));
    }

    @Test
    void negativeTimesAreRefused() {
        assertThatThrownBy(() -> office.deadline(Instant.EPOCH, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> office.plus(Instant.EPOCH, Duration.ofMinutes(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsAddedIsWhatLiesBetween() {
        var random = new Random(20260214);
        var start = beijing("2025-12-20T00:00");
        for (int i = 0; i < 3_000; i++) {
            var from = start.plusSeconds(random.nextInt(120 * 24 * 3600));
            var working = Duration.ofMinutes(1 + random.nextInt(60 * 60));
            var due = office.plus(from, working);
            assertThat(office.between(from, due)).as("%s + %s", from, working).isEqualTo(working);
            assertThat(office.isWorking(due.minusMillis(1))).isTrue();
        }
    }

    private static Instant beijing(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
    }
}
