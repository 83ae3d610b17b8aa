package dev.zhanggui.portal.workcalendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.zhanggui.portal.workcalendar.NoticeFault.Kind;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples are made up: no such notice exists. */
class NoticeReadingTest {

    private static final String NEW_YEAR_DAY = "{\"name\":\"元旦\",\"date\":\"2027-01-01\",\"isOffDay\":true}";

    @Test
    void aWholeFileReadsWithoutAWord() {
        var reading = NoticeReading.of(2027, MadeUp.json2027());
        assertThat(reading.faults()).isEmpty();
        var notice = ((NoticeReading.Readable) reading).notice();
        assertThat(notice.papers()).containsExactly("https://example.org/made-up-for-tests/2027");
        assertThat(notice.days())
                .hasSize(35)
                .startsWith(
                        new NoticeDay(LocalDate.parse("2026-12-26"), false, "元旦"),
                        new NoticeDay(LocalDate.parse("2026-12-31"), true, "元旦"));
    }

    @Test
    void whatIsWrittenReadsAsTheSame() {
        var notice = MadeUp.notice2027();
        assertThat(NoticeReading.of(2027, notice.json())).isEqualTo(new NoticeReading.Readable(notice, List.of()));
    }

    @Test
    void theCalendarFileSaysTheSameDays() {
        var reading = NoticeReading.of(2027, MadeUp.ics2027());
        assertThat(reading.faults())
                .extracting(NoticeFault::kind, NoticeFault::value)
                .containsExactly(tuple(Kind.NO_MARK, "元宵节"), tuple(Kind.OTHER_YEARS, "1"));
        assertThat(((NoticeReading.Readable) reading).notice().days())
                .isEqualTo(MadeUp.notice2027().days());
    }

    @Test
    void everyPublishedNoticeReadsAsItWasAndIsBalanced() {
        for (int year = 2024; year <= 2026; year++) {
            var reading = NoticeReading.of(year, published(year).json());
            assertThat(reading.faults()).as("%s", year).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"year\":2027,\"days\":[                                  | 1               | NOT_JSON",
                "{\"year\":2026,\"days\":[DAY]}                             | year            | WRONG_YEAR",
                "{\"year\":\"2027\",\"days\":[DAY]}                         | year            | WRONG_TYPE",
                "{\"days\":[DAY]}                                           | year            | MISSING",
                "{\"year\":2027}                                            | days            | MISSING",
                "{\"year\":2027,\"days\":[]}                                |                 | NO_DAYS",
                "{\"year\":2027,\"days\":{}}                                | days            | WRONG_TYPE",
                "{\"year\":2027,\"days\":[7]}                               | days[0]         | WRONG_TYPE",
                "{\"year\":2027,\"days\":[DAY],\"holidays\":[]}             | holidays        | UNKNOWN_FIELD",
                "{\"year\":2027,\"papers\":\"x\",\"days\":[DAY]}            | papers          | WRONG_TYPE",
                "{\"year\":2027,\"days\":[DAY,DAY]}                         | days[1].date    | DUPLICATE",
                "{\"year\":2027,\"days\":[{\"name\":\"春节\",\"date\":\"2027-02-29\",\"isOffDay\":true}]} | days[0].date | NOT_A_DATE",
                "{\"year\":2027,\"days\":[{\"name\":\"春节\",\"date\":\"2027-2-8\",\"isOffDay\":true}]}   | days[0].date | NOT_A_DATE",
                "{\"year\":2027,\"days\":[{\"name\":\"春节\",\"date\":20270208,\"isOffDay\":true}]}       | days[0].date | WRONG_TYPE",
                "{\"year\":2027,\"days\":[{\"name\":\"春节\",\"date\":\"2028-01-01\",\"isOffDay\":true}]} | days[0].date | OUTSIDE_YEAR",
                "{\"year\":2027,\"days\":[{\"name\":\"元旦\",\"date\":\"2026-12-17\",\"isOffDay\":true}]} | days[0].date | OUTSIDE_YEAR",
                "{\"year\":2027,\"days\":[{\"name\":\"元旦\",\"date\":\"2026-12-30\",\"isOffDay\":true}]} | days[0].date | NOT_JOINED",
                "{\"year\":2027,\"days\":[{\"name\":\"春节\",\"date\":\"2027-02-08\"}]}                   | days[0].isOffDay | MISSING",
                "{\"year\":2027,\"days\":[{\"name\":\"春节\",\"date\":\"2027-02-08\",\"isOffDay\":1}]}    | days[0].isOffDay | WRONG_TYPE",
                "{\"year\":2027,\"days\":[{\"name\":\"\",\"date\":\"2027-02-08\",\"isOffDay\":true}]}     | days[0].name | MISSING",
                "{\"year\":2027,\"days\":[{\"name\":\"春节\",\"date\":\"2027-02-08\",\"isOffDay\":false}]}| days[0].date | STATUTORY_WORKED",
            })
    void anErrorNamesItsPlace(String json, String place, Kind kind) {
        var reading = NoticeReading.of(2027, json.strip().replace("DAY", NEW_YEAR_DAY));
        assertThat(reading).isInstanceOf(NoticeReading.Unreadable.class);
        assertThat(reading.faults())
                .extracting(NoticeFault::place, NoticeFault::kind)
                .contains(tuple(place == null ? "" : place, kind));
    }

