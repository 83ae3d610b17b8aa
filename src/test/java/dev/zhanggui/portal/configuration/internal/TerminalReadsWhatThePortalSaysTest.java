package dev.zhanggui.portal.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhanggui.portal.configuration.WireEncoding;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.RandomHours;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.terminal.reading.HoursReading;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.Outside;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** The portal's evaluator against the terminal's own reader, through the bytes of the wire, minute by minute. */
class TerminalReadsWhatThePortalSaysTest extends DatabaseTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    @Autowired
    WireEncoding encoding;

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        "Asia/Shanghai,       2026-02-10T03:04:05Z",
        "Asia/Shanghai,       2026-12-29T20:00:00Z",
        "Asia/Urumqi,         2026-09-19T00:00:00Z",
        "Asia/Kathmandu,      2028-02-27T11:15:00Z",
        "America/New_York,    2026-03-05T00:00:00Z",
        "America/New_York,    2026-10-29T23:59:00Z",
        "Australia/Lord_Howe, 2026-04-02T00:00:00Z",
        "Asia/Shanghai,       1988-04-14T00:00:00Z",
    })
    void the_terminal_gives_the_same_answer_at_every_minute(String zone, Instant now) {
        var random = new Random(zone.hashCode() + now.getEpochSecond());
        for (int round = 0; round < 12; round++) {
            var evaluator = new HoursEvaluator(
                    RandomHours.chain(random, ZoneId.of(zone)),
                    WorkCalendar.china(),
                    RandomHours.closures(random, now),
                    RandomHours.restrictions(random, now));
            var horizon = Horizon.of(new StoreId(random.nextLong(1, Long.MAX_VALUE)), now);
            assertThat(Duration.between(now, horizon.until())).isGreaterThanOrEqualTo(Duration.ofDays(60));
            var read = read(encoding.document(ModuleContent.hours("01K9ZQ4T8MSTREQ8N6Z0A1B2C3", evaluator, horizon)));
            var compiled = evaluator.compile(horizon.from(), horizon.until());
            long first = horizon.from().getEpochSecond() / 60 * 60 + 60;
            // Every minute of the first days, and a minute here and there up to the end.
            for (long second = first;
                    second < horizon.until().getEpochSecond();
                    second += second < first + 4 * 86_400 ? 60 : 60 * (1 + random.nextInt(300))) {
                var says = compiled.at(second);
                var reading = HoursReading.at(read, Instant.ofEpochSecond(second));
                boolean same = reading.open() == says.open()
                        && reading.reasonCode().equals(says.reason().name())
                        && terms(read, reading).policy().equals(says.decision().name())
                        && cap(terms(read, reading)) == says.capFen()
                        && !reading.beyond();
                if (!same) {
                    assertThat(reading)
                            .as("%s at %s: the portal says %s", evaluator.chain(), Instant.ofEpochSecond(second), says)
                            .isNull();
                }
            }
            for (int sample = 0; sample < 20; sample++) {
                var at = horizon.from().plusSeconds(60L * random.nextInt(60 * 1440) + 60);
                var reading = HoursReading.at(read, at);
                var state = evaluator.stateAt(at);
                assertThat(reading.open()).isEqualTo(state.open());
                assertThat(reading.offset())
                        .isEqualTo(evaluator.zone().getRules().getOffset(at));
                if (state.next() != null && state.next().at().isBefore(horizon.until())) {
                    assertThat(reading.nextChange()).isEqualTo(state.next().at());
                }
            }
        }
    }

    private static HoursDocument read(WireEncoding.Payload payload) {
        return JSON.readValue(payload.bytes(), HoursDocument.class);
    }

    private static Outside terms(HoursDocument hours, HoursReading reading) {
        var own = reading.terms();
        return own != null ? own : reading.open() ? new Outside(Outside.ALLOW, null) : hours.outside();
    }

    private static long cap(Outside outside) {
        @Nullable Long cap = outside.capFen();
        return cap == null ? 0 : cap;
    }
}
