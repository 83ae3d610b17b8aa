package dev.zhanggui.portal.tradinghours.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.Held;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Layer;
import dev.zhanggui.portal.tradinghours.NightSafety;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The week of the National Day of 2026, which is a Thursday. */
class DatedWeekTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate MONDAY = LocalDate.parse("2026-09-28");
    private static final DayPlan NINE_TO_SIX = DayPlan.of(Period.of(9, 0, 18, 0));
    private static final HoursDocument WEEK = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(NINE_TO_SIX));

    @Test
    void aClosedHolidayKeepsTheOutlineOfTheWeekAndNamesWhatBeatsIt() {
        var week = week(WEEK.withDayKinds(new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, null)));
        assertThat(on(week, DayOfWeek.WEDNESDAY).ghosts()).isEmpty();
        assertThat(runs(week, DayOfWeek.WEDNESDAY)).containsExactly("540-1080");
        assertThat(runs(week, DayOfWeek.THURSDAY)).isEmpty();
        assertThat(on(week, DayOfWeek.THURSDAY).ghosts())
                .extracting(
                        DatedWeek.Ghost::start,
                        DatedWeek.Ghost::end,
                        it -> it.rule().layer(),
                        it -> it.by().layer())
                .containsExactly(tuple(540, 1080, Layer.WEEKLY, Layer.DAY_KIND));
    }

    @Test
    void aNightStandsOnTheDayItBeganOn() {
        var night = Weekly.NOT_SET
                .with(DayOfWeek.FRIDAY, DayPlan.of(Period.of(18, 0, 2, 0)))
                .with(DayOfWeek.SATURDAY, DayPlan.CLOSED);
        var week = week(HoursDocument.weekly(SHANGHAI, night));
        assertThat(runs(week, DayOfWeek.FRIDAY)).containsExactly("1080-1560");
        assertThat(runs(week, DayOfWeek.SATURDAY)).isEmpty();
        assertThat(on(week, DayOfWeek.MONDAY).plan()).isNull();
    }

    @Test
    void whatStandsAboveThePlanCutsHoursOutOfIt() {
        var maintained = new HoursEvaluator(
                HoursChain.of(WEEK),
                WorkCalendar.china(),
                List.of(new Closure(Closure.Kind.OPEN_NOW, at("2026-09-30T01:00"), at("2026-09-30T02:00"), null)),
                List.of(new Restriction(
                        Restriction.Kind.MAINTENANCE, at("2026-09-29T10:00"), at("2026-09-29T11:00"), null)));
        var week = DatedWeek.of(MONDAY, List.of(), maintained, maintained, WorkCalendar.china());
        // Opened for an hour in the small hours of Wednesday: still Tuesday's night.
        assertThat(runs(week, DayOfWeek.TUESDAY)).containsExactly("540-600", "660-1080", "1500-1560");
        assertThat(on(week, DayOfWeek.TUESDAY).ghosts())
                .extracting(
                        DatedWeek.Ghost::start,
                        DatedWeek.Ghost::end,
                        it -> it.rule().layer(),
                        it -> it.by().layer())
                .containsExactly(tuple(600, 660, Layer.WEEKLY, Layer.MAINTENANCE));
    }

    @Test
    void theSafeHoursOfTheNightCutBothEndsOfADayAroundTheClock() {
        var week = week(HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.ALL_DAY))
                .withNight(new NightSafety(Period.of(23, 0, 6, 0), Outside.DENY)));
        assertThat(runs(week, DayOfWeek.TUESDAY)).containsExactly("360-1380");
        assertThat(on(week, DayOfWeek.TUESDAY).ghosts())
                .extracting(
                        DatedWeek.Ghost::start,
                        DatedWeek.Ghost::end,
                        it -> it.by().layer())
                .containsExactly(tuple(0, 360, Layer.NIGHT_SAFETY), tuple(1380, 1440, Layer.NIGHT_SAFETY));
    }

    @Test
    void thePastStaysAndOnlyTheRestFollowsTheDraft() {
        var now = at("2026-09-29T12:00");
        var then = evaluator(HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.of(Period.of(8, 0, 20, 0)))));
        var past = List.of(new Held(DatedWeek.from(MONDAY, SHANGHAI), now, then));
        var drafted = evaluator(WEEK.withWeekly(Weekly.everyDay(DayPlan.of(Period.of(9, 0, 22, 0)))));
        var week = DatedWeek.of(MONDAY, past, evaluator(WEEK), drafted, WorkCalendar.china());
        assertThat(runs(week, DayOfWeek.MONDAY)).containsExactly("480-1200");
        assertThat(runs(week, DayOfWeek.TUESDAY)).containsExactly("480-1320");
        assertThat(runs(week, DayOfWeek.WEDNESDAY)).containsExactly("540-1320");
        assertThat(on(week, DayOfWeek.WEDNESDAY).saved()).isEqualTo(DayTrack.minutes(NINE_TO_SIX));
        assertThat(on(week, DayOfWeek.MONDAY).saved())
                .isEqualTo(on(week, DayOfWeek.MONDAY).open());
        assertThat(week.days()).allSatisfy(day -> assertThat(day.ghosts()).isEmpty());
    }

    private static DatedWeek week(HoursDocument document) {
        return DatedWeek.of(MONDAY, List.of(), evaluator(document), evaluator(document), WorkCalendar.china());
    }

    private static HoursEvaluator evaluator(HoursDocument document) {
        return new HoursEvaluator(document, WorkCalendar.china(), List.of());
    }

    private static DatedWeek.Day on(DatedWeek week, DayOfWeek day) {
        return week.days().get(day.getValue() - 1);
    }

    private static List<String> runs(DatedWeek week, DayOfWeek day) {
        return DayTrack.runs(on(week, day).open(), DayTrack.Kind.OPEN).stream()
                .map(run -> run.start() + "-" + run.end())
                .toList();
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}
