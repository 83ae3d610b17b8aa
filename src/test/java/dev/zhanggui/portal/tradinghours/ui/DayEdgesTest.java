package dev.zhanggui.portal.tradinghours.ui;

import static dev.zhanggui.portal.tradinghours.ui.DayEdges.closing;
import static dev.zhanggui.portal.tradinghours.ui.DayEdges.opening;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.ui.DayEdges.Edge;
import dev.zhanggui.portal.tradinghours.ui.DayEdges.Grip;
import org.junit.jupiter.api.Test;

class DayEdgesTest {

    private static final DayPlan NOON_AND_EVENING = DayPlan.of(Period.of(11, 0, 14, 0), Period.of(16, 30, 22, 0));

    @Test
    void aStepMovesTheDaysOpeningOrClosingByAQuarterOfAnHour() {
        assertThat(DayEdges.nudged(NOON_AND_EVENING, closing(NOON_AND_EVENING), true))
                .contains(DayPlan.of(Period.of(11, 0, 14, 0), Period.of(16, 30, 22, 15)));
        assertThat(DayEdges.nudged(NOON_AND_EVENING, opening(), false))
                .contains(DayPlan.of(Period.of(10, 45, 14, 0), Period.of(16, 30, 22, 0)));
        var odd = DayPlan.of(Period.of(9, 10, 21, 10));
        assertThat(DayEdges.nudged(odd, closing(odd), true)).contains(DayPlan.of(Period.of(9, 10, 21, 15)));
        assertThat(DayEdges.nudged(odd, opening(), false)).contains(DayPlan.of(Period.of(9, 0, 21, 10)));
    }

    @Test
    void theEndRunsOnPastMidnightUntilTheDayIsFull() {
        var late = DayPlan.of(Period.of(18, 0, 23, 45));
        var midnight = DayEdges.nudged(late, closing(late), true).orElseThrow();
        assertThat(midnight.texts()).containsExactly("18:00-24:00");
        assertThat(DayEdges.nudged(midnight, closing(midnight), true)
                        .orElseThrow()
                        .texts())
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
        assertThat(DayEdges.nudged(DayPlan.CLOSED, closing(DayPlan.CLOSED), true))
                .isEmpty();
        assertThat(DayEdges.nudged(DayPlan.of(new Period(0, 60)), opening(), false))
                .isEmpty();
    }

    @Test
    void everyEdgeIsReachedInTheOrderOfTheDayAndNoneBeyondItsEnds() {
        assertThat(DayEdges.next(NOON_AND_EVENING, null, true)).contains(new Grip(0, Edge.START));
        assertThat(DayEdges.next(NOON_AND_EVENING, new Grip(0, Edge.START), true))
                .contains(new Grip(0, Edge.END));
        assertThat(DayEdges.next(NOON_AND_EVENING, new Grip(0, Edge.END), true)).contains(new Grip(1, Edge.START));
        assertThat(DayEdges.next(NOON_AND_EVENING, new Grip(1, Edge.END), true)).isEmpty();
        assertThat(DayEdges.next(NOON_AND_EVENING, null, false)).contains(new Grip(1, Edge.END));
        assertThat(DayEdges.next(DayPlan.CLOSED, null, true)).isEmpty();
        assertThat(DayEdges.nudged(NOON_AND_EVENING, new Grip(0, Edge.END), true))
                .contains(DayPlan.of(Period.of(11, 0, 14, 15), Period.of(16, 30, 22, 0)));
        assertThat(DayEdges.nudged(NOON_AND_EVENING, new Grip(2, Edge.END), true))
                .isEmpty();
    }

    @Test
    void aBreakIsPutAtNoonElseInTheMiddleAndTakenAwayAgain() {
        var day = DayPlan.of(Period.of(9, 0, 21, 0));
        var broken = DayEdges.broken(day).orElseThrow();
        assertThat(broken.texts()).containsExactly("09:00-12:00", "13:00-21:00");
        assertThat(DayEdges.joined(broken, 0)).contains(day);
        assertThat(DayEdges.joined(broken, 1)).isEmpty();
        assertThat(DayEdges.broken(DayPlan.of(Period.of(18, 0, 20, 0)))
                        .orElseThrow()
                        .texts())
                .containsExactly("18:00-18:45", "19:15-20:00");
        assertThat(DayEdges.broken(DayPlan.of(Period.of(18, 0, 19, 0)))).isEmpty();
        assertThat(DayEdges.broken(DayPlan.CLOSED)).isEmpty();
        // The second half of this night would begin on the next day.
        assertThat(DayEdges.broken(DayPlan.of(Period.of(22, 0, 4, 0)))).isEmpty();
        assertThat(DayEdges.joined(DayPlan.of(Period.of(6, 0, 12, 0), Period.of(13, 0, 6, 0)), 0))
                .isEmpty();
    }
}
