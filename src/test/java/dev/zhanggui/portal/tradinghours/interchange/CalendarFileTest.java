package dev.zhanggui.portal.tradinghours.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarFileTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-16");
    private static final Setting SETTING = new Setting(SHANGHAI, WorkCalendar.china(), TODAY);
    private static final HoursDocument NIGHTS =
            HoursDocument.weekly(SHANGHAI, Weekly.NOT_SET.with(DayOfWeek.MONDAY, DayPlan.of(Period.of(22, 0, 2, 0))));

    @Test
    void aFeedHasOneEventAShiftInUtcWithAUidThatStays() {
        var feed = CalendarWriter.feed(NIGHTS, SETTING, "store1", "面馆", Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(feed.text())
                .startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
                .endsWith("END:VCALENDAR\r\n")
                .contains("UID:20260316T140000Z-store1@zhanggui\r\nDTSTAMP:20260301T000000Z\r\n"
                        + "DTSTART:20260316T140000Z\r\nDTEND:20260316T180000Z\r\nSUMMARY:面馆\r\n");
        assertThat(feed.text().split("BEGIN:VEVENT", -1)).hasSize(14);
        assertThat(feed.notCarried().stream().map(Finding::kind)).containsExactly(Kind.ONLY_DATES);
        var later = CalendarWriter.feed(NIGHTS, SETTING, "store1", "面馆", Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(later.text()).contains("UID:20260316T140000Z-store1@zhanggui");
    }

    @Test
    void namesAreEscapedAndLongLinesFoldedBetweenCharacters() {
        var name = "面馆，老店;第一家, 第二家\\" + "很长的名字".repeat(12) + "\n完";
        var text =
                CalendarWriter.feed(NIGHTS, SETTING, "s", name, Instant.EPOCH).text();
        for (var line : text.split("\r\n")) {
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75);
            assertThat(line).doesNotContain("\n", "\ufffd");
        }
        assertThat(text.replace("\r\n ", "")).contains("SUMMARY:面馆，老店\\;第一家\\, 第二家\\\\很长的名字");
    }

    @Test
    void aFeedReadsBackAsTheSameOpenTimes() {
        for (int seed = 0; seed < 100; seed++) {
            var document = new RandomDocuments(seed, TODAY).layered();
            var read = HoursFormat.ICAL.read(
                    HoursFormat.ICAL.write(document, SETTING).text(), SETTING);
            if (read instanceof Read.Invalid(var errors)) {
                // Never open in these days, or more than one day's shifts at a time.
                assertThat(errors.getFirst().kind()).as(document.json()).isIn(Kind.EMPTY, Kind.OVERLAP);
                continue;
            }
            var from = TODAY.plusDays(1).atStartOfDay(SHANGHAI).toInstant();
            var until = TODAY.plusDays(89).atStartOfDay(SHANGHAI).toInstant();
            var back = ((Read.Valid) read).document();
            assertThat(new HoursEvaluator(back, WorkCalendar.none(), List.of()).openIntervals(from, until))
                    .as(document.json())
                    .isEqualTo(
                            new HoursEvaluator(document, WorkCalendar.china(), List.of()).openIntervals(from, until));
        }
    }

    @Test
    void whatRepeatsEveryWeekIsTheWeekAndTheRestAreDates() {
        var read = (Read.Valid) HoursFormat.ICAL.read(calendar("""
                DTSTART;TZID=Asia/Shanghai:20260316T090000
                DTEND;TZID=Asia/Shanghai:20260316T180000
                RRULE:FREQ=WEEKLY;BYDAY=MO,TU
                EXDATE;TZID=Asia/Shanghai:20260323T090000
                """, """
                DTSTART:20260318T010000Z
                DURATION:PT2H
                """), SETTING);
        var nine = DayPlan.of(Period.of(9, 0, 18, 0));
        assertThat(read.document().weekly())
                .isEqualTo(Weekly.everyDay(DayPlan.CLOSED).with(List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY), nine));
        assertThat(read.document().dates())
                .containsExactly(
                        new DatedRule(
                                LocalDate.parse("2026-03-18"),
                                LocalDate.parse("2026-03-18"),
                                DayPlan.of(Period.of(9, 0, 11, 0)),
                                null),
                        new DatedRule(
                                LocalDate.parse("2026-03-23"), LocalDate.parse("2026-03-23"), DayPlan.CLOSED, null));
    }

    @ParameterizedTest(name = "{0}: {1} at {2}")
    @CsvSource(delimiter = '|', textBlock = """
            DTSTART:20260230T090000 DURATION:PT1H                                   | NOT_A_DATE      | line 3
            DTSTART:20260316T250000 DURATION:PT1H                                   | NOT_A_TIME      | line 3
            DTSTART:20260316T090000 DTEND:20260316T080000                           | REVERSED        | line 3
            DTSTART:20260316T090000 DTEND:20260316T090000                           | ZERO_LENGTH     | line 3
            DTSTART:20260316T090000                                                 | OPEN_END        | line 3
            DTEND:20260316T090000                                                   | MISSING         | line 2
            DTSTART;TZID=Mars/Olympus:20260316T090000 DURATION:PT1H                 | UNKNOWN_ZONE    | line 3
            DTSTART:20260316T090000 DURATION:PT1H RRULE:FREQ=MONTHLY                | RECURRENCE      | line 5
            DTSTART:20260316T090000 DURATION:PT1H RRULE:FREQ=WEEKLY;INTERVAL=2      | RECURRENCE      | line 5
            DTSTART:20260316T090000Z DURATION:PT1H RRULE:FREQ=WEEKLY                | RECURRENCE_ZONE | line 3
            DTSTART:20260316T090000 DURATION:PT1H RDATE:20260317T090000             | RECURRENCE      | line 5
            DTSTART:20260316T090000 DURATION:PT1H DURATION:PT2H                     | TWICE           | line 5
            nonsense                                                                | NOT_ICALENDAR   | line 3
            """)
    void whatCannotBeReadIsNamedWithItsLine(String properties, Kind kind, String line) {
        var read = HoursFormat.ICAL.read(calendar(properties.replace(' ', '\n') + "\n"), SETTING);
        assertThat(read).isInstanceOf(Read.Invalid.class);
        var error = ((Read.Invalid) read).errors().getFirst();
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.place()).isEqualTo(new Finding.Place.Path(line));
    }

    private static String calendar(String... events) {
        return "BEGIN:VCALENDAR\r\n"
                + String.join(
                        "",
                        List.of(events).stream()
                                .map(it -> "BEGIN:VEVENT\n" + it + "END:VEVENT\n")
                                .toList())
                + "END:VCALENDAR\r\n";
    }
}
