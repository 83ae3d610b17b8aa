package dev.zhanggui.portal.tradinghours.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Place;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** schema.org and Google; it is Monday, 16 March 2026. */
class JsonFormatsTest {

    private static final Setting SETTING =
            new Setting(ZoneId.of("Asia/Shanghai"), WorkCalendar.china(), LocalDate.parse("2026-03-16"));

    @ParameterizedTest(name = "{0} on {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"dayOfWeek":["Monday","Tuesday"],"opens":"09:00","closes":"18:00"}]                        | 2026-03-17 | 09:00-18:00
            [{"dayOfWeek":["Monday","Tuesday"],"opens":"09:00","closes":"18:00"}]                        | 2026-03-18 | -
            {"dayOfWeek":"http://schema.org/Monday","opens":"18:00:00","closes":"02:00:00"}              | 2026-03-16 | 18:00-02:00
            [{"dayOfWeek":"Monday","opens":"00:00","closes":"23:59"}]                                    | 2026-03-16 | 00:00-24:00
            [{"dayOfWeek":"Monday","opens":"00:00","closes":"00:00"}]                                    | 2026-03-16 | -
            [{"dayOfWeek":"Monday","opens":"18:00","closes":"00:00"}]                                    | 2026-03-16 | 18:00-24:00
            [{"opens":"09:00","closes":"18:00"},{"dayOfWeek":"PublicHolidays","opens":"00:00","closes":"00:00"}] | 2026-10-01 | -
            [{"opens":"09:00","closes":"18:00"},{"opens":"00:00","closes":"00:00","validFrom":"2026-12-24","validThrough":"2026-12-26"}] | 2026-12-25 | -
            [{"opens":"09:00","closes":"18:00"},{"dayOfWeek":"Friday","opens":"10:00","closes":"12:00","validFrom":"2026-06-01","validThrough":"2026-08-31"}] | 2026-07-03 | 10:00-12:00
            {"name":"面馆","openingHoursSpecification":{"opens":"09:00","closes":"18:00"},"specialOpeningHoursSpecification":[{"opens":"10:00","closes":"12:00","validFrom":"2026-12-24","validThrough":"2026-12-24"}]} | 2026-12-24 | 10:00-12:00
            """)
    void schemaOrgIsReadAsItsGuideSays(String text, LocalDate date, String plan) {
        assertThat(plan(HoursFormat.SCHEMA_ORG, text, date)).isEqualTo(plan);
    }

    @ParameterizedTest(name = "{0} on {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"openDay":"MONDAY","openTime":"09:00","closeDay":"MONDAY","closeTime":"18:00"}              | 2026-03-16 | 09:00-18:00
            {"openDay":"MONDAY","openTime":"09:00","closeDay":"MONDAY","closeTime":"18:00"}              | 2026-03-17 | -
            {"openDay":"SUNDAY","openTime":{"hours":22,"minutes":30},"closeDay":"MONDAY","closeTime":{"hours":2}} | 2026-03-22 | 22:30-02:00
            {"openDay":"MONDAY","openTime":{},"closeDay":"MONDAY","closeTime":{"hours":24}}              | 2026-03-16 | 00:00-24:00
            {"openDay":"SUNDAY","openTime":"00:00","closeDay":"SATURDAY","closeTime":"24:00"}            | 2026-03-18 | 00:00-24:00
            """)
    void aPeriodOfGoogleBelongsToTheDayItOpens(String period, LocalDate date, String plan) {
        assertThat(plan(HoursFormat.GOOGLE, "{\"regularHours\":{\"periods\":[" + period + "]}}", date))
                .isEqualTo(plan);
    }

