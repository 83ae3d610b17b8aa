package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Decisions of a rich schedule, a week with lunch breaks, dated exceptions and the calendar of 2026, at random moments of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionsBench {

    private static final int MOMENTS = 1 << 14;
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Instant FROM = Instant.parse("2025-12-31T16:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-12-31T16:00:00Z");

    @Param({"10", "40", "100", "1000"})
    int exceptions;

    private final long[] moments = new long[MOMENTS];
    private CompiledHours compiled;
    private HoursEvaluator evaluator;
    private int next;

    @Setup
    public void prepare() {
        var random = new Random(2026);
        evaluator = new HoursEvaluator(document(exceptions, random), WorkCalendar.china(), List.of());
        compiled = evaluator.compile(FROM, UNTIL);
        long span = UNTIL.getEpochSecond() - FROM.getEpochSecond();
        for (int i = 0; i < MOMENTS; i++) {
            moments[i] = FROM.getEpochSecond() + random.nextLong(span);
        }
    }

    /** Many exceptions fall on the same days when there are more of them than days: as in a calendar that grew for years. */
    static HoursDocument document(int exceptions, Random random) {
        var working = DayPlan.of(Period.of(9, 0, 12, 0), Period.of(13, 0, 18, 0));
        var weekly = Weekly.everyDay(working)
                .with(DayOfWeek.SATURDAY, DayPlan.of(Period.of(10, 0, 22, 0)))
                .with(DayOfWeek.SUNDAY, DayPlan.CLOSED);
        var dates = new ArrayList<DatedRule>();
        for (int i = 0; i < exceptions; i++) {
            var date = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365));
            dates.add(new DatedRule(
                    date, date, random.nextBoolean() ? DayPlan.CLOSED : DayPlan.of(Period.of(10, 0, 16, 0)), null));
        }
        return HoursDocument.weekly(SHANGHAI, weekly)
                .withDayKinds(
                        new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, new DayRule.Like(DayOfWeek.MONDAY)))
                .withDates(dates);
    }

    @Benchmark
    public Decision compiled() {
        next = next + 1 & MOMENTS - 1;
        return compiled.decisionAt(moments[next]);
    }

    /** With the whole explanation: winning and beaten rules, next change, alternatives. */
    @Benchmark
    public TradingState explained() {
        next = next + 1 & MOMENTS - 1;
        return evaluator.stateAt(Instant.ofEpochSecond(moments[next]));
    }
}
