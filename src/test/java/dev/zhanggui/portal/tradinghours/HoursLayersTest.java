package dev.zhanggui.portal.tradinghours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which rule beats which, and what a level takes from the one above. */
class HoursLayersTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final DayPlan NINE_TO_SIX = DayPlan.of(Period.of(9, 0, 18, 0));
    private static final DayPlan TEN_TO_TEN = DayPlan.of(Period.of(10, 0, 22, 0));
    private static final HoursDocument NOTHING = HoursDocument.notSet(SHANGHAI);
    /** National Day of 2026, a Thursday, at eleven. */
    private static final Instant HOLIDAY = at("2026-10-01T11:00");

    @Test
    void everyLayerBeatsAllBelowIt() {
        var day = LocalDate.parse("2026-10-01");
        var document = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(NINE_TO_SIX))
                .withSeasons(List.of(new Season(new Season.Span.Dated(day, day), Weekly.everyDay(TEN_TO_TEN))))
                .withDayKinds(new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, null))
                .withEvents(List.of(new DatedRule(day, day, TEN_TO_TEN, "灯会")))
                .withDates(List.of(new DatedRule(day, day, DayPlan.CLOSED, "盘点")))
                .withNight(new NightSafety(Period.of(10, 0, 12, 0), Outside.DENY));
        var chain = HoursChain.of(document).withPack(bank());
        var closures = List.of(
                new Closure(Closure.Kind.OPEN_NOW, HOLIDAY, null, null),
                new Closure(Closure.Kind.EMERGENCY_STOP, HOLIDAY, null, null));
        var restrictions = List.of(
                restriction(Restriction.Kind.MAINTENANCE),
                restriction(Restriction.Kind.FAULT),
                restriction(Restriction.Kind.ACQUIRER_LOCK),
                restriction(Restriction.Kind.LEGAL_LOCK));
        var state = new HoursEvaluator(chain, WorkCalendar.china(), closures, restrictions).stateAt(HOLIDAY);
        var layers = new ArrayList<Layer>();
        layers.add(state.winning().layer());
        state.beaten().forEach(rule -> layers.add(rule.layer()));
        assertThat(layers)
                .containsExactly(
                        Layer.CLOSURE,
                        Layer.LOCK,
                        Layer.LOCK,
                        Layer.MAINTENANCE,
                        Layer.MAINTENANCE,
                        Layer.NIGHT_SAFETY,
                        Layer.OVERRIDE,
                        Layer.DATED,
                        Layer.EVENT,
                        Layer.DAY_KIND,
                        Layer.SEASON,
                        Layer.WEEKLY,
                        Layer.PACK);
        assertThat(state.reason()).isEqualTo(ReasonCode.EMERGENCY_STOP);
    }

    @Test
    void whatClosesForThePlatformLetsNothingThroughWhileARefundStillPasses() {
        var open = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.ALL_DAY));
        for (var kind : Restriction.Kind.values()) {
            var state = state(HoursChain.of(open), HOLIDAY, restriction(kind));
            assertThat(state.reason().name()).isEqualTo(kind.name());
            assertThat(state.decision())
                    .as(kind.name())
                    .isEqualTo(kind == Restriction.Kind.NETWORK_TROUBLE ? Decision.CONFIRM : Decision.DENY);
            assertThat(state.phase()).isEqualTo(kind == Restriction.Kind.NETWORK_TROUBLE ? Phase.OPEN : Phase.CLOSED);
            assertThat(state.decisionFor(TradingState.Operation.REFUND)).isEqualTo(Decision.ALLOW);
            assertThat(state.alternatives()).contains(Alternative.CASH);
        }
    }

    @Test
    void troubleWithTheNetworkSaysNothingWhileTheStoreIsClosed() {
        var state = state(
                HoursChain.of(HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.CLOSED))),
                HOLIDAY,
                restriction(Restriction.Kind.NETWORK_TROUBLE));
        assertThat(state.reason()).isEqualTo(ReasonCode.CLOSED_BY_WEEK);
        assertThat(state.decision()).isEqualTo(Decision.ALLOW_CAPPED);
    }

    @Test
    void theNightClosureHoldsOnBothSidesOfMidnightAndYieldsToNoOpening() {
        var bar = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.ALL_DAY))
                .withNight(new NightSafety(Period.of(23, 0, 5, 0), Outside.capped(50_00)));
        var opened = new Closure(Closure.Kind.OPEN_NOW, at("2026-11-23T00:00"), null, null);
        var evaluator = new HoursEvaluator(bar, WorkCalendar.china(), List.of(opened));
        for (var minute : List.of("2026-11-23T23:00", "2026-11-24T00:00", "2026-11-24T04:59")) {
            var state = evaluator.stateAt(at(minute));
            assertThat(state.reason()).as(minute).isEqualTo(ReasonCode.NIGHT_SAFETY);
            assertThat(state.capFen()).isEqualTo(50_00);
        }
        assertThat(evaluator.stateAt(at("2026-11-24T05:00")).reason()).isEqualTo(ReasonCode.OPENED_NOW);
        assertThat(evaluator.stateAt(at("2026-11-24T04:59")).next())
                .isEqualTo(new TradingState.NextChange(at("2026-11-24T05:00"), Phase.OPEN));
    }

    @Test
    void inheritSetAndOffAreThreeDifferentThings() {
        var merchant = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(TEN_TO_TEN));
        var inherits = chain(NOTHING, merchant);
        var sets = chain(HoursDocument.weekly(SHANGHAI, Weekly.everyDay(NINE_TO_SIX)), merchant);
        var off = chain(NOTHING.withOff(Set.of(Part.WEEKLY)), merchant);

        var evening = at("2026-11-23T20:00");
        assertThat(state(inherits, evening).winning())
                .isEqualTo(new Rule.ByWeek(LocalDate.parse("2026-11-23"), TEN_TO_TEN, Level.MERCHANT));
        var own = state(sets, evening);
        assertThat(own.phase()).isEqualTo(Phase.CLOSED);
        assertThat(own.winning().level()).isEqualTo(Level.STORE);
        assertThat(own.beaten()).extracting(Rule::level).containsExactly(Level.MERCHANT);
        assertThat(state(off, evening).phase()).isEqualTo(Phase.NOT_SET);
        assertThat(state(off, evening).beaten()).isEmpty();
    }

    @Test
    void aStoreMaySetOneDayAndInheritTheOthers() {
        var merchant = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(TEN_TO_TEN));
        var chain =
                chain(HoursDocument.weekly(SHANGHAI, Weekly.NOT_SET.with(DayOfWeek.MONDAY, DayPlan.CLOSED)), merchant);
        assertThat(state(chain, at("2026-11-23T11:00")).phase()).isEqualTo(Phase.CLOSED);
        assertThat(state(chain, at("2026-11-24T11:00")).winning().level()).isEqualTo(Level.MERCHANT);
    }

    @Test
    void theMerchantsHolidayRuleBeatsTheStoresWeekUnlessTheStoreSwitchesItOff() {
        var merchant = NOTHING.withDayKinds(new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, null));
        var store = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(TEN_TO_TEN));
        assertThat(state(chain(store, merchant), HOLIDAY).reason()).isEqualTo(ReasonCode.CLOSED_ON_HOLIDAY);
        assertThat(state(chain(store.withOff(Set.of(Part.DAY_KINDS)), merchant), HOLIDAY)
                        .reason())
                .isEqualTo(ReasonCode.OPEN_BY_WEEK);
    }

    @Test
    void aNearerExceptionWinsOverANarrowerOneFromAbove() {
        var day = LocalDate.parse("2026-10-01");
        var store = NOTHING.withDates(List.of(new DatedRule(day, day.plusDays(6), DayPlan.CLOSED, "出门")));
        var merchant = NOTHING.withDates(List.of(new DatedRule(day, day, TEN_TO_TEN, "促销")));
        assertThat(state(chain(store, merchant), HOLIDAY).winning().note()).isEqualTo("出门");
    }

    @Test
    void theTerminalIsNearestAndTheTermsOutsideHoursAreTheNearestThatAreGiven() {
        var kiosk = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.ALL_DAY));
        var store =
                HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.CLOSED)).withOutside(Outside.DENY);
        var chain = chain(store, NOTHING.withOutside(Outside.capped(1_00)));
        assertThat(chain.outside()).isEqualTo(Outside.DENY);
        assertThat(state(chain, HOLIDAY).decision()).isEqualTo(Decision.DENY);
        assertThat(state(chain.with(Level.TERMINAL, kiosk), HOLIDAY).winning().level())
                .isEqualTo(Level.TERMINAL);
        assertThat(chain(NOTHING, NOTHING).outside()).isEqualTo(Outside.USUAL);
    }

    @Test
    void aPackSpeaksOnlyWhereNobodyElseDoesAndItsHolidaysBeatOnlyItsOwnWeek() {
        var chain = HoursChain.of(NOTHING).withPack(bank());
        var closed = state(chain, HOLIDAY);
        assertThat(closed.reason()).isEqualTo(ReasonCode.CLOSED_BY_INDUSTRY);
        assertThat(closed.decision()).isEqualTo(Decision.DENY);
        assertThat(state(chain, at("2026-11-23T11:00")).reason()).isEqualTo(ReasonCode.OPEN_BY_INDUSTRY);

        var weekly = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(TEN_TO_TEN));
        assertThat(state(HoursChain.of(weekly).withPack(bank()), HOLIDAY).reason())
                .isEqualTo(ReasonCode.OPEN_BY_WEEK);
        assertThat(state(HoursChain.of(NOTHING.withOff(EnumSet.of(Part.PACK))).withPack(bank()), HOLIDAY)
                        .reason())
                .isEqualTo(ReasonCode.NOT_SET);
    }

    @Test
    void compiledHoursAnswerOnlyForTheirSpan() {
        var evaluator = new HoursEvaluator(
                HoursDocument.weekly(SHANGHAI, Weekly.everyDay(NINE_TO_SIX)), WorkCalendar.china(), List.of());
        var compiled = evaluator.compile(at("2026-11-23T00:00"), at("2026-11-24T00:00"));
        long nine = at("2026-11-23T09:00").getEpochSecond();
        assertThat(compiled.decisionAt(nine - 1)).isEqualTo(Decision.ALLOW_CAPPED);
        assertThat(compiled.decisionAt(nine)).isEqualTo(Decision.ALLOW);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> compiled.at(at("2026-11-24T00:00").getEpochSecond()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static IndustryPack bank() {
        var rules = HoursDocument.weekly(
                        SHANGHAI, Weekly.NOT_SET.with(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), NINE_TO_SIX))
                .withDayKinds(
                        new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, new DayRule.Like(DayOfWeek.MONDAY)))
                .withOutside(Outside.DENY);
        return new IndustryPack(
                "bank",
                1,
                Map.of("zh", "银行", "en", "Bank"),
                rules,
                null,
                new Said("测试", null),
                new Said("样例", null),
                LocalDate.of(2027, 6, 30));
    }

    private static Restriction restriction(Restriction.Kind kind) {
        return new Restriction(kind, HOLIDAY, null, null);
    }

    private static HoursChain chain(HoursDocument store, HoursDocument merchant) {
        return HoursChain.of(store).with(Level.MERCHANT, merchant);
    }

    private static TradingState state(HoursChain chain, Instant at) {
        return state(chain, at, null);
    }

    private static TradingState state(HoursChain chain, Instant at, @Nullable Restriction restriction) {
        return new HoursEvaluator(
                        chain, WorkCalendar.china(), List.of(), restriction == null ? List.of() : List.of(restriction))
                .stateAt(at);
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}
