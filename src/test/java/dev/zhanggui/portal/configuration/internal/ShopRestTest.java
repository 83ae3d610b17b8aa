package dev.zhanggui.portal.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In the week of Monday 16 March 2026. */
class ShopRestTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final DayPlan NINE_TO_SIX = DayPlan.of(Period.of(9, 0, 18, 0));

    @Test
    void terminals_may_be_off_from_half_an_hour_before_closing_until_half_an_hour_after_opening() {
        var shop = Weekly.everyDay(NINE_TO_SIX);
        assertThat(rest(shop, "2026-03-16T17:29")).isNull();
        assertThat(rest(shop, "2026-03-16T17:30")).isEqualTo("2026-03-17T09:30");
        assertThat(rest(shop, "2026-03-16T23:00")).isEqualTo("2026-03-17T09:30");
        assertThat(rest(shop, "2026-03-17T08:59")).isEqualTo("2026-03-17T09:30");
        assertThat(rest(shop, "2026-03-17T09:00")).isNull();
    }

    @Test
    void a_shop_that_is_closed_for_long_is_looked_at_again_after_a_day() {
        var monday = Weekly.everyDay(DayPlan.CLOSED).with(DayOfWeek.MONDAY, NINE_TO_SIX);
        assertThat(rest(monday, "2026-03-18T12:00")).isEqualTo("2026-03-19T12:00");
        assertThat(rest(Weekly.everyDay(DayPlan.CLOSED), "2026-03-18T12:00")).isEqualTo("2026-03-19T12:00");
    }

    @Test
    void a_shop_that_never_closes_never_rests() {
        assertThat(rest(Weekly.everyDay(DayPlan.ALL_DAY), "2026-03-16T03:00")).isNull();
    }

    @Test
    void where_nobody_said_hours_the_night_is_a_rest() {
        assertThat(rest(Weekly.NOT_SET, "2026-03-16T21:59")).isNull();
        assertThat(rest(Weekly.NOT_SET, "2026-03-16T22:00")).isEqualTo("2026-03-17T07:30");
        assertThat(rest(Weekly.NOT_SET, "2026-03-17T06:59")).isEqualTo("2026-03-17T07:30");
        assertThat(rest(Weekly.NOT_SET, "2026-03-17T07:00")).isNull();
    }

    private static @Nullable String rest(Weekly week, String now) {
        var hours = new HoursEvaluator(HoursDocument.weekly(SHANGHAI, week), WorkCalendar.china(), List.of());
        var until =
                ShopRest.until(hours, LocalDateTime.parse(now).atZone(SHANGHAI).toInstant());
        return until == null ? null : until.atZone(SHANGHAI).toLocalDateTime().toString();
    }
}
