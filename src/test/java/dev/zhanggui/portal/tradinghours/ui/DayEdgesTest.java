package dev.zhanggui.portal.tradinghours.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.ui.DayEdges.Edge;
import org.junit.jupiter.api.Test;

class DayEdgesTest {

    private static final DayPlan NOON_AND_EVENING = DayPlan.of(Period.of(11, 0, 14, 0), Period.of(16, 30, 22, 0));

    @Test
    void aStepMovesTheDaysOpeningOrClosingByAQuarterOfAnHour() {
        assertThat(DayEdges.nudged(NOON_AND_EVENING, Edge.END, true))
                .contains(DayPlan.of(Period.of(11, 0, 14, 0), Period.of(16, 30, 22, 15)));
        assertThat(DayEdges.nudged(NOON_AND_EVENING, Edge.START, false))
                .contains(DayPlan.of(Period.of(10, 45, 14, 0), Period.of(16, 30, 22, 0)));
        var odd = DayPlan.of(Period.of(9, 10, 21, 10));
        assertThat(DayEdges.nudged(odd, Edge.END, true)).contains(DayPlan.of(Period.of(9, 10, 21, 15)));
        assertThat(DayEdges.nudged(odd, Edge.START, false)).contains(DayPlan.of(Period.of(9, 0, 21, 10)));
    }

    @Test
    void theEndRunsOnPastMidnightUntilTheDayIsFull() {
        var late = DayPlan.of(Period.of(18, 0, 23, 45));
        var midnight = DayEdges.nudged(late, Edge.END, true).orElseThrow();
        assertThat(midnight.texts()).containsExactly("18:00-24:00");
        assertThat(DayEdges.nudged(midnight, Edge.END, true).orElseThrow().texts())
                .containsExactly("18:00-00:15");
        assertThat(DayEdges.moved(late, 0, Edge.END, Period.DAY + 18 * 60)).isEmpty();
        assertThat(DayEdges.moved(DayPlan.of(Period.of(0, 0, 23, 45)), 0, Edge.END, Period.DAY))
                .contains(DayPlan.ALL_DAY);
    }

    @Test
    void whatWouldVanishOverlapOrLeaveTheDayIsNotMade() {
        assertThat(DayEdges.moved(NOON_AND_EVENING, 0, Edge.END, 16 * 60 + 45)).isEmpty();
        assertThat(DayEdges.moved(NOON_AND_EVENING, 1, Edge.START, 13 * 60)).isEmpty();
        assertThat(DayEdges.moved(NOON_AND_EVENING, 0, Edge.START, 14 * 60)).isEmpty();
        assertThat(DayEdges.moved(NOON_AND_EVENING, 0, Edge.START, -15)).isEmpty();
        assertThat(DayEdges.moved(NOON_AND_EVENING, 2, Edge.END, 1200)).isEmpty();
        assertThat(DayEdges.nudged(DayPlan.CLOSED, Edge.END, true)).isEmpty();
        assertThat(DayEdges.nudged(DayPlan.of(new Period(0, 60)), Edge.START, false))
                .isEmpty();
    }
}
