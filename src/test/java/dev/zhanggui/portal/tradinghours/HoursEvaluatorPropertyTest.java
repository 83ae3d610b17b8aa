package dev.zhanggui.portal.tradinghours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.workcalendar.DayKind;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The evaluator against a slow and obvious one, at every minute of random documents. */
class HoursEvaluatorPropertyTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final WorkCalendar china = WorkCalendar.china();

    @ParameterizedTest(name = "{0} around {1}")
    @CsvSource({
        "Asia/Shanghai,       2026-02-12T00:00:00Z",
        "Asia/Shanghai,       2026-12-30T00:00:00Z",
        "Asia/Urumqi,         2026-09-19T00:00:00Z",
        "Asia/Kathmandu,      2024-02-27T00:00:00Z",
        "America/New_York,    2026-03-06T00:00:00Z",
        "America/New_York,    2026-10-30T00:00:00Z",
        "Australia/Lord_Howe, 2026-04-03T00:00:00Z",
        "America/St_Johns,    2010-11-05T00:00:00Z",
        "America/Sao_Paulo,   2018-02-16T00:00:00Z",
        "America/Sao_Paulo,   2018-11-02T00:00:00Z",
        "Pacific/Apia,        2011-12-28T00:00:00Z",
        "Asia/Shanghai,       1988-04-15T00:00:00Z",
    })
    void answersAndTransitionsAgreeWithTheReferenceAtEveryMinute(String zone, Instant from) {
        var random = new Random(zone.hashCode() * 31L + from.getEpochSecond());
        var until = from.plus(Duration.ofDays(5));
        for (int round = 0; round < 25; round++) {
            var chain = RandomHours.chain(random, ZoneId.of(zone));
            var closures = RandomHours.closures(random, from);
            var restrictions = RandomHours.restrictions(random, from);
            var evaluator = new HoursEvaluator(chain, china, closures, restrictions);
            var compiled = evaluator.compile(from, until);
            var transitions = evaluator.transitions(from, until);
            var intervals = evaluator.openIntervals(from, until);
            assertThat(transitions.getFirst().at()).isEqualTo(from);
            int current = 0;
            int interval = 0;
            for (var at = from; at.isBefore(until); at = at.plus(MINUTE)) {
                while (current + 1 < transitions.size()
                        && !transitions.get(current + 1).at().isAfter(at)) {
                    current++;
                }
                while (interval < intervals.size()
                        && !intervals.get(interval).end().isAfter(at)) {
                    interval++;
                }
                var expected = reference(chain, closures, restrictions, at);
                var transition = transitions.get(current);
                var actual = new Expected(transition.phase(), terms(transition));
                if (!actual.equals(expected)) {
                    assertThat(actual).as("%s at %s", chain, at).isEqualTo(expected);
                }
                assertThat(compiled.at(at.getEpochSecond()))
                        .isSameAs(compiled.transitions().get(current));
                boolean inInterval = interval < intervals.size()
                        && !at.isBefore(intervals.get(interval).start());
                if (inInterval != (expected.phase == Phase.OPEN)) {
                    assertThat(inInterval).as("interval, %s at %s", chain, at).isEqualTo(expected.phase == Phase.OPEN);
                }
                if (random.nextInt(200) == 0) {
                    agrees(evaluator.stateAt(at), transition, expected.phase);
                }
            }
        }
    }

    private static Outside terms(Transition transition) {
        return transition.decision() == Decision.ALLOW_CAPPED
                ? Outside.capped(transition.capFen())
                : Outside.of(transition.decision());
    }

    private static void agrees(TradingState state, Transition transition, Phase expected) {
        assertThat(state.phase()).isEqualTo(expected);
        assertThat(state.reason()).isEqualTo(transition.reason());
        assertThat(state.winning().note()).isEqualTo(transition.note());
        assertThat(state.decision()).isEqualTo(transition.decision());
        assertThat(state.capFen()).isEqualTo(transition.capFen());
        assertThat(state.next() == null ? null : state.next().at()).isEqualTo(transition.nextChange());
        assertThat(state.alternatives()).contains(Alternative.CASH);
    }

    @Test
    void theDifferenceOfTwoSchedulesIsWhatAMinuteByMinuteComparisonFinds() {
        var random = new Random(7);
        var from = Instant.parse("2026-09-18T16:00:00Z");
        var until = from.plus(Duration.ofDays(3));
        for (int round = 0; round < 40; round++) {
            var zone = ZoneId.of("Asia/Shanghai");
            var before = RandomHours.chain(random, zone);
            var after = random.nextInt(4) == 0 ? before : before.with(Level.STORE, RandomHours.document(random, zone));
            var difference = HoursDifference.between(
                    new HoursEvaluator(before, china, List.of(), List.of()),
                    new HoursEvaluator(after, china, List.of(), List.of()),
                    from,
                    until);
            long gained = 0;
            long lost = 0;
            boolean same = true;
            for (var at = from; at.isBefore(until); at = at.plus(MINUTE)) {
                var old = reference(before, List.of(), List.of(), at);
                var now = reference(after, List.of(), List.of(), at);
                gained += old.phase != Phase.OPEN && now.phase == Phase.OPEN ? 1 : 0;
                lost += old.phase == Phase.OPEN && now.phase != Phase.OPEN ? 1 : 0;
                same &= (old.phase == Phase.OPEN) == (now.phase == Phase.OPEN) && old.terms.equals(now.terms);
            }
            assertThat(difference.gainedTime().toMinutes()).isEqualTo(gained);
            assertThat(difference.lostTime().toMinutes()).isEqualTo(lost);
            assertThat(difference.none()).isEqualTo(same);
        }
    }

    @Test
    void theNextChangeIsTheFirstMinuteAtWhichTheSignDiffers() {
        var random = new Random(42);
        for (int round = 0; round < 60; round++) {
            var chain = RandomHours.chain(random, ZoneId.of("Asia/Shanghai"));
            var at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * random.nextInt(365 * 1440));
            var closures = RandomHours.closures(random, at.minus(Duration.ofDays(1)));
            var restrictions = RandomHours.restrictions(random, at.minus(Duration.ofDays(1)));
            var state = new HoursEvaluator(chain, china, closures, restrictions).stateAt(at);
            var limit = at.plus(Duration.ofDays(12));
            var change = at;
            while (change.isBefore(limit) && reference(chain, closures, restrictions, change).phase == state.phase()) {
                change = change.plus(MINUTE);
            }
            var next = state.next();
            if (change.isBefore(limit)) {
                assertThat(next)
                        .as("%s from %s", chain, at)
                        .isEqualTo(new TradingState.NextChange(
                                change, reference(chain, closures, restrictions, change).phase));
            } else if (next != null) {
                assertThat(next.at()).isAfterOrEqualTo(limit);
            }
        }
    }

    /** What holds at a minute, found the slow way. */
    private record Expected(Phase phase, Outside terms) {}

    /** Straight from the words of the rules: no caching, no ranges, no cleverness. */
    private Expected reference(HoursChain chain, List<Closure> closures, List<Restriction> restrictions, Instant at) {
        var below = withoutWarnings(chain, closures, restrictions, at);
        boolean trouble = restrictions.stream()
                .anyMatch(it -> it.kind() == Restriction.Kind.NETWORK_TROUBLE && active(it.from(), it.until(), at));
        return trouble && below.phase != Phase.CLOSED ? new Expected(below.phase, Outside.of(Decision.CONFIRM)) : below;
    }

    private Expected withoutWarnings(
            HoursChain chain, List<Closure> closures, List<Restriction> restrictions, Instant at) {
        var outside = outside(chain);
        if (holds(closures, Closure.Kind.EMERGENCY_STOP, at)) {
            return new Expected(Phase.CLOSED, Outside.DENY);
        }
        if (holds(closures, Closure.Kind.CLOSE_NOW, at)) {
            return new Expected(Phase.CLOSED, outside);
        }
        for (var restriction : restrictions) {
            if (restriction.kind() != Restriction.Kind.NETWORK_TROUBLE
                    && active(restriction.from(), restriction.until(), at)) {
                return new Expected(Phase.CLOSED, Outside.DENY);
            }
        }
        var local = at.atZone(chain.zone()).toLocalDateTime();
        int minute = local.getHour() * 60 + local.getMinute();
        var night = night(chain);
        if (night != null && (within(night.hours(), minute) || within(night.hours(), minute + 1440))) {
            return new Expected(Phase.CLOSED, night.terms());
        }
        if (holds(closures, Closure.Kind.OPEN_NOW, at)) {
            return new Expected(Phase.OPEN, Outside.ALLOW);
        }
        var today = plan(chain, local.toLocalDate());
        var yesterday = plan(chain, local.toLocalDate().minusDays(1));
        if (today != null && open(today, minute) || yesterday != null && open(yesterday, minute + 1440)) {
            return new Expected(Phase.OPEN, Outside.ALLOW);
        }
        return today == null ? new Expected(Phase.NOT_SET, Outside.ALLOW) : new Expected(Phase.CLOSED, outside);
    }

    private static boolean holds(List<Closure> closures, Closure.Kind kind, Instant at) {
        return closures.stream().anyMatch(it -> it.kind() == kind && active(it.from(), it.until(), at));
    }

    private static boolean active(Instant from, @Nullable Instant until, Instant at) {
        return !from.isAfter(at) && (until == null || until.isAfter(at));
    }

    private static boolean within(Period period, int minute) {
        return period.start() <= minute && minute < period.end();
    }

    private static Outside outside(HoursChain chain) {
        for (var link : chain.links()) {
            if (link.document().outside() != null) {
                return link.document().outside();
            }
        }
        var pack = packOf(chain);
        return pack != null && pack.rules().outside() != null ? pack.rules().outside() : Outside.USUAL;
    }

    private static @Nullable IndustryPack packOf(HoursChain chain) {
        for (var link : chain.links()) {
            if (link.document().off().contains(Part.PACK)) {
                return null;
            }
        }
        return chain.pack();
    }

    private static @Nullable NightSafety night(HoursChain chain) {
        for (var link : chain.links()) {
            if (link.document().night() != null) {
                return link.document().night();
            }
            if (link.document().off().contains(Part.NIGHT)) {
                return null;
            }
        }
        return null;
    }

    private static boolean open(DayPlan plan, int minute) {
        return plan.periods().stream().anyMatch(period -> within(period, minute));
    }

    private @Nullable DayPlan plan(HoursChain chain, LocalDate date) {
        for (var link : chain.links()) {
            var narrowest = narrowest(link.document().dates(), date);
            if (narrowest != null) {
                return narrowest.plan();
            }
            if (link.document().off().contains(Part.DATES)) {
                break;
            }
        }
        for (var link : chain.links()) {
            var narrowest = narrowest(link.document().events(), date);
            if (narrowest != null) {
                return narrowest.plan();
            }
            if (link.document().off().contains(Part.EVENTS)) {
                break;
            }
        }
        for (var link : chain.links()) {
            var rule = ruleOfDay(link.document(), date);
            if (rule instanceof DayRule.Own own) {
                return own.plan();
            }
            if (rule instanceof DayRule.Like like) {
                var plan = ordinary(chain, date, like.day());
                var pack = packOf(chain);
                if (plan == null && pack != null) {
                    plan = pack.rules().weekly().on(like.day());
                }
                if (plan != null) {
                    return plan;
                }
            }
            if (link.document().off().contains(Part.DAY_KINDS)) {
                break;
            }
        }
        var ordinary = ordinary(chain, date, date.getDayOfWeek());
        var pack = packOf(chain);
        if (ordinary != null || pack == null) {
            return ordinary;
        }
        var usual = pack.rules();
        var plan = usual.weekly().on(date.getDayOfWeek());
        var rule = ruleOfDay(usual, date);
        if (plan == null || rule == null) {
            return plan;
        }
        return switch (rule) {
            case DayRule.Own own -> own.plan();
            case DayRule.Like like ->
                usual.weekly().on(like.day()) == null ? plan : usual.weekly().on(like.day());
        };
    }

    private static @Nullable DatedRule narrowest(List<DatedRule> rules, LocalDate date) {
        DatedRule narrowest = null;
        for (var rule : rules) {
            boolean inside = !date.isBefore(rule.from()) && !date.isAfter(rule.to());
            if (inside && (narrowest == null || rule.days() <= narrowest.days())) {
                narrowest = rule;
            }
        }
        return narrowest;
    }

    private @Nullable DayRule ruleOfDay(HoursDocument document, LocalDate date) {
        var day = china.day(date);
        var kinds = document.dayKinds();
        if (day.kind() == DayKind.MAKE_UP_WORKDAY) {
            return kinds.makeUpWorkday();
        }
        if (!day.holiday()) {
            return null;
        }
        return day.kind() == DayKind.TRANSFERRED_REST && kinds.transferredRest() != null
                ? kinds.transferredRest()
                : kinds.holiday();
    }

    private static @Nullable DayPlan ordinary(HoursChain chain, LocalDate date, DayOfWeek day) {
        for (var link : chain.links()) {
            DayPlan plan = null;
            for (var season : link.document().seasons()) {
                if (season.span().covers(date) && season.weekly().days().containsKey(day)) {
                    plan = season.weekly().days().get(day);
                }
            }
            if (plan != null) {
                return plan;
            }
            if (link.document().off().contains(Part.SEASONS)) {
                break;
            }
        }
        for (var link : chain.links()) {
            var plan = link.document().weekly().days().get(day);
            if (plan != null) {
                return plan;
            }
            if (link.document().off().contains(Part.WEEKLY)) {
                break;
            }
        }
        return null;
    }
}
