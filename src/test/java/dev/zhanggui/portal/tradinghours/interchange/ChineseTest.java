package dev.zhanggui.portal.tradinghours.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** It is Monday, 16 March 2026. */
class ChineseTest {

    private static final Setting SETTING =
            new Setting(ZoneId.of("Asia/Shanghai"), WorkCalendar.china(), LocalDate.parse("2026-03-16"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            每天早8晚10                           | 每天 8 点到 22 点。
            每天9点到21点                         | 每天 9 点到 21 点。
            早九晚五                              | 每天 9 点到 17 点。
            24小时营业                            | 每天 24 小时营业。
            全天营业                              | 每天 24 小时营业。
            周一三五9:00-17:30                    | 周一 9 点到 17 点半；周二休息；周三 9 点到 17 点半；周四休息；周五 9 点到 17 点半；周六、周日休息。
            周一、三、五 9:00-17:30               | 周一 9 点到 17 点半；周二休息；周三 9 点到 17 点半；周四休息；周五 9 点到 17 点半；周六、周日休息。
            每天9点到21点，周日休息               | 周一到周六 9 点到 21 点；周日休息。
            周日休息，每天9点到21点               | 周一到周六 9 点到 21 点；周日休息。
            每天晚上6点到凌晨2点                  | 每天 18 点到次日 2 点。
            每天9点半到次日2点                    | 每天 9 点半到次日 2 点。
            每天 22:00-02:00                      | 每天 22 点到次日 2 点。
            每天下午五点一刻到晚上十点            | 每天 17 点 15 分到 22 点。
            每天九点半到十八点                    | 每天 9 点半到 18 点。
            每天下午2点到6点                      | 每天 14 点到 18 点。
            每天晚上8点到2点                      | 每天 20 点到次日 2 点。
            每天９：００－１８：００              | 每天 9 点到 18 点。
            每天早上9点开门，晚上10点关门         | 每天 9 点到 22 点。
            每天9点到18点，中午休息               | 每天 9 点开门，12 点到 13 点午休，18 点打烊。
            每天9点到18点，中午12点到13点半休息   | 每天 9 点开门，12 点到 13 点半午休，18 点打烊。
            每天9点到12点、14点到18点             | 每天 9 点开门，12 点到 14 点午休，18 点打烊。
            每天9-12点，14-18点                   | 每天 9 点开门，12 点到 14 点午休，18 点打烊。
            周一到周五9点到18点，周末10点到22点   | 周一到周五 9 点到 18 点；周六、周日 10 点到 22 点。
            星期一至星期五 9点-18点；周六日休息   | 周一到周五 9 点到 18 点；周六、周日休息。
            周一至五9点到18点，其余时间休息       | 周一到周五 9 点到 18 点；周六、周日休息。
            周一八点到二十点                      | 周一 8 点到 20 点；周二到周日休息。
            周一三点到五点                        | 周一 3 点到 5 点；周二到周日休息。
            周五六日10点到22点                    | 周一到周四休息；周五到周日 10 点到 22 点。
            每周一到周五9点到18点                 | 周一到周五 9 点到 18 点；周六、周日休息。
            工作日9点到18点，周末休息             | 周一到周五 9 点到 18 点；周六、周日休息。
            每天9点到21点，法定假日打烊           | 每天 9 点到 21 点；法定假日休息。
            每天9点到21点，节假日10点到16点，调休上班日按周一 | 每天 9 点到 21 点；法定假日 10 点到 16 点，调休上班日按周一。
            每天9点到21点，2026年12月31日休息     | 每天 9 点到 21 点；12 月 31 日休息。
            每天9点到21点，12月24日到26日 10点到23点 | 每天 9 点到 21 点；12 月 24–26 日 10 点到 23 点。
            每天9点到21点，12月31日到1月2日休息   | 每天 9 点到 21 点；12 月 31 日–1 月 2 日休息。
            每天9点到21点，2026-12-31休息         | 每天 9 点到 21 点；12 月 31 日休息。
            每天9点到21点，国庆节休息             | 每天 9 点到 21 点；10 月 1–7 日休息。
            每天9点到21点，周日休息，国庆节照常   | 周一到周六 9 点到 21 点；周日休息；10 月 1–3 日 9 点到 21 点；10 月 4 日休息；10 月 5–7 日 9 点到 21 点。
            周末和每周一休息，其他时间8点到12点   | 周一休息；周二到周五 8 点到 12 点；周六、周日休息。
            早上八点到晚上十二点                  | 每天 8 点到 24 点。
            周一到周五9点到18点，中午12点到13点休息，周末10点到22点，五一关 | 周一到周五 9 点开门，12 点到 13 点午休，18 点打烊；周六、周日 10 点到 22 点；5 月 1–5 日休息。
            """)
    void aSentenceIsUnderstood(String text, String sentence) {
        var read = new ChineseReader(text, SETTING).read();
        assertThat(read).as(text).isInstanceOf(Read.Valid.class);
        assertThat(HoursWords.CHINESE.sentence(((Read.Valid) read).document())).isEqualTo(sentence);
    }

    @ParameterizedTest(name = "{0}: {1} at {2}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                  | EMPTY         | ''
            你好                                | UNKNOWN_WORD  | 你好
            每天9点到21点哈哈                   | UNKNOWN_WORD  | 哈哈
            每天9点到25点                       | NOT_A_TIME    | 25点
            每天9:75到18点                      | NOT_A_TIME    | 9:75
            每天上午13点到18点                  | NOT_A_TIME    | 上午13点
            每天9点到6点                        | AMBIGUOUS     | 9点到6点
            每天9点到9点                        | ZERO_LENGTH   | 9点到9点
            每天9点                             | NOT_A_PERIOD  | 9点
            每天9点开门                         | OPEN_END      | 9点开门
            每天9点到12点，11点到18点           | OVERLAP       | 11点到18点
            2026年2月30日休息                   | NOT_A_DATE    | 2026年2月30日
            2月30日休息                         | NOT_A_DATE    | 2月30日
            2026年12月26日到2026年12月24日休息  | REVERSED      | 2026年12月26日到2026年12月24日
            12月26日到24日休息                  | REVERSED      | 12月26日到24日
            周八休息                            | UNKNOWN_WORD  | 周八休息
            周日休息，周日9点到18点             | CONTRADICTION | 周日
            每天9点到18点，20点到21点休息       | CONTRADICTION | 20点到21点
            周一到周三9点到18点，周三到周五休息 | CONTRADICTION | 周三到周五
            中秋国庆休息。日出到日落            | UNKNOWN_WORD  | 日出到日落
            """)
    void whatIsNotUnderstoodIsNamedWithItsPlace(String text, Kind kind, String value) {
        var read = new ChineseReader(text, SETTING).read();
        assertThat(read).as(text).isInstanceOf(Read.Invalid.class);
        var error = ((Read.Invalid) read).errors().getFirst();
        assertThat(error.kind()).as(error.toString()).isEqualTo(kind);
        assertThat(error.value()).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            每天9点到21点                 | ''
            9点到21点                     | EVERY_DAY_ASSUMED
            周一9点到21点                 | REST_CLOSED
            每天9点到18点，中午休息       | LUNCH_ASSUMED
            每天下午2点到6点              | HOUR_ASSUMED
            每天22:00-02:00               | NEXT_DAY_ASSUMED
            12月31日休息                  | YEAR_ASSUMED
            国庆节休息                    | FESTIVAL_DATES
            春节休息                      | FESTIVAL_PROVISIONAL
            工作日9点到18点，周末休息     | WORKDAYS_ASSUMED
            """)
    void everyAssumptionIsAWarning(String text, String kinds) {
        var read = (Read.Valid) new ChineseReader(text, SETTING).read();
        assertThat(read.warnings().stream().map(it -> it.kind().name()).collect(Collectors.joining(" ")))
                .isEqualTo(kinds);
    }

    @Test
    void aSeasonIsAPartOfEveryYear() {
        var read = (Read.Valid) new ChineseReader("每天9点到18点，7月到8月周末8点到22点", SETTING).read();
        assertThat(read.document().json())
                .contains(
                        "\"seasons\":[{\"from\":\"07-01\",\"to\":\"08-31\",\"weekly\":{\"sat\":[\"08:00-22:00\"],\"sun\":[\"08:00-22:00\"]}}]");
    }

    @Test
    void aFestivalAloneLeavesTheWeekAlone() {
        var read = (Read.Valid) new ChineseReader("五一关", SETTING).read();
        assertThat(read.document())
                .isEqualTo(HoursDocument.notSet(SETTING.zone())
                        .withDates(read.document().dates()));
        assertThat(read.document().dates()).singleElement().satisfies(it -> {
            assertThat(it.from()).isEqualTo("2026-05-01");
            assertThat(it.to()).isEqualTo("2026-05-05");
            assertThat(it.plan().closed()).isTrue();
        });
    }
}
