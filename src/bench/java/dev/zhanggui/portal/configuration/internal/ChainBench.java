package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.bridgelink.internal.Wire;
import dev.zhanggui.portal.configuration.WireEncoding;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursDifference;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.RandomHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.Duration;
import java.time.Instant;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** A chain of 500 stores, each with hours of its own over those of the merchant. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ChainBench {

    private static final int STORES = 500;
    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final List<HoursChain> stores = new ArrayList<>();
    private final WireEncoding encoding = Wire.encoding();
    private final SigningKey key = new SigningKey("", true);
    private HoursDocument wish;

    @Setup
    public void open() {
        var random = new Random(500);
        for (int i = 0; i < STORES; i++) {
            stores.add(RandomHours.chain(random, SHANGHAI));
        }
        wish = HoursDocument.weekly(SHANGHAI, Weekly.everyDay(RandomHours.plan(random)));
    }

    /** Every store's hours for the horizon of its terminals, encoded and signed. */
    @Benchmark
    public int compileAndSign() {
        int characters = 0;
        for (int i = 0; i < STORES; i++) {
            var horizon = Horizon.of(new StoreId(i + 1), NOW);
            var evaluator = new HoursEvaluator(stores.get(i), WorkCalendar.china(), List.of(), List.of());
            var document = ModuleContent.hours("01K9ZQ4T8MSTREQ8N6Z0A1B2C3", evaluator, horizon);
            characters += Jws.sign(key, encoding.document(document)).size();
        }
        return characters;
    }

    /** What each store would gain and lose in the next 30 days if the wish were saved for it. */
    @Benchmark
    public long whatIf() {
        long minutes = 0;
        var until = NOW.plus(Duration.ofDays(30));
        for (var chain : stores) {
            var difference = HoursDifference.between(
                    new HoursEvaluator(chain, WorkCalendar.china(), List.of(), List.of()),
                    new HoursEvaluator(chain.with(Level.STORE, wish), WorkCalendar.china(), List.of(), List.of()),
                    NOW,
                    until);
            minutes +=
                    difference.gainedTime().toMinutes() + difference.lostTime().toMinutes();
        }
        return minutes;
    }
}
