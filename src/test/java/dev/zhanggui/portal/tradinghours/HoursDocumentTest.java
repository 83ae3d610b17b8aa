package dev.zhanggui.portal.tradinghours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.tradinghours.HoursDocument.Parsed;
import dev.zhanggui.portal.tradinghours.HoursError.Kind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursDocumentTest {

    private static final String FULL = """
            {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-12:00","13:00-18:00"],"fri":["22:00-02:00"],"sun":[]},\
            "dayKinds":{"holiday":[],"makeUpWorkday":"mon"},\
            "dates":[{"from":"2026-02-14","to":"2026-02-14","periods":["00:00-24:00"],"reason":"情人节"}],\
            "seasons":[{"from":"11-01","to":"03-31","weekly":{"mon":["10:00-17:00"]}},\
            {"from":"2026-07-01","to":"2026-08-31","weekly":{"sat":[]}}],\
            "outside":{"policy":"ALLOW_CAPPED","capFen":20000}}""";

    @Test
    void aFullDocumentIsReadIntoItsParts() {
        var document = valid(FULL);
        assertThat(document.zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertThat(document.weekly().on(DayOfWeek.MONDAY))
                .isEqualTo(DayPlan.of(new Period(540, 720), new Period(780, 1080)));
        assertThat(document.weekly().on(DayOfWeek.FRIDAY)).isEqualTo(DayPlan.of(new Period(1320, 1560)));
        assertThat(document.weekly().on(DayOfWeek.SUNDAY)).isEqualTo(DayPlan.CLOSED);
        assertThat(document.weekly().on(DayOfWeek.TUESDAY)).isNull();
        assertThat(document.dayKinds())
                .isEqualTo(new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, new DayRule.Like(DayOfWeek.MONDAY)));
        assertThat(document.dates())
                .containsExactly(new DatedRule(
                        LocalDate.parse("2026-02-14"), LocalDate.parse("2026-02-14"), DayPlan.ALL_DAY, "情人节"));
        assertThat(document.seasons())
                .extracting(Season::span)
                .containsExactly(
                        new Season.Span.Yearly(MonthDay.of(11, 1), MonthDay.of(3, 31)),
                        new Season.Span.Dated(LocalDate.parse("2026-07-01"), LocalDate.parse("2026-08-31")));
        assertThat(document.outside()).isEqualTo(Outside.capped(200_00));
    }

    @Test
    void whatIsWrittenIsWhatWasRead() {
        assertThat(valid(FULL).json()).isEqualTo(FULL);
    }

    @Test
    void anyDocumentSurvivesWritingAndReading() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            var document = RandomHours.document(random, ZoneId.of("Asia/Urumqi"));
            assertThat(valid(document.json())).isEqualTo(document);
        }
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"weekly\":{\"mon\":[\"25:00-26:00\"]}          | weekly.mon[0]   | NOT_A_TIME",
                "\"weekly\":{\"mon\":[\"24:00-02:00\"]}          | weekly.mon[0]   | NOT_A_TIME",
                "\"weekly\":{\"mon\":[\"09:60-10:00\"]}          | weekly.mon[0]   | NOT_A_TIME",
                "\"weekly\":{\"mon\":[\"09:00-24:01\"]}          | weekly.mon[0]   | NOT_A_TIME",
                "\"weekly\":{\"mon\":[\"9:00-18:00\"]}           | weekly.mon[0]   | NOT_A_PERIOD",
                "\"weekly\":{\"mon\":[\"09:00 - 18:00\"]}        | weekly.mon[0]   | NOT_A_PERIOD",
                "\"weekly\":{\"mon\":[\"٠٩:00-18:00\"]}          | weekly.mon[0]   | NOT_A_PERIOD",
                "\"weekly\":{\"mon\":[\"22:00-22:00\"]}          | weekly.mon[0]   | ZERO_LENGTH",
                "\"weekly\":{\"mon\":[\"00:00-00:00\"]}          | weekly.mon[0]   | ZERO_LENGTH",
                "\"weekly\":{\"mon\":[\"09:00-12:00\",\"11:00-13:00\"]} | weekly.mon[1] | OVERLAP",
                "\"weekly\":{\"mon\":[900]}                      | weekly.mon[0]   | WRONG_TYPE",
                "\"weekly\":{\"mon\":\"09:00-18:00\"}            | weekly.mon      | WRONG_TYPE",
                "\"weekly\":{\"mon\":null}                       | weekly.mon      | WRONG_TYPE",
                "\"weekly\":{\"mo\":[]}                          | weekly.mo       | UNKNOWN_DAY",
                "\"weekly\":[]                                   | weekly          | WRONG_TYPE",
                "\"dayKinds\":{\"holidays\":[]}                  | dayKinds.holidays | UNKNOWN_FIELD",
                "\"dayKinds\":{\"makeUpWorkday\":\"monday\"}     | dayKinds.makeUpWorkday | UNKNOWN_DAY",
                "\"dates\":[{\"from\":\"2026-02-30\",\"to\":\"2026-03-01\",\"periods\":[]}] | dates[0].from | NOT_A_DATE",
                "\"dates\":[{\"from\":\"2025-02-29\",\"periods\":[]}] | dates[0].from | NOT_A_DATE",
                "\"dates\":[{\"from\":\"2026-3-1\",\"periods\":[]}]   | dates[0].from | NOT_A_DATE",
                "\"dates\":[{\"from\":\"2026-03-02\",\"to\":\"2026-03-01\",\"periods\":[]}] | dates[0] | REVERSED",
                "\"dates\":[{\"from\":\"2026-03-02\"}]           | dates[0].periods | MISSING",
                "\"dates\":[{\"periods\":[]}]                    | dates[0].from   | MISSING",
                "\"seasons\":[{\"from\":\"02-30\",\"to\":\"03-31\",\"weekly\":{}}] | seasons[0].from | NOT_A_DATE",
                "\"seasons\":[{\"from\":\"2026-05-01\",\"to\":\"2026-04-01\",\"weekly\":{}}] | seasons[0] | REVERSED",
                "\"seasons\":[{\"from\":\"05-01\",\"to\":\"06-01\"}] | seasons[0].weekly | MISSING",
                "\"outside\":{\"policy\":\"deny\"}               | outside.policy  | UNKNOWN_POLICY",
                "\"outside\":{\"capFen\":100}                    | outside.policy  | MISSING",
                "\"outside\":{\"policy\":\"ALLOW_CAPPED\"}       | outside.capFen  | CAP",
                "\"outside\":{\"policy\":\"ALLOW_CAPPED\",\"capFen\":0} | outside.capFen | CAP",
                "\"outside\":{\"policy\":\"ALLOW_CAPPED\",\"capFen\":99999999999999999999} | outside.capFen | CAP",
                "\"outside\":{\"policy\":\"DENY\",\"capFen\":100} | outside.capFen | CAP",
                "\"outside\":{\"policy\":\"ALLOW_CAPPED\",\"capFen\":1.5} | outside.capFen | WRONG_TYPE",
                "\"weekley\":{}                                  | weekley         | UNKNOWN_FIELD",
            })
    void whatIsImpossibleIsRefusedWithItsPlace(String field, String path, Kind kind) {
        assertThat(errors("{\"zone\":\"Asia/Shanghai\"," + field + "}"))
                .extracting(HoursError::path, HoursError::kind)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(path, kind));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                | `` | WRONG_TYPE",
                "{                               | `` | NOT_JSON",
                "[]                              | `` | WRONG_TYPE",
                "{} {}                           | `` | NOT_JSON",
                "{\"zone\":\"Asia/Shanghai\",\"zone\":\"Asia/Urumqi\"} | `` | NOT_JSON",
                "{\"weekly\":{}}                 | zone | MISSING",
                "{\"zone\":\"Asia/Peking\"}      | zone | UNKNOWN_ZONE",
                "{\"zone\":\"+08:00\"}           | zone | UNKNOWN_ZONE",
                "{\"zone\":8}                    | zone | WRONG_TYPE",
            })
    void textThatIsNoDocumentIsRefused(String json, String path, Kind kind) {
        assertThat(errors(json == null ? "" : json))
                .extracting(HoursError::path, HoursError::kind)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(path, kind));
    }

    @Test
    void everyErrorIsReportedNotOnlyTheFirst() {
        assertThat(errors("{\"weekly\":{\"mon\":[\"25:00-26:00\"],\"tue\":[\"10:00-10:00\"]},\"x\":1}"))
                .extracting(HoursError::path)
                .containsExactly("x", "zone", "weekly.mon[0]", "weekly.tue[0]");
    }

    @Test
    void noiseIsRefusedOrMeansWhatItSays() {
        var random = new Random(31);
        var alphabet = "{}[]\",:0123456789-montuezwkly \\u";
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder(FULL);
            for (int j = random.nextInt(6); j >= 0; j--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
            }
            switch (HoursDocument.parse(text.toString())) {
                case Parsed.Valid valid ->
                    assertThat(valid(valid.document().json())).isEqualTo(valid.document());
                case Parsed.Invalid invalid -> assertThat(invalid.errors()).isNotEmpty();
            }
        }
    }

    @Test
    void aTextBeyondAllReasonIsRefusedBeforeItIsRead() {
        assertThat(errors(" ".repeat(300_000))).extracting(HoursError::kind).containsExactly(Kind.TOO_LONG);
    }

    @Test
    void recordsCannotHoldNonsenseEither() {
        assertThatThrownBy(() -> new Period(1440, 1500)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Period(600, 600)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Period(600, 2040)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DayPlan.of(new Period(0, 60), new Period(59, 90)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Outside.of(Decision.ALLOW_CAPPED)).isInstanceOf(IllegalArgumentException.class);
    }

    private static HoursDocument valid(String json) {
        return switch (HoursDocument.parse(json)) {
            case Parsed.Valid valid -> valid.document();
            case Parsed.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }

    private static List<HoursError> errors(String json) {
        return switch (HoursDocument.parse(json)) {
            case Parsed.Valid valid -> throw new AssertionError("accepted: " + json);
            case Parsed.Invalid invalid -> invalid.errors();
        };
    }
}
