package dev.zhanggui.portal.tradinghours.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Place;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OsmTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Setting SETTING = new Setting(SHANGHAI, WorkCalendar.china(), LocalDate.parse("2026-03-16"));

    @ParameterizedTest(name = "{0} on {1} is {2}")
    @CsvSource(delimiter = '~', textBlock = """
            Mo-Fr 09:00-18:00                          ~ 2026-03-16 ~ 09:00-18:00
            Mo-Fr 09:00-18:00                          ~ 2026-03-21 ~ -
            Mo-Fr 09:00-12:00,13:00-18:00              ~ 2026-03-17 ~ 09:00-12:00 13:00-18:00
            Mo-Fr 22:00-02:00                          ~ 2026-03-17 ~ 22:00-02:00
            Mo-Fr 22:00-26:00                          ~ 2026-03-17 ~ 22:00-02:00
            24/7                                       ~ 2026-03-17 ~ 00:00-24:00
            24/7; PH off                               ~ 2026-10-02 ~ -
            Mo-Fr 09:00-18:00; PH off                  ~ 2026-10-02 ~ -
            Mo-Fr 09:00-18:00; PH off                  ~ 2026-09-30 ~ 09:00-18:00
            Mo-Fr 09:00-18:00; PH 10:00-14:00          ~ 2026-10-03 ~ 10:00-14:00
            Mo-Fr,PH 09:00-18:00                       ~ 2026-10-03 ~ 09:00-18:00
            Fr-Mo 10:00-12:00                          ~ 2026-03-15 ~ 10:00-12:00
            Fr-Mo 10:00-12:00                          ~ 2026-03-18 ~ -
            Mo-Su 09:00-18:00; Su off                  ~ 2026-03-22 ~ -
            Mo-Su 09:00-18:00; Tu 10:00-12:00          ~ 2026-03-17 ~ 10:00-12:00
            Mo-Fr 09:00-18:00, We 20:00-22:00          ~ 2026-03-18 ~ 09:00-18:00 20:00-22:00
            Mo-Fr 09:00-18:00; 12:00-13:00 off         ~ 2026-03-18 ~ 09:00-12:00 13:00-18:00
            Mo-Fr 09:00-18:00; Dec 24-26 10:00-14:00   ~ 2026-12-25 ~ 10:00-14:00
            Mo-Fr 09:00-18:00; Dec 24-26 10:00-14:00   ~ 2027-12-25 ~ 10:00-14:00
            Mo-Fr 09:00-18:00; 2026 Dec 24-26 off      ~ 2026-12-25 ~ -
            Mo-Fr 09:00-18:00; 2026 Dec 24-26 off      ~ 2027-12-24 ~ 09:00-18:00
            Nov-Mar Mo-Su 10:00-16:00; Apr-Oct Mo-Su 09:00-20:00 ~ 2026-02-28 ~ 10:00-16:00
            Nov-Mar Mo-Su 10:00-16:00; Apr-Oct Mo-Su 09:00-20:00 ~ 2026-07-01 ~ 09:00-20:00
            Mo-Fr 09:00-18:00; Dec 24-Jan 02 off       ~ 2027-01-01 ~ -
            2026 Mo 10:00-12:00                        ~ 2026-03-16 ~ 10:00-12:00
            2026 Mo 10:00-12:00                        ~ 2027-03-15 ~ -
            PH off; 2026 Oct 01 10:00-12:00            ~ 2026-10-01 ~ 10:00-12:00
            2026 Oct 01 10:00-12:00; PH off            ~ 2026-10-01 ~ -
            PH off; Oct 01 10:00-12:00                 ~ 2026-10-01 ~ 10:00-12:00
            22:00-22:00                                ~ 2026-03-17 ~ 00:00-24:00
            Fr 22:00-22:00                             ~ 2026-03-20 ~ 22:00-24:00
            Fr 22:00-22:00                             ~ 2026-03-21 ~ 00:00-22:00
            Fr 00:00-48:00                             ~ 2026-03-21 ~ 00:00-24:00
            off                                        ~ 2026-03-21 ~ -
            mo-fr 9:00-18:00                           ~ 2026-03-20 ~ 09:00-18:00
            Feb 29 off; Mo-Su 09:00-18:00; Feb 29 off  ~ 2028-02-29 ~ -
            """)
    void aDayIsWhatTheRulesSay(String text, LocalDate date, String plan) {
        var document = valid(text).document();
        var said = Objects.requireNonNull(new HoursEvaluator(document, WorkCalendar.china(), List.of()).planOn(date));
        assertThat(said.closed() ? "-" : String.join(" ", said.texts()))
                .as(document.json())
                .isEqualTo(plan);
    }

    @ParameterizedTest(name = "{0}: {1} at \"{2}\"")
    @CsvSource(delimiter = '~', textBlock = """
            Mo-Fr 25:00-26:00               ~ NOT_A_TIME    ~ 25:00
            Mo-Fr 09:00-49:00               ~ NOT_A_TIME    ~ 49:00
            Mo-Fr 09:00-18:75               ~ NOT_A_TIME    ~ 18:75
            Mo-Fr 09:00-18:0                ~ NOT_A_TIME    ~ 18:0
            Mo-Fr 9-18                      ~ NOT_A_TIME    ~ 9
            Feb 30 off                      ~ NOT_A_DATE    ~ Feb 30
            2026 Feb 29 off                 ~ NOT_A_DATE    ~ 2026 Feb 29
            Apr 31 off                      ~ NOT_A_DATE    ~ Apr 31
            2026-12-24 off                  ~ NOT_A_DATE    ~ 2026-12-24
            Dec 26-24 off                   ~ REVERSED      ~ Dec 26-24
            2026 Dec 26-2026 Dec 24 off     ~ REVERSED      ~ 2026 Dec 26-2026 Dec 24
            2027-2026 Mo off                ~ REVERSED      ~ 2027-2026
            Mo-Fr 09:00-18:00 foo           ~ UNKNOWN_WORD  ~ foo
            Mo-Fr 09:00-18:00 Tu            ~ UNKNOWN_WORD  ~ Tu
            Mx 09:00-18:00                  ~ UNKNOWN_WORD  ~ Mx
            Mo-Xx 09:00-18:00               ~ UNKNOWN_WORD  ~ Xx
            Mo 09:00-12:00;;Tu off          ~ UNKNOWN_WORD  ~ ;Tu
            Mo 10:00-12:00,11:00-13:00      ~ OVERLAP       ~ 11:00-13:00
            Mo 18:00+                       ~ OPEN_END      ~ 18:00+
            Mo 18:00-22:00+                 ~ OPEN_END      ~ 18:00-22:00+
            Jan 01+ off                     ~ OPEN_END      ~ Jan 01+
            sunrise-sunset                  ~ SUN           ~ sunrise-sunset
            Mo (sunrise+01:00)-18:00        ~ SUN           ~ (sunrise+01:00)-18:00
            week 10 Mo off                  ~ WEEK_NUMBER   ~ week
            Mo[1] off                       ~ NTH_WEEKDAY   ~ Mo[1]
            easter -2 days off              ~ EASTER        ~ easter
            SH off                          ~ SCHOOL_HOLIDAY~ SH
            PH +1 day off                   ~ DAY_OFFSET    ~ PH
            Mo 09:00-17:00/30               ~ TIME_STEPS    ~ 09:00-17:00/30
            Mo 10:00                        ~ NOT_A_PERIOD  ~ 10:00
            Mo-Fr 09:00-18:00 "call us"     ~ UNKNOWN_STATE ~ "call us"
            Mo unknown                      ~ UNKNOWN_STATE ~ unknown
            Mo 09:00-12:00 || Tu off        ~ FALLBACK      ~ || Tu off
            Mo-Fr 09:00-18:00; PH Mo-Fr off; PH Sa 10:00-12:00 ~ HOLIDAY_BY_WEEKDAY ~ ''
            """)
    void whatIsWrongIsNamedWithItsPlace(String text, Kind kind, String value) {
        var read = HoursFormat.OSM.read(text, SETTING);
        assertThat(read).isInstanceOf(Read.Invalid.class);
        var error = ((Read.Invalid) read).errors().getFirst();
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.value()).isEqualTo(value);
        if (!value.isEmpty()) {
            var place = (Place.Text) error.place();
            assertThat(text.substring(place.from(), place.to())).isEqualTo(value);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '~', textBlock = """
            Mo-Fr 09:00-18:00                       ~ ''
            Mo 09:00-18:00; Tu-Su off               ~ ''
            Mo-Fr 22:00-26:00                       ~ EXTENDED_HOURS
            mo-fr 09:00-18:00                       ~ SPELLING SPELLING
            Mo-Fr 09:00-18:00;                      ~ SPELLING
            Mo-Fr 09:00-18:00 || "by appointment"   ~ FALLBACK_DROPPED
            Mo                                      ~ ALL_DAY_ASSUMED
            22:00-22:00                             ~ LONG_SHIFT
            Mo 09:00-18:00, Mo 17:00-20:00          ~ MERGED
            PH off; Mo-Su 09:00-18:00               ~ HOLIDAY_OVERRIDDEN
            2026 Dec 24 off                         ~ REST_CLOSED
            Mo-Su 09:00-18:00; PH off; Oct 01 10:00-12:00 ~ HOLIDAY_DATES
            """)
    void whatIsAssumedOrLeftOutIsSaid(String text, String kinds) {
        assertThat(valid(text).warnings().stream().map(it -> it.kind().name()).collect(Collectors.joining(" ")))
                .isEqualTo(kinds);
    }

    @Test
    void aReasonTravelsAsAComment() {
        var document = valid("Mo-Su 09:00-18:00; 2026 Dec 24 off \"盘点\"").document();
        assertThat(document.dates())
                .singleElement()
                .satisfies(it -> assertThat(it.reason()).isEqualTo("盘点"));
        assertThat(HoursFormat.OSM.write(document, SETTING).text())
                .isEqualTo("Mo-Su 09:00-18:00; 2026 Dec 24 off \"盘点\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            Mo-Fr 09:00-18:00; Sa-Su off; PH off
            24/7
            Mo-Su 18:00-02:00; Dec 24-26 Mo-Su 10:00-14:00; PH off
            Mo-Su 09:00-18:00; 2026 Dec 24-2027 Jan 03 off
            Mo-Su 09:00-18:00; Nov-Mar Mo-Su 10:00-16:00
            """)
    void theWrittenTextIsTheOneThatWasRead(String text) {
        var written = HoursFormat.OSM.write(valid(text).document(), SETTING);
        assertThat(written.text()).isEqualTo(text);
        assertThat(written.notCarried()).isEmpty();
    }

    @Test
    void whatTheFormatHasNoWordsForIsNamed() {
        var document = HoursDocument.parse("""
                {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-18:00"]},
                 "dayKinds":{"holiday":[],"transferredRest":["10:00-12:00"],"makeUpWorkday":"mon"},
                 "outside":{"policy":"DENY"}}""");
        var written = HoursFormat.OSM.write(((HoursDocument.Parsed.Valid) document).document(), SETTING);
        assertThat(written.text()).isEqualTo("Mo 09:00-18:00; PH off");
        assertThat(written.notCarried().stream().map(Finding::kind))
                .containsExactly(Kind.NO_NOT_SET, Kind.NO_TRANSFERRED_REST, Kind.NO_MAKE_UP, Kind.NO_OUTSIDE);
    }

    @Test
    void eventsGoOutAsDatesAndTheNightStaysBehind() {
        var document = HoursDocument.parse("""
                {"zone":"Asia/Shanghai","weekly":{"mon":[],"tue":[],"wed":[],"thu":[],"fri":[],"sat":[],"sun":[]},
                 "dates":[{"from":"2026-05-01","to":"2026-05-03","periods":[]}],
                 "events":[{"from":"2026-05-02","to":"2026-05-02","periods":["10:00-12:00"],"reason":"庙会"}],
                 "night":{"hours":"23:00-06:00","policy":"DENY"}}""");
        var written = HoursFormat.OSM.write(((HoursDocument.Parsed.Valid) document).document(), SETTING);
        assertThat(written.text()).isEqualTo("Mo-Su off; 2026 May 02 10:00-12:00 open \"庙会\"; 2026 May 01-03 off");
        assertThat(written.notCarried().stream().map(Finding::kind)).containsExactly(Kind.NO_NIGHT);
    }

    private static Read.Valid valid(String text) {
        var read = HoursFormat.OSM.read(text, SETTING);
        assertThat(read).as(text).isInstanceOf(Read.Valid.class);
        return (Read.Valid) read;
    }
}
