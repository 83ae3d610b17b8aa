package dev.zhanggui.portal.tradinghours;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HoursWordsTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final DayPlan NOON_BREAK = DayPlan.of(Period.of(11, 0, 14, 0), Period.of(16, 30, 22, 0));
    private static final HoursDocument NOODLES = HoursDocument.weekly(
            SHANGHAI,
            Weekly.everyDay(NOON_BREAK)
                    .with(DayOfWeek.SATURDAY, DayPlan.of(Period.of(9, 0, 2, 0)))
                    .with(DayOfWeek.SUNDAY, DayPlan.CLOSED));

    @Test
    void aWeekIsOneSentence() {
        assertThat(HoursWords.CHINESE.sentence(NOODLES))
                .isEqualTo("周一到周五 11 点开门，14 点到 16 点半午休，22 点打烊；周六 9 点到次日 2 点；周日休息。");
        assertThat(HoursWords.ENGLISH.sentence(NOODLES))
                .isEqualTo("Mon to Fri 11:00–14:00, 16:30–22:00; Sat 9:00–02:00 next day; Sun closed.");
    }

    @Test
    void holidaysAndMakeUpDaysAreSaidAfterTheWeek() {
        var document = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.ALL_DAY))
                .withDayKinds(
                        new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, new DayRule.Like(DayOfWeek.MONDAY)))
                .withDates(List.of(new DatedRule(
                        LocalDate.parse("2026-12-24"),
                        LocalDate.parse("2026-12-26"),
                        DayPlan.of(Period.of(9, 15, 12, 0)),
                        null)));
        assertThat(HoursWords.CHINESE.sentence(document))
                .isEqualTo("每天 24 小时营业；法定假日休息，调休上班日按周一；12 月 24–26 日 9 点 15 分到 12 点。");
        assertThat(HoursWords.ENGLISH.sentence(document))
                .isEqualTo(
                        "Every day open 24 hours; public holidays closed, make-up workdays like Mon; 24 Dec–26 Dec 9:15–12:00.");
    }

    @Test
    void twoEqualDaysAreNamedAndAMissingDayIsNotCalledClosed() {
        var document = HoursDocument.weekly(
                SHANGHAI,
                Weekly.NOT_SET
                        .with(DayOfWeek.MONDAY, DayPlan.of(Period.of(8, 0, 12, 0), Period.of(17, 0, 24, 0)))
                        .with(List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), DayPlan.CLOSED));
        assertThat(HoursWords.CHINESE.sentence(document)).isEqualTo("周一 8 点开门，12 点到 17 点午休，24 点打烊；周二到周五还没定；周六、周日休息。");
        assertThat(HoursWords.CHINESE.sentence(HoursDocument.notSet(SHANGHAI))).isEqualTo("还没有定营业时间。");
    }

    @Test
    void rangesNameTheNextDay() {
        assertThat(HoursWords.CHINESE.ranges(DayPlan.of(Period.of(11, 0, 14, 0), Period.of(18, 0, 2, 0))))
                .isEqualTo("11:00–14:00、18:00–次日 02:00");
        assertThat(HoursWords.CHINESE.ranges(DayPlan.CLOSED)).isEqualTo("休息");
    }

    @ParameterizedTest
    @EnumSource(ReasonCode.class)
    void everyReasonHasWordsInBothLanguagesAndTheMerchantsOwnWordsWin(ReasonCode code) {
        assertThat(HoursWords.CHINESE.reason(code, null)).matches(".*\\p{IsHan}.*");
        assertThat(HoursWords.ENGLISH.reason(code, "")).matches("[A-Z][\\p{ASCII}]+");
        assertThat(HoursWords.ENGLISH.reason(code, "盘点")).isEqualTo("盘点");
    }
}
