package dev.zhanggui.portal.tradinghours.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** It is Monday, 16 March 2026. */
class EnglishTest {

    private static final Setting SETTING =
            new Setting(ZoneId.of("Asia/Shanghai"), WorkCalendar.china(), LocalDate.parse("2026-03-16"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Mon to Fri 9am-6pm, weekends 10:00-22:00          | Mon to Fri 9:00–18:00; Sat and Sun 10:00–22:00.
            Daily 9:00-21:00, Sunday closed                   | Mon to Sat 9:00–21:00; Sun closed.
            Mon, Wed and Fri 9:00-17:30                       | Mon 9:00–17:30; Tue closed; Wed 9:00–17:30; Thu closed; Fri 9:00–17:30; Sat and Sun closed.
            Every day 10pm to 2am                             | Every day 22:00–02:00 next day.
            Open 24 hours                                     | Every day open 24 hours.
            Every day 9-6pm                                   | Every day 9:00–18:00.
            Every day 9:00 to 18:00, lunch break              | Every day 9:00–12:00, 13:00–18:00.
            Every day 9:00 to noon, public holidays closed, make-up workdays like Monday | Every day 9:00–12:00; public holidays closed, make-up workdays like Mon.
            Every day 9:00-18:00; 24 Dec–26 Dec 9:15–12:00.   | Every day 9:00–18:00; 24 Dec–26 Dec 9:15–12:00.
            Every day 9:00-18:00; Dec 24, 2026 closed         | Every day 9:00–18:00; 24 Dec closed.
            """)
    void aSentenceIsUnderstood(String text, String sentence) {
        var read = new EnglishReader(text, SETTING).read();
        assertThat(read).as(text).isInstanceOf(Read.Valid.class);
        assertThat(HoursWords.ENGLISH.sentence(((Read.Valid) read).document())).isEqualTo(sentence);
    }

    @ParameterizedTest(name = "{0}: {1} at {2}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                            | EMPTY        | ''
            Mon to Fri 9am-6pm maybe      | UNKNOWN_WORD | maybe
            Mon to Fri 9am-13pm           | NOT_A_TIME   | 13pm
            Every day 1-5pm               | AMBIGUOUS    | 1-5pm
            Every day 9:00-9:00           | ZERO_LENGTH  | 9:00-9:00
            Every day 9:00-6:00           | AMBIGUOUS    | 9:00-6:00
            30 Feb closed                 | NOT_A_DATE   | 30 Feb
            26 Dec 2026 to 24 Dec 2026 closed | REVERSED | 26 Dec 2026 to 24 Dec 2026
            Every day sunrise to sunset   | UNKNOWN_WORD | sunrise
            Every day 9:00                | NOT_A_PERIOD | 9:00
            """)
    void whatIsNotUnderstoodIsNamedWithItsPlace(String text, Kind kind, String value) {
        var read = new EnglishReader(text, SETTING).read();
        assertThat(read).as(text).isInstanceOf(Read.Invalid.class);
        var error = ((Read.Invalid) read).errors().getFirst();
        assertThat(error.kind()).as(error.toString()).isEqualTo(kind);
        assertThat(error.value()).isEqualTo(value);
    }
}
