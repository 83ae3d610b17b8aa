package dev.zhanggui.portal.tradinghours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.WeekDifference.Minutes;
import java.time.DayOfWeek;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeekChangeTest {

    private static final Weekly NINE_TO_NINE = Weekly.everyDay(DayPlan.of(Period.of(9, 0, 21, 0)));

    @Test
    void gainsAndLossesStayApart() {
        var after = NINE_TO_NINE
                .with(DayOfWeek.FRIDAY, DayPlan.of(Period.of(10, 0, 1, 0)))
                .with(DayOfWeek.SUNDAY, DayPlan.CLOSED);
        var difference = WeekDifference.between(NINE_TO_NINE, after);
        assertThat(difference.days())
                .isEqualTo(Map.of(DayOfWeek.FRIDAY, new Minutes(240, 60), DayOfWeek.SUNDAY, new Minutes(0, 720)));
        assertThat(difference.gained()).isEqualTo(240);
        assertThat(difference.lost()).isEqualTo(780);
    }

    @Test
    void aLunchBreakCutsOnlyDaysThatAreOpenOverNoon() {
        var week = NINE_TO_NINE.with(DayOfWeek.SATURDAY, DayPlan.of(Period.of(14, 0, 22, 0)));
        var changed = WeekPreset.LUNCH_BREAK.applyTo(week);
        assertThat(changed.on(DayOfWeek.MONDAY))
                .isEqualTo(DayPlan.of(Period.of(9, 0, 12, 0), Period.of(13, 30, 21, 0)));
        assertThat(changed.on(DayOfWeek.SATURDAY)).isEqualTo(week.on(DayOfWeek.SATURDAY));
        assertThat(WeekPreset.LUNCH_BREAK.applyTo(changed)).isEqualTo(changed);
    }

    @Test
    void overnightLengthensTheLastShiftOfOpenDays() {
        var changed = WeekPreset.OVERNIGHT.applyTo(NINE_TO_NINE.with(DayOfWeek.SUNDAY, DayPlan.CLOSED));
        assertThat(changed.on(DayOfWeek.MONDAY)).isEqualTo(DayPlan.of(Period.of(9, 0, 2, 0)));
        assertThat(changed.on(DayOfWeek.SUNDAY)).isEqualTo(DayPlan.CLOSED);
        assertThat(WeekPreset.OVERNIGHT.applyTo(changed)).isEqualTo(changed);
    }

    @Test
    void onlyWeekendsKeepsTheHoursThatTheWeekendHas() {
        assertThat(WeekPreset.ONLY_WEEKENDS.applyTo(NINE_TO_NINE).on(DayOfWeek.SUNDAY))
                .isEqualTo(NINE_TO_NINE.on(DayOfWeek.SUNDAY));
        assertThat(WeekPreset.ONLY_WEEKENDS.applyTo(Weekly.NOT_SET).on(DayOfWeek.SUNDAY))
                .isEqualTo(DayPlan.of(Period.of(10, 0, 22, 0)));
        assertThat(WeekPreset.ONLY_WEEKENDS.applyTo(NINE_TO_NINE).on(DayOfWeek.FRIDAY))
                .isEqualTo(DayPlan.CLOSED);
    }

    @Test
    void everyPresetIsARuleForARandomWeekThatStaysValid() {
        var random = new java.util.Random(3);
        for (int i = 0; i < 2_000; i++) {
            var week = Weekly.NOT_SET;
            for (var day : DayOfWeek.values()) {
                week = week.with(day, RandomHours.plan(random));
            }
            for (var preset : WeekPreset.values()) {
                var once = preset.applyTo(week);
                assertThat(preset.applyTo(once))
                        .as("%s twice on %s", preset, week)
                        .isEqualTo(once);
            }
        }
    }
}
