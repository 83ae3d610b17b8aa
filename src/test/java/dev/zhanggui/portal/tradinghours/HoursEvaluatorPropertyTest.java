package dev.zhanggui.portal.tradinghours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.workcalendar.DayKind;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
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
            var document = RandomHours.document(random, ZoneId.of(zone));
            var closures = RandomHours.closures(random, from);
            var evaluator = new HoursEvaluator(document, china, closures);
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
                var expected = reference(document, closures, at);
                var transition = transitions.get(current);
                if (transition.phase() != expected) {
                    assertThat(transition.phase())
                            .as("%s at %s", document.json(), at)
                            .isEqualTo(expected);
                }
                boolean inInterval = interval < intervals.size()
                        && !at.isBefore(intervals.get(interval).start());
                if (inInterval != (expected == Phase.OPEN)) {
                    assertThat(inInterval)
                            .as("interval, %s at %s", document.json(), at)
                            .isEqualTo(expected == Phase.OPEN);
                }
                if (random.nextInt(200) == 0) {
                    agrees(evaluator.stateAt(at), transition, expected);
                }
            }
        }
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
    void theNextChangeIsTheFirstMinuteAtWhichTheSignDiffers() {
        var random = new Random(42);
        for (int round = 0; round < 60; round++) {
            var document = RandomHours.document(random, ZoneId.of("Asia/Shanghai"));
            var at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * random.nextInt(365 * 1440));
            var closures = RandomHours.closures(random, at.minus(Duration.ofDays(1)));
            var state = new HoursEvaluator(document, china, closures).stateAt(at);
            var limit = at.plus(Duration.ofDays(12));
            var change = at;
            while (change.isBefore(limit) && reference(document, closures, change) == state.phase()) {
                change = change.plus(MINUTE);
            }
            var next = state.next();
            if (change.isBefore(limit)) {
                assertThat(next)
                        .as("%s from %s", document.json(), at)
                        .isEqualTo(new TradingState.NextChange(change, reference(document, closures, change)));
            } else if (next != null) {
                assertThat(next.at()).isAfterOrEqualTo(limit);
            }
        }
    }

    /** Straight from the words of the rules: no caching, no ranges, no cleverness. */
    private Phase reference(HoursDocument document, List<Closure> closures, Instant at) {
        Closure latest = null;
        for (var closure : closures) {
            boolean active = !closure.from().isAfter(at)
                    && (closure.until() == null || closure.until().isAfter(at));
            if (active && (latest == null || closure.from().isAfter(latest.from()))) {
                latest = closure;
            }
        }
        if (latest != null) {
            return latest.kind() == Closure.Kind.OPEN_NOW ? Phase.OPEN : Phase.CLOSED;
        }
        var local = at.atZone(document.zone()).toLocalDateTime();
        int minute = local.getHour() * 60 + local.getMinute();
        var today = plan(document, local.toLocalDate());
        var yesterday = plan(document, local.toLocalDate().minusDays(1));
        if (today != null && open(today, minute) || yesterday != null && open(yesterday, minute + 1440)) {
            return Phase.OPEN;
        }
        return today == null ? Phase.NOT_SET : Phase.CLOSED;
    }

    private static boolean open(DayPlan plan, int minute) {
        return plan.periods().stream().anyMatch(period -> period.start() <= minute && minute < period.end());
    }

    private @Nullable DayPlan plan(HoursDocument document, LocalDate date) {
        DatedRule narrowest = null;
        for (var rule : document.dates()) {
            boolean inside = !date.isBefore(rule.from()) && !date.isAfter(rule.to());
            if (inside && (narrowest == null || rule.days() <= narrowest.days())) {
                narrowest = rule;
            }
        }
        if (narrowest != null) {
            return narrowest.plan();
        }
        var day = china.day(date);
        var kinds = document.dayKinds();
        DayRule rule = null;
        if (day.kind() == DayKind.MAKE_UP_WORKDAY) {
            rule = kinds.makeUpWorkday();
        } else if (day.holiday()) {
            rule = day.kind() == DayKind.TRANSFERRED_REST && kinds.transferredRest() != null
                    ? kinds.transferredRest()
                    : kinds.holiday();
        }
        if (rule instanceof DayRule.Own own) {
            return own.plan();
        }
        if (rule instanceof DayRule.Like like) {
            var plan = ordinary(document, date, like.day());
            if (plan != null) {
                return plan;
            }
        }
        return ordinary(document, date, date.getDayOfWeek());
    }

    private static @Nullable DayPlan ordinary(HoursDocument document, LocalDate date, java.time.DayOfWeek day) {
        DayPlan plan = document.weekly().days().get(day);
        for (var season : document.seasons()) {
            if (season.span().covers(date) && season.weekly().days().containsKey(day)) {
                plan = season.weekly().days().get(day);
            }
        }
        return plan;
    }
}
