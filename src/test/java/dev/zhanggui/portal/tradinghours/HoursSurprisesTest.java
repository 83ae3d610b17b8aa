package dev.zhanggui.portal.tradinghours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.workcalendar.DayKind;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HoursSurprisesTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final WorkCalendar CHINA = WorkCalendar.china();
    private static final DayPlan DAY = DayPlan.of(Period.of(9, 0, 21, 0));
    private static final Period LATE = Period.of(18, 0, 2, 0);
    private static final DayPlan NIGHT = DayPlan.of(LATE);

    /** A Wednesday. */
    private static final Instant NOON = at("2026-03-18T12:00");

    private static final LocalDate FRIDAY = LocalDate.parse("2026-03-20");
    private static final HoursDocument EVERY_DAY = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DAY));
    private static final HoursDocument EVERY_NIGHT = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(NIGHT));

    @Test
    void ordinaryHoursSurpriseNobody() {
        assertThat(of(EVERY_DAY)).isEmpty();
        assertThat(of(EVERY_NIGHT)).isEmpty();
        assertThat(of(HoursDocument.notSet(SHANGHAI))).isEmpty();
    }

    @Test
    void aStoreThatNeverOpensWithinThirtyDaysIsNamedEachTime() {
        var never = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.CLOSED));
        assertThat(of(never)).containsExactly(new Surprise.NeverOpen(30));
        assertThat(between(never, never)).containsExactly(new Surprise.NeverOpen(30));
        var opensOnce = never.withDates(List.of(dated("2026-04-15", "2026-04-15", DAY, null)));
        assertThat(of(opensOnce)).isEmpty();
        var opensTooLate = never.withDates(List.of(dated("2026-04-18", "2026-04-18", DAY, null)));
        assertThat(of(opensTooLate)).containsExactly(new Surprise.NeverOpen(30));
    }

    @Test
    void holidayRulesReachingIntoAYearWithoutItsNoticeAreNamed() {
        var kinds = new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, null);
        var closedOnHolidays = EVERY_DAY.withDayKinds(kinds);
        assertThat(of(closedOnHolidays)).isEmpty();
        var year = LocalDate.parse("2026-12-20").atTime(12, 0).atZone(SHANGHAI).toInstant();
        assertThat(HoursSurprises.of(evaluator(closedOnHolidays), CHINA, year))
                .containsExactly(new Surprise.CalendarUnknown(2027, YearState.PROVISIONAL));
        assertThat(HoursSurprises.of(evaluator(EVERY_DAY), CHINA, year)).isEmpty();
    }

    @Test
    void aNightRunsOnIntoTheDateThatIsClosedAndTheNextNightIsGone() {
        var rule = dated("2026-03-20", "2026-03-20", DayPlan.CLOSED, "装修");
        assertThat(of(EVERY_NIGHT.withDates(List.of(rule))))
                .containsExactly(
                        new Surprise.NightLeft(rule, FRIDAY.minusDays(1), LATE),
                        new Surprise.NightCut(rule, FRIDAY, LATE));
        var shorter = dated("2026-03-20", "2026-03-20", DAY, "装修");
        assertThat(of(EVERY_NIGHT.withDates(List.of(shorter))))
                .containsExactly(new Surprise.NightCut(shorter, FRIDAY, LATE));
        var asLate = dated("2026-03-20", "2026-03-20", DayPlan.of(Period.of(20, 0, 2, 0)), "装修");
        assertThat(of(EVERY_NIGHT.withEvents(List.of(asLate)))).isEmpty();
    }

    @Test
    void aDateInThePastIsNamedWhenItIsNew() {
        var past = dated("2026-03-10", "2026-03-17", DayPlan.CLOSED, "装修");
        var withPast = EVERY_DAY.withDates(List.of(past));
        assertThat(between(EVERY_DAY, withPast)).containsExactly(new Surprise.Past(past));
        assertThat(between(withPast, withPast)).isEmpty();
        assertThat(of(EVERY_DAY.withDates(List.of(dated("2026-03-10", "2026-03-18", DayPlan.CLOSED, "装修")))))
                .isEmpty();
    }

    @Test
    void aDateThatChangesNothingIsNamed() {
        var same = dated("2026-03-20", "2026-03-20", DAY, null);
        assertThat(of(EVERY_DAY.withDates(List.of(same)))).containsExactly(new Surprise.NoEffect(same));
        var withReason = dated("2026-03-20", "2026-03-20", DAY, "照常营业");
        assertThat(of(EVERY_DAY.withDates(List.of(withReason)))).isEmpty();
        var wide = dated("2026-03-20", "2026-03-21", DayPlan.CLOSED, "装修");
        var first = dated("2026-03-20", "2026-03-20", DAY, "照常");
        var second = dated("2026-03-21", "2026-03-21", DAY, "照常");
        assertThat(of(EVERY_DAY.withDates(List.of(wide, first, second)))).containsExactly(new Surprise.NoEffect(wide));
        var event = dated("2026-03-20", "2026-03-20", DayPlan.ALL_DAY, "店庆");
        assertThat(of(EVERY_DAY.withDates(List.of(first)).withEvents(List.of(event))))
                .containsExactly(new Surprise.NoEffect(event));
    }

    @Test
    void beingClosedOnMakeUpWorkdaysIsNamedUnlessTheDateWasMeant() {
        var week = Weekly.everyDay(DAY).with(EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), DayPlan.CLOSED);
        var office = HoursDocument.weekly(SHANGHAI, week);
        var first = firstMakeUpDay();
        assertThat(of(office)).singleElement().isInstanceOfSatisfying(Surprise.MakeUpClosed.class, it -> {
            assertThat(it.first()).isEqualTo(first);
            assertThat(it.days()).isEqualTo((int) makeUpDays());
        });
        var likeMonday = new DayKindRules(null, null, new DayRule.Like(DayOfWeek.MONDAY));
        assertThat(of(office.withDayKinds(likeMonday))).isEmpty();
        var meant = office.withDates(List.of(new DatedRule(first, first, DayPlan.CLOSED, "盘点")));
        assertThat(of(meant))
                .singleElement()
                .isInstanceOfSatisfying(
                        Surprise.MakeUpClosed.class,
                        it -> assertThat(it.first()).isNotEqualTo(first));
        var market = HoursDocument.weekly(
                SHANGHAI,
                Weekly.everyDay(DayPlan.CLOSED)
                        .with(DayOfWeek.SUNDAY, DayPlan.CLOSED)
                        .with(DayOfWeek.SATURDAY, DAY));
        assertThat(of(market)).isEmpty();
    }

    @Test
    void closingEarlierThanPeopleWereToldIsNamedWhileOpen() {
        var until18 = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.of(Period.of(9, 0, 18, 0))));
        var fromEvening = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.of(Period.of(18, 0, 21, 0))));
        assertThat(between(EVERY_DAY, until18))
                .containsExactly(new Surprise.ClosesEarlier(at("2026-03-18T18:00"), at("2026-03-18T21:00")));
        assertThat(between(EVERY_DAY, fromEvening)).containsExactly(new Surprise.ClosesAtOnce());
        assertThat(between(until18, EVERY_DAY)).isEmpty();
        assertThat(between(fromEvening, until18)).isEmpty();
        assertThat(between(EVERY_DAY, HoursDocument.notSet(SHANGHAI))).isEmpty();
    }

    private static LocalDate firstMakeUpDay() {
        return CHINA.specialDays(LocalDate.parse("2026-03-18"), LocalDate.parse("2027-01-01"))
                .filter(day -> day.kind() == DayKind.MAKE_UP_WORKDAY)
                .findFirst()
                .orElseThrow()
                .date();
    }

    private static long makeUpDays() {
        return CHINA.specialDays(LocalDate.parse("2026-03-18"), LocalDate.parse("2027-01-01"))
                .filter(day -> day.kind() == DayKind.MAKE_UP_WORKDAY)
                .count();
    }

    private static List<Surprise> of(HoursDocument document) {
        return HoursSurprises.of(evaluator(document), CHINA, NOON);
    }

    private static List<Surprise> between(HoursDocument saved, HoursDocument draft) {
        return HoursSurprises.between(evaluator(saved), evaluator(draft), CHINA, NOON);
    }

    private static HoursEvaluator evaluator(HoursDocument document) {
        return new HoursEvaluator(document, CHINA, List.of());
    }

    private static DatedRule dated(String from, String to, DayPlan plan, @Nullable String reason) {
        return new DatedRule(LocalDate.parse(from), LocalDate.parse(to), plan, reason);
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}
