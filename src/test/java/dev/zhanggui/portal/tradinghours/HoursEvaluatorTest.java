package dev.zhanggui.portal.tradinghours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HoursEvaluatorTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final DayPlan NINE_TO_SIX = DayPlan.of(Period.of(9, 0, 18, 0));
    private static final DayPlan NIGHT = DayPlan.of(Period.of(22, 0, 2, 0));
    /** A bank branch: Monday to Friday, shut on holidays, make-up Saturdays like a Monday. */
    private static final HoursDocument BANK = HoursDocument.weekly(
                    SHANGHAI,
                    Weekly.everyDay(NINE_TO_SIX).with(List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), DayPlan.CLOSED))
            .withDayKinds(new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, new DayRule.Like(DayOfWeek.MONDAY)))
            .withOutside(Outside.DENY);

    @Test
    void aShiftIsOpenFromItsFirstMinuteToTheMinuteBeforeItsEnd() {
        assertThat(state(BANK, "2026-11-23T08:59").phase()).isEqualTo(Phase.CLOSED);
        assertThat(state(BANK, "2026-11-23T09:00").phase()).isEqualTo(Phase.OPEN);
        assertThat(state(BANK, "2026-11-23T17:59:59").phase()).isEqualTo(Phase.OPEN);
        assertThat(state(BANK, "2026-11-23T18:00").phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void theAnswerNamesTheRuleTheNextChangeAndTheWayOut() {
        var state = state(BANK, "2026-11-23T20:00");
        assertThat(state.decision()).isEqualTo(Decision.DENY);
        assertThat(state.reason()).isEqualTo(ReasonCode.CLOSED_BY_WEEK);
        assertThat(state.winning()).isEqualTo(new Rule.ByWeek(LocalDate.parse("2026-11-23"), NINE_TO_SIX, Level.STORE));
        assertThat(state.next()).isEqualTo(new TradingState.NextChange(at("2026-11-24T09:00"), Phase.OPEN));
        assertThat(state.alternatives()).containsExactly(Alternative.CASH, Alternative.CARD, Alternative.LATER);
    }

    @Test
    void holidaysAndMakeUpWorkdaysBeatTheWeekAndSayWhatTheyBeat() {
        var holiday = state(BANK, "2026-02-20T10:00");
        assertThat(holiday.phase()).isEqualTo(Phase.CLOSED);
        assertThat(holiday.reason()).isEqualTo(ReasonCode.CLOSED_ON_HOLIDAY);
        assertThat(holiday.beaten())
                .containsExactly(new Rule.ByWeek(LocalDate.parse("2026-02-20"), NINE_TO_SIX, Level.STORE));
        assertThat(holiday.next()).isEqualTo(new TradingState.NextChange(at("2026-02-24T09:00"), Phase.OPEN));

        var makeUp = state(BANK, "2026-02-14T10:00");
        assertThat(makeUp.phase()).isEqualTo(Phase.OPEN);
        assertThat(makeUp.reason()).isEqualTo(ReasonCode.OPEN_ON_MAKE_UP_WORKDAY);
        assertThat(makeUp.beaten())
                .containsExactly(new Rule.ByWeek(LocalDate.parse("2026-02-14"), DayPlan.CLOSED, Level.STORE));
    }

    @Test
    void transferredRestDaysFollowTheHolidayRuleUnlessTheyHaveTheirOwn() {
        var own = BANK.withDayKinds(
                new DayKindRules(new DayRule.Own(DayPlan.CLOSED), new DayRule.Own(DayPlan.ALL_DAY), null));
        assertThat(state(own, "2026-02-20T10:00").phase()).isEqualTo(Phase.OPEN);
        assertThat(state(own, "2026-02-19T10:00").phase()).isEqualTo(Phase.CLOSED);
        assertThat(state(own, "2026-02-21T10:00").reason()).isEqualTo(ReasonCode.CLOSED_ON_HOLIDAY);
    }

    @Test
    void aNightShiftBelongsToTheDayItStartsOn() {
        var bar = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.CLOSED).with(DayOfWeek.FRIDAY, NIGHT));
        assertThat(state(bar, "2026-11-20T23:59").phase()).isEqualTo(Phase.OPEN);
        var afterMidnight = state(bar, "2026-11-21T01:59");
        assertThat(afterMidnight.phase()).isEqualTo(Phase.OPEN);
        assertThat(afterMidnight.winning())
                .isEqualTo(new Rule.ByWeek(LocalDate.parse("2026-11-20"), NIGHT, Level.STORE));
        assertThat(state(bar, "2026-11-21T02:00").phase()).isEqualTo(Phase.CLOSED);
        assertThat(state(bar, "2026-11-20T01:00").phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void anExceptionOfTheNextDayDoesNotCutTheNightNorLeaveOneBehind() {
        var bar = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(NIGHT))
                .withDates(List.of(new DatedRule(
                        LocalDate.parse("2026-11-21"), LocalDate.parse("2026-11-21"), DayPlan.CLOSED, "盘点")));
        assertThat(state(bar, "2026-11-21T01:00").phase()).isEqualTo(Phase.OPEN);
        assertThat(state(bar, "2026-11-21T22:30").reason()).isEqualTo(ReasonCode.CLOSED_ON_DATE);
        assertThat(state(bar, "2026-11-22T01:00").phase()).isEqualTo(Phase.CLOSED);
        assertThat(state(bar, "2026-11-22T22:00").phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void theNarrowerOfTwoDatedRulesWins() {
        var document = BANK.withDates(List.of(
                new DatedRule(LocalDate.parse("2026-11-23"), LocalDate.parse("2026-11-23"), DayPlan.ALL_DAY, "店庆"),
                new DatedRule(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-30"), DayPlan.CLOSED, "装修")));
        var state = state(document, "2026-11-23T20:00");
        assertThat(state.reason()).isEqualTo(ReasonCode.OPEN_ON_DATE);
        assertThat(state.winning().note()).isEqualTo("店庆");
        assertThat(state.beaten()).extracting(Rule::layer).containsExactly(Layer.DATED, Layer.WEEKLY);
        assertThat(state(document, "2026-11-24T10:00").winning().note()).isEqualTo("装修");
    }

    @Test
    void aSeasonReplacesTheDaysItNamesAndMayRunOverTheNewYear() {
        var winter = BANK.withDayKinds(DayKindRules.NONE)
                .withSeasons(List.of(new Season(
                        new Season.Span.Yearly(java.time.MonthDay.of(11, 1), java.time.MonthDay.of(3, 31)),
                        Weekly.NOT_SET.with(DayOfWeek.MONDAY, DayPlan.of(Period.of(10, 0, 16, 0))))));
        assertThat(state(winter, "2026-11-23T09:30").reason()).isEqualTo(ReasonCode.CLOSED_IN_SEASON);
        assertThat(state(winter, "2027-01-04T10:30").reason()).isEqualTo(ReasonCode.OPEN_IN_SEASON);
        assertThat(state(winter, "2026-11-24T09:30").reason()).isEqualTo(ReasonCode.OPEN_BY_WEEK);
        assertThat(state(winter, "2026-10-26T09:30").reason()).isEqualTo(ReasonCode.OPEN_BY_WEEK);
    }

    @Test
    void notSetIsNotClosed() {
        var state = state(HoursDocument.notSet(SHANGHAI).withOutside(Outside.DENY), "2026-11-23T03:00");
        assertThat(state.phase()).isEqualTo(Phase.NOT_SET);
        assertThat(state.open()).isTrue();
        assertThat(state.decision()).isEqualTo(Decision.ALLOW);
        assertThat(state.reason()).isEqualTo(ReasonCode.NOT_SET);
        assertThat(state.next()).isNull();
    }

    @Test
    void openAroundTheClockHasNoNextChangeAndOneTransition() {
        var document = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.ALL_DAY));
        assertThat(state(document, "2026-11-23T00:00").next()).isNull();
        var evaluator = new HoursEvaluator(document, WorkCalendar.china(), List.of());
        assertThat(evaluator.transitions(at("2026-11-23T10:00"), at("2027-01-22T10:00")))
                .containsExactly(new Transition(
                        at("2026-11-23T10:00"), Phase.OPEN, Decision.ALLOW, 0, ReasonCode.OPEN_BY_WEEK, null, null));
        assertThat(evaluator.openIntervals(at("2026-11-23T10:00"), at("2026-11-25T10:00")))
                .containsExactly(new Interval(at("2026-11-23T10:00"), at("2026-11-25T10:00")));
    }

    @Test
    void closeNowBeatsEveryRuleAndEndsByItself() {
        var closure = new Closure(Closure.Kind.CLOSE_NOW, at("2026-11-23T10:00"), at("2026-11-23T10:30"), "去进货");
        assertThat(state(BANK, "2026-11-23T09:59", closure).phase()).isEqualTo(Phase.OPEN);
        var closed = state(BANK, "2026-11-23T10:00", closure);
        assertThat(closed.reason()).isEqualTo(ReasonCode.CLOSED_NOW);
        assertThat(closed.decision()).isEqualTo(Decision.DENY);
        assertThat(closed.winning().note()).isEqualTo("去进货");
        assertThat(closed.beaten()).extracting(Rule::layer).containsExactly(Layer.WEEKLY);
        assertThat(closed.next()).isEqualTo(new TradingState.NextChange(at("2026-11-23T10:30"), Phase.OPEN));
        assertThat(state(BANK, "2026-11-23T10:30", closure).reason()).isEqualTo(ReasonCode.OPEN_BY_WEEK);
    }

    @Test
    void openNowBeatsAHolidayUntilSomeoneEndsIt() {
        var open = new Closure(Closure.Kind.OPEN_NOW, at("2026-10-01T10:00"), null, null);
        var state = state(BANK, "2026-10-03T03:00", open);
        assertThat(state.reason()).isEqualTo(ReasonCode.OPENED_NOW);
        assertThat(state.next()).isNull();
    }

    @Test
    void theLaterOfTwoClosuresSpeaksAndAnOpeningBeatsNeither() {
        var first = new Closure(Closure.Kind.CLOSE_NOW, at("2026-11-23T10:00"), null, "进货");
        var second = new Closure(Closure.Kind.CLOSE_NOW, at("2026-11-23T11:00"), at("2026-11-23T12:00"), "停电");
        var open = new Closure(Closure.Kind.OPEN_NOW, at("2026-11-23T11:00"), null, null);
        assertThat(state(BANK, "2026-11-23T11:30", first, open, second)
                        .winning()
                        .note())
                .isEqualTo("停电");
        assertThat(state(BANK, "2026-11-23T12:00", first, open, second)
                        .winning()
                        .note())
                .isEqualTo("进货");
    }

    @ParameterizedTest
    @EnumSource(Decision.class)
    void outsideHoursThePolicyDecidesAndRefundsAlwaysPass(Decision policy) {
        var outside = policy == Decision.ALLOW_CAPPED ? Outside.capped(200_00) : Outside.of(policy);
        var state = state(BANK.withOutside(outside), "2026-11-22T12:00");
        assertThat(state.decision()).isEqualTo(policy);
        assertThat(state.capFen()).isEqualTo(policy == Decision.ALLOW_CAPPED ? 200_00 : 0);
        assertThat(state.decisionFor(TradingState.Operation.COLLECT)).isEqualTo(policy);
        assertThat(state.decisionFor(TradingState.Operation.REFUND)).isEqualTo(Decision.ALLOW);
        assertThat(state.decisionFor(TradingState.Operation.REVERSAL)).isEqualTo(Decision.ALLOW);
        assertThat(state.alternatives()).contains(Alternative.CASH);
    }

    @Test
    void adjacentShiftsAndNightsThatMeetAreOneInterval() {
        var document = HoursDocument.weekly(
                SHANGHAI,
                Weekly.everyDay(DayPlan.CLOSED)
                        .with(DayOfWeek.MONDAY, DayPlan.of(Period.of(9, 0, 12, 0), Period.of(12, 0, 24, 0)))
                        .with(DayOfWeek.TUESDAY, DayPlan.of(Period.of(0, 0, 1, 0))));
        assertThat(new HoursEvaluator(document, WorkCalendar.china(), List.of())
                        .openIntervals(at("2026-11-23T00:00"), at("2026-11-30T00:00")))
                .containsExactly(new Interval(at("2026-11-23T09:00"), at("2026-11-24T01:00")));
    }

    @Test
    void anEmptyRangeHasNoTransitions() {
        var evaluator = new HoursEvaluator(BANK, WorkCalendar.china(), List.of());
        assertThat(evaluator.openIntervals(Instant.EPOCH, Instant.EPOCH)).isEmpty();
        assertThatThrownBy(() -> evaluator.transitions(Instant.EPOCH, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TradingState state(HoursDocument document, String local, @Nullable Closure... closures) {
        return new HoursEvaluator(document, WorkCalendar.china(), List.of(closures)).stateAt(at(local));
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}