    @ParameterizedTest(name = "{0}: {1} at {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                                                            | NOT_JSON      | ``
            [] x                                                                         | NOT_JSON      | ``
            []                                                                           | EMPTY         | ``
            [7]                                                                          | WRONG_TYPE    | [0]
            {"opens":"09:00"}                                                            | MISSING       | ``
            {"opens":"9:00","closes":"18:00"}                                            | NOT_A_TIME    | opens
            {"opens":"09:00","closes":"18:00:30"}                                        | NOT_A_TIME    | closes
            {"opens":"09:00","closes":"09:00"}                                           | ZERO_LENGTH   | ``
            {"opens":"09:00","closes":"18:00","day":"Monday"}                            | UNKNOWN_FIELD | day
            {"opens":"09:00","opens":"10:00","closes":"18:00"}                           | NOT_JSON      | ``
            {"dayOfWeek":[],"opens":"09:00","closes":"18:00"}                            | EMPTY         | dayOfWeek
            {"dayOfWeek":["Monday","Monday"],"opens":"09:00","closes":"18:00"}           | TWICE         | dayOfWeek[1]
            {"opens":"09:00","closes":"18:00","validFrom":"2026-12-24"}                  | MISSING       | ``
            {"opens":"09:00","closes":"18:00","validFrom":"2026-12-26","validThrough":"2026-12-24"} | REVERSED | ``
            [{"opens":"09:00","closes":"18:00"},{"dayOfWeek":"Monday","opens":"17:00","closes":"20:00"}] | OVERLAP | [1]
            [{"opens":"09:00","closes":"18:00"},{"dayOfWeek":"Monday","opens":"00:00","closes":"00:00"}] | CONTRADICTION | [1]
            """)
    void whatIsWrongInSchemaOrgIsNamedWithItsPath(String text, Kind kind, String path) {
        assertError(HoursFormat.SCHEMA_ORG, text, kind, path);
    }

    @ParameterizedTest(name = "{0}: {1} at {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                                         | MISSING       | ``
            {"regularHours":{"periods":[{"openDay":"MONDAY"}]}}                                        | MISSING       | regularHours.periods[0]
            {"regularHours":{"period":[]}}                                                             | UNKNOWN_FIELD | regularHours.period
            {"regularHours":{"periods":[{"openDay":"MO","openTime":"09:00","closeDay":"MONDAY","closeTime":"18:00"}]}} | UNKNOWN_DAY | regularHours.periods[0].openDay
            {"regularHours":{"periods":[{"openDay":"MONDAY","openTime":{"hours":25},"closeDay":"MONDAY","closeTime":"18:00"}]}} | NOT_A_TIME | regularHours.periods[0].openTime
            {"specialHours":{"specialHourPeriods":[{"startDate":{"year":2026,"month":2,"day":30},"closed":true}]}} | NOT_A_DATE | specialHours.specialHourPeriods[0].startDate
            {"specialHours":{"specialHourPeriods":[{"startDate":{"year":2026,"month":2,"day":3},"closed":true,"openTime":"09:00"}]}} | CONTRADICTION | specialHours.specialHourPeriods[0]
            {"specialHours":{"specialHourPeriods":[{"startDate":{"year":2026,"month":2,"day":3},"endDate":{"year":2026,"month":2,"day":4},"openTime":"09:00","closeTime":"12:00"}]}} | CUT_AT_NOON | specialHours.specialHourPeriods[0]
            {"specialHours":{"specialHourPeriods":[{"startDate":{"year":2026,"month":2,"day":3},"openTime":"09:00","closeTime":"08:00"}]}} | REVERSED | specialHours.specialHourPeriods[0]
            """)
    void whatIsWrongInGoogleIsNamedWithItsPath(String text, Kind kind, String path) {
        assertError(HoursFormat.GOOGLE, text, kind, path);
    }

    @Test
    void googleGetsHolidaysAndMakeUpWorkdaysAsDatesAndIsToldSo() {
        var document = ((HoursDocument.Parsed.Valid) HoursDocument.parse("""
                        {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-18:00"],"tue":["09:00-18:00"],"wed":["09:00-18:00"],\
                        "thu":["09:00-18:00"],"fri":["09:00-18:00"],"sat":[],"sun":[]},\
                        "dayKinds":{"holiday":[],"makeUpWorkday":"mon"}}""")).document();
        var written = HoursFormat.GOOGLE.write(document, SETTING);
        var read = (Read.Valid) HoursFormat.GOOGLE.read(written.text(), SETTING);
        var evaluator = new HoursEvaluator(read.document(), WorkCalendar.none(), List.of());
        assertThat(texts(evaluator, LocalDate.parse("2026-10-01"))).isEqualTo("-");
        assertThat(texts(evaluator, LocalDate.parse("2026-10-10"))).isEqualTo("09:00-18:00");
        assertThat(written.notCarried().stream().map(Finding::kind)).containsExactly(Kind.ONLY_DATES);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyFindingHasWordsInBothLanguages(Kind kind) {
        var finding = Finding.of(kind, "25:00");
        assertThat(finding.words(Locale.SIMPLIFIED_CHINESE))
                .matches("(?s).*\\p{IsHan}.*")
                .doesNotContain("{0}");
        assertThat(finding.words(Locale.ENGLISH)).matches("(?s)[\\p{ASCII}]+").doesNotContain("{0}");
    }

    @ParameterizedTest
    @EnumSource(HoursError.Kind.class)
    void everyErrorOfOurOwnDocumentHasItsName(HoursError.Kind kind) {
        assertThat(List.of(Kind.values()).stream().map(Kind::name)).contains(kind.name());
    }

    private static void assertError(HoursFormat format, String text, Kind kind, String path) {
        var read = format.read(text, SETTING);
        assertThat(read).as(text).isInstanceOf(Read.Invalid.class);
        var error = ((Read.Invalid) read).errors().getFirst();
        assertThat(error.kind()).as(error.toString()).isEqualTo(kind);
        assertThat(error.place()).isEqualTo(new Place.Path(path));
    }

    private static String plan(HoursFormat format, String text, LocalDate date) {
        var read = format.read(text, SETTING);
        assertThat(read).as(text).isInstanceOf(Read.Valid.class);
        return texts(new HoursEvaluator(((Read.Valid) read).document(), WorkCalendar.china(), List.of()), date);
    }

    private static String texts(HoursEvaluator evaluator, LocalDate date) {
        var plan = Objects.requireNonNull(evaluator.planOn(date));
        return plan.closed() ? "-" : plan.texts().stream().collect(Collectors.joining(" "));
    }
}
