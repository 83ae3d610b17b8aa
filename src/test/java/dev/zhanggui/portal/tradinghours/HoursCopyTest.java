package dev.zhanggui.portal.tradinghours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.tradinghours.HoursCopy.Mode;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HoursCopyTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-16");
    private static final Weekly NINE_TO_SIX = Weekly.everyDay(DayPlan.of(Period.of(9, 0, 18, 0)));
    private static final Weekly TEN_TO_TEN = Weekly.everyDay(DayPlan.of(Period.of(10, 0, 22, 0)));
    private static final DatedRule LAST_WEEK = closed("2026-03-09", "2026-03-10");
    private static final DatedRule NEXT_WEEK = closed("2026-03-23", "2026-03-24");
    private static final DatedRule MAY = closed("2026-05-01", "2026-05-03");

    /** Says something about every part. */
    private static final HoursDocument RICH = HoursDocument.weekly(SHANGHAI, NINE_TO_SIX)
            .withDayKinds(new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, null))
            .withDates(List.of(LAST_WEEK, MAY))
            .withEvents(List.of(MAY))
            .withSeasons(List.of(new Season(
                    new Season.Span.Yearly(MonthDay.parse("--06-01"), MonthDay.parse("--08-31")), TEN_TO_TEN)))
            .withNight(new NightSafety(Period.of(1, 0, 5, 0), Outside.DENY))
            .withOutside(Outside.DENY);

    @ParameterizedTest
    @EnumSource(CopiedPart.class)
    void onlyTheChosenPartIsTaken(CopiedPart part) {
        var empty = HoursDocument.notSet(SHANGHAI);
        for (var mode : Mode.values()) {
            var after = copy(RICH, mode, part).into(empty, TODAY);
            assertThat(HoursCopy.saidBy(after, TODAY)).as(mode.name()).containsExactly(part);
        }
        assertThat(HoursCopy.saidBy(RICH, TODAY)).isEqualTo(EnumSet.allOf(CopiedPart.class));
    }

    @Test
    void keepFillsOnlyWhatTheOtherSaysNothingAbout() {
        var other = HoursDocument.weekly(SHANGHAI, TEN_TO_TEN).withOff(Set.of(Part.DAY_KINDS));
        var after = copy(RICH, Mode.KEEP, CopiedPart.WEEKLY, CopiedPart.DAY_KINDS, CopiedPart.OUTSIDE)
                .into(other, TODAY);
        assertThat(after).isEqualTo(other.withOutside(Outside.DENY));
    }

    @Test
    void replaceTakesTheSourcesWordAndItsSilenceToo() {
        var other = RICH.withWeekly(TEN_TO_TEN).withOff(Set.of(Part.NIGHT, Part.PACK));
        var source = HoursDocument.weekly(SHANGHAI, NINE_TO_SIX).withOff(Set.of(Part.EVENTS));
        var after = copy(source, Mode.REPLACE, CopiedPart.WEEKLY, CopiedPart.NIGHT, CopiedPart.EVENTS)
                .into(other, TODAY);
        assertThat(after).isEqualTo(RICH.withEvents(List.of()).withNight(null).withOff(Set.of(Part.EVENTS, Part.PACK)));
    }

    @Test
    void pastDatesAreNeitherCopiedNorLost() {
        var own = closed("2026-03-02", "2026-03-02");
        var other = HoursDocument.notSet(SHANGHAI).withDates(List.of(own, NEXT_WEEK));
        assertThat(copy(RICH, Mode.REPLACE, CopiedPart.DATES).into(other, TODAY).dates())
                .containsExactly(own, MAY);
        assertThat(copy(RICH, Mode.KEEP, CopiedPart.DATES).into(other, TODAY)).isEqualTo(other);
        var onlyPast = other.withDates(List.of(own));
        assertThat(copy(RICH, Mode.KEEP, CopiedPart.DATES).into(onlyPast, TODAY).dates())
                .containsExactly(own, MAY);
    }

    @Test
    void aRuleThatHoldsTodayIsCutAtMidnightUnlessTheOtherSaysTheSame() {
        var running = closed("2026-03-14", "2026-03-20");
        var mine = closed("2026-03-01", "2026-03-31");
        var source = HoursDocument.notSet(SHANGHAI).withDates(List.of(running));
        var other = HoursDocument.notSet(SHANGHAI).withDates(List.of(mine));
        var copy = copy(source, Mode.REPLACE, CopiedPart.DATES);
        var after = copy.into(other, TODAY);
        assertThat(after.dates())
                .containsExactly(closed("2026-03-01", "2026-03-15"), closed("2026-03-16", "2026-03-20"));
        assertThat(copy.into(after, TODAY)).isEqualTo(after);
        assertThat(copy.into(after, TODAY.plusDays(2))).isEqualTo(after);
        assertThat(copy.into(source, TODAY)).isEqualTo(source);
    }

    @Test
    void pastSeasonsStayAndComingOnesAreTaken() {
        var own = new Season(
                new Season.Span.Dated(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-12-31")), NINE_TO_SIX);
        var taken = new Season(new Season.Span.Dated(LocalDate.parse("2026-02-01"), TODAY), TEN_TO_TEN);
        var source = HoursDocument.notSet(SHANGHAI).withSeasons(List.of(taken));
        var after = copy(source, Mode.REPLACE, CopiedPart.SEASONS)
                .into(HoursDocument.notSet(SHANGHAI).withSeasons(List.of(own)), TODAY);
        assertThat(after.seasons())
                .containsExactly(
                        new Season(
                                new Season.Span.Dated(LocalDate.parse("2026-01-01"), TODAY.minusDays(1)), NINE_TO_SIX),
                        new Season(new Season.Span.Dated(TODAY, TODAY), TEN_TO_TEN));
    }

    @Test
    void theZoneStaysTheOthers() {
        var urumqi = HoursDocument.notSet(ZoneId.of("Asia/Urumqi"));
        var after = copy(RICH, Mode.REPLACE, CopiedPart.values()).into(urumqi, TODAY);
        assertThat(after.zone()).isEqualTo(ZoneId.of("Asia/Urumqi"));
        assertThat(after).isEqualTo(RICH.withDates(List.of(MAY)).withZone(ZoneId.of("Asia/Urumqi")));
    }

    /** However rules overlap, on each date of the span the same plan holds as before the cut, and none beyond it. */
    @Test
    void cuttingChangesNoDatesWinner() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var rules = new ArrayList<DatedRule>();
            for (int i = random.nextInt(1, 9); i > 0; i--) {
                var from = TODAY.plusDays(random.nextInt(-20, 20));
                rules.add(new DatedRule(
                        from, from.plusDays(random.nextInt(15)), DayPlan.of(Period.of(i, 0, 23, 0)), null));
            }
            var first = TODAY.plusDays(random.nextInt(-10, 5));
            var last = random.nextBoolean() ? LocalDate.MAX : first.plusDays(random.nextInt(20));
            var before = new DatedRules(Level.STORE, rules);
            var after = new DatedRules(Level.STORE, DatedRule.within(rules, first, last));
            for (var date = TODAY.minusDays(30); date.isBefore(TODAY.plusDays(50)); date = date.plusDays(1)) {
                boolean inside = !date.isBefore(first) && !date.isAfter(last);
                assertThat(plan(after, date))
                        .as("seed %s, %s within %s to %s", seed, date, first, last)
                        .isEqualTo(inside ? plan(before, date) : List.of());
            }
        }
    }

    private static List<DayPlan> plan(DatedRules rules, LocalDate date) {
        return rules.on(date).stream().limit(1).map(DatedRule::plan).toList();
    }

    private static HoursCopy copy(HoursDocument source, Mode mode, CopiedPart... parts) {
        return new HoursCopy(source, Set.of(parts), mode);
    }

    private static DatedRule closed(String from, String to) {
        return new DatedRule(LocalDate.parse(from), LocalDate.parse(to), DayPlan.CLOSED, null);
    }
}