    @Test
    void textThatEndsTooEarlyIsSaidWithItsLine() {
        var reading = NoticeReading.of(2027, "{\n  \"year\": 2027,\n  \"days\": [}\n");
        assertThat(reading.faults())
                .extracting(NoticeFault::place, NoticeFault::kind)
                .containsExactly(tuple("3", Kind.NOT_JSON));
        assertThat(reading.faults().getFirst().atLine()).isTrue();
    }

    @Test
    void aDayOfTheLawThatIsMissingIsAnErrorThatNamesIt() {
        var text = MadeUp.json2027()
                .replace("    {\"name\": \"端午节\", \"date\": \"2027-06-09\", \"isOffDay\": true},\n", "");
        assertThat(NoticeReading.of(2027, text))
                .isEqualTo(new NoticeReading.Unreadable(
                        List.of(new NoticeFault("", Kind.STATUTORY_MISSING, "2027-06-09"))));
    }

    @Test
    void oddThingsAreWarningsAndDoNotStopTheImport() {
        var text = MadeUp.json2027()
                .replace(
                        "{\"name\": \"劳动节\", \"date\": \"2027-05-08\", \"isOffDay\": false}",
                        "{\"name\": \"劳动节\", \"date\": \"2027-05-10\", \"isOffDay\": false}")
                .replace("\"端午节\"", "\"龙舟\"");
        var reading = NoticeReading.of(2027, text);
        assertThat(reading).isInstanceOf(NoticeReading.Readable.class);
        assertThat(reading.faults())
                .extracting(NoticeFault::kind, NoticeFault::value)
                .containsExactly(
                        tuple(Kind.WORKED_ON_WEEKDAY, "2027-05-10"),
                        tuple(Kind.UNKNOWN_FESTIVAL, "龙舟"),
                        tuple(Kind.UNBALANCED, "12 ≠ 11"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  \n", "hello", "[1]", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>"
            })
    void whatIsNeitherIsSaidToBeNeither(String text) {
        assertThat(NoticeReading.of(2027, text).faults())
                .extracting(NoticeFault::kind)
                .containsExactly(Kind.UNKNOWN_FORMAT);
    }

    @Test
    void aTextTooLongIsNotLookedAt() {
        assertThat(NoticeReading.of(2027, "{".repeat(NoticeReading.LONGEST_TEXT + 1))
                        .faults())
                .extracting(NoticeFault::kind)
                .containsExactly(Kind.TOO_LONG);
        assertThat(NoticeReading.of(2027, "{\"days\":" + "[".repeat(100_000)).faults())
                .extracting(NoticeFault::kind)
                .containsExactly(Kind.NOT_JSON);
    }

    @ParameterizedTest(name = "{0} → {2} at {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "DTSTART;VALUE=DATE:20270230,SUMMARY:春节（休）                                    | 3 | NOT_A_DATE",
                "DTSTART:20270208T090000,SUMMARY:春节（休）                                        | 3 | NOT_A_DATE",
                "DTSTART:20270208T000000Z,SUMMARY:春节（休）                                       | 3 | NOT_A_DATE",
                "SUMMARY:春节（休）                                                                | 2 | MISSING",
                "DTSTART;VALUE=DATE:20270208,DTEND;VALUE=DATE:20270208,SUMMARY:春节（休）          | 4 | REVERSED",
                "DTSTART;VALUE=DATE:20270208,DTEND;VALUE=DATE:20270201,SUMMARY:春节（休）          | 4 | REVERSED",
                "DTSTART;VALUE=DATE:20270208,DTEND;VALUE=DATE:20270501,SUMMARY:春节（休）          | 2 | TOO_LONG_EVENT",
                "DTSTART;VALUE=DATE:20270208,RRULE:FREQ=DAILY,SUMMARY:春节（休）                   | 4 | REPEATED_EVENT",
                "DTSTART;VALUE=DATE:20261216,DTEND;VALUE=DATE:20261220,SUMMARY:元旦（休）          | 2 | OUTSIDE_YEAR",
                "DTSTART;VALUE=DATE:20270208,SUMMARY:春节（休）,END:VEVENT,BEGIN:VEVENT,DTSTART:20270208,SUMMARY:春节 补班 | 6 | DUPLICATE",
                "DTSTART;VALUE=DATE:20270208,SUMMARY:春节（休）,no colon here                      | 5 | NOT_ICS",
                "BEGIN:VALARM,END:VEVENT                                                           | 4 | NOT_ICS",
            })
    void anErrorOfACalendarFileNamesItsLine(String event, String line, Kind kind) {
        var text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + event.strip().replace(",", "\r\n")
                + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assertThat(NoticeReading.of(2027, text).faults())
                .extracting(NoticeFault::place, NoticeFault::kind)
                .contains(tuple(line, kind));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "春节（休）,                 true",
        "春节（班）,                 false",
        "春节 假期 第3天/共8天,      true",
        "春节 补班 第1天/共2天,      false",
        "调休上班,                   false",
        "劳动节放假,                 true",
        "春节调休,                   true",
    })
    void theMarksThatFeedsUseAreUnderstood(String summary, boolean off) {
        // Sunday 21 February: neither of the law nor of the sample.
        var text = MadeUp.ics2027()
                .replace(
                        "END:VCALENDAR",
                        "BEGIN:VEVENT\r\nDTSTART:20270221T000000\r\nSUMMARY:" + summary
                                + "\r\nEND:VEVENT\r\nEND:VCALENDAR");
        assertThat(((NoticeReading.Readable) NoticeReading.of(2027, text))
                        .notice()
                        .days())
                .filteredOn(day -> day.date().equals(LocalDate.parse("2027-02-21")))
                .extracting(NoticeDay::off)
                .containsExactly(off);
    }

    @Test
    void foldedLinesQuotedParametersAndAppleMarksAreRead() {
        var text = MadeUp.ics2027().replace("END:VCALENDAR", """
                        BEGIN:VEVENT
                        DTSTART;X-NOTE="a:b";VALUE=DATE:20270221
                        SUMMARY:春
                         节
                        X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY
                        BEGIN:VALARM
                        SUMMARY:休
                        END:VALARM
                        END:VEVENT
                        END:VCALENDAR""");
        assertThat(((NoticeReading.Readable) NoticeReading.of(2027, text))
                        .notice()
                        .days())
                .contains(new NoticeDay(LocalDate.parse("2027-02-21"), false, "春节"));
    }

    /** A published year as the file of its notice would say it. */
    private static Notice published(int year) {
        return new Notice(
                year,
                List.of(),
                WorkCalendar.china().year(year).stream()
                        .filter(day -> day.festival() != null)
                        .map(day -> new NoticeDay(
                                day.date(), day.holiday(), day.festival().chinese()))
                        .toList());
    }
}
