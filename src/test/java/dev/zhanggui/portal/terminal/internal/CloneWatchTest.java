package dev.zhanggui.portal.terminal.internal;

import static dev.zhanggui.db.Tables.TERMINAL_BOOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Machine;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.terminal.CloneWatch;
import dev.zhanggui.portal.terminal.CloneWatch.Born;
import dev.zhanggui.portal.terminal.Terminals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

class CloneWatchTest extends DatabaseTest {

    @Autowired
    CloneWatch watch;

    @Autowired
    Terminals terminals;

    @Autowired
    AuditTrail trail;

    @Autowired
    Fixtures fixtures;

    @Autowired
    DSLContext db;

    @Autowired
    AutowireCapableBeanFactory beans;

    private Machine machine;

    @BeforeEach
    void aMachine() {
        machine = beans.createBean(StoreWithTerminals.class).open(1).machine();
    }

    @Test
    void twoLivesThatTakeTurnsAreTwoMachines() {
        turns("A", "B", "A");
        assertThat(suspicions()).isZero();
        turns("B");
        assertThat(suspicions()).isOne();
    }

    @Test
    void aMachineThatWasOnForLongAndItsCopyToo() {
        turns("A");
        clock.advance(Duration.ofDays(3));
        turns("B", "A", "B");
        assertThat(suspicions()).isOne();
    }

    @Test
    void threeMachinesToo() {
        turns("A", "B", "C", "A", "B");
        assertThat(suspicions()).isOne();
    }

    @Test
    void aMachineThatReconnectsOrStartsAnewAgainAndAgainIsOne() {
        for (int i = 0; i < 40; i++) {
            turns("A" + i, "A" + i, "A" + i);
        }
        assertThat(suspicions()).isZero();
        assertThat(db.fetchCount(
                        TERMINAL_BOOT, TERMINAL_BOOT.TERMINAL_ID.eq(machine.id().value())))
                .isEqualTo(CloneRows.LIVES);
    }

    @Test
    void aBirthThatIsLateOrComesTwiceIsNoSecondMachine() {
        var first = clock.instant();
        turns("A", "B");
        // What A said before it went out, on its way for long; and then the same batches once more.
        born("A", first.plusMillis(500));
        turns("B");
        born("A", first.plusMillis(700));
        turns("B");
        born("A", first.plusMillis(700));
        born("A", first.plusMillis(500));
        assertThat(suspicions()).isZero();
    }

    @Test
    void aWholeBatchThatIsRepeatedIsNoSecondMachine() {
        var now = clock.instant();
        var batch = List.of(
                new Born(machine.publicId(), "A", now),
                new Born(machine.publicId(), "B", now.plusSeconds(60)),
                new Born(machine.publicId(), "C", now.plusSeconds(120)));
        for (int i = 0; i < 10; i++) {
            watch.born(Fixtures.SYSTEM, batch);
        }
        assertThat(suspicions()).isZero();
    }

    @Test
    void copiesWhoseClocksDifferAreToldByTheirNumberOfTurns() {
        var ahead = Duration.ofHours(5);
        for (int i = 0; i < 4; i++) {
            assertThat(suspicions()).as("turn " + i).isZero();
            clock.advance(Duration.ofSeconds(20));
            born("A", clock.instant());
            clock.advance(Duration.ofSeconds(20));
            born("B", clock.instant().plus(ahead));
        }
        assertThat(suspicions()).isOne();
    }

    @Test
    void turnsThatAreHoursApartDoNotCountTogether() {
        for (int i = 0; i < 5; i++) {
            turns("A", "B");
            clock.advance(Duration.ofMinutes(61));
        }
        assertThat(suspicions()).isZero();
    }

    @Test
    void itIsWrittenDownEachTimeAndToldOnceAnHour() {
        for (int i = 0; i < 10; i++) {
            turns("A", "B");
        }
        assertThat(suspicions()).isOne();
        assertThat(watch.suspectedSince(fixtures.staff(Role.SERVICE), clock.instant()))
                .isPositive();
        clock.advance(Duration.ofMinutes(59));
        turns("A", "B", "A", "B");
        assertThat(suspicions()).isEqualTo(2);
    }

    @Test
    void anotherBindingBeginsWithoutSuspicion() {
        turns("A", "B", "A", "B");
        int suspected = watch.suspectedSince(Fixtures.SYSTEM, clock.instant());

        var version = terminals.terminal(Fixtures.SYSTEM, machine.id()).version();
        terminals.unbind(Fixtures.SYSTEM, machine.id(), "换机", version);

        assertThat(watch.suspectedSince(Fixtures.SYSTEM, clock.instant())).isEqualTo(suspected - 1);
    }

    @Test
    void clocksThatSayNonsenseAndStrangersDoNoHarm() {
        watch.born(
                Fixtures.SYSTEM,
                List.of(
                        new Born("01J0000000000000000000NOBODY", "A", Instant.MAX),
                        new Born(machine.publicId(), "A", Instant.MIN),
                        new Born(machine.publicId(), "B", Instant.MAX),
                        new Born(machine.publicId(), "x".repeat(10_000), Instant.EPOCH)));
        watch.born(Fixtures.SYSTEM, List.of());
        assertThat(suspicions()).isZero();
    }

    @Test
    void portalsThatHearItAtTheSameMomentTellItOnce() throws Exception {
        turns("A", "B", "A");
        clock.advance(Duration.ofSeconds(20));
        var birth = new Born(machine.publicId(), "B", clock.instant());
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tasks = IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        watch.born(Fixtures.SYSTEM, List.of(birth));
                        return true;
                    })
                    .toList();
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(suspicions()).isOne();
    }

    @Test
    void whoMayNotIsRefused() {
        assertThatThrownBy(() -> watch.born(fixtures.staff(Role.ADMIN), List.of()))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> watch.suspectedSince(fixtures.staff(Role.REVIEWER), clock.instant()))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> watch.suspectedSince(fixtures.owner("店").actor(), clock.instant()))
                .isInstanceOf(NotAllowedException.class);
    }

    /** One birth each, twenty seconds apart, by clocks that are right. */
    private void turns(String... boots) {
        for (var boot : boots) {
            clock.advance(Duration.ofSeconds(20));
            born(boot, clock.instant());
        }
    }

    private void born(String boot, Instant saidAt) {
        watch.born(Fixtures.SYSTEM, List.of(new Born(machine.publicId(), boot, saidAt)));
    }

    /** How often it was told. */
    private long suspicions() {
        var query = new AuditQuery(machine.id().toString(), null, "terminal.cloneSuspected", null, null);
        return trail.page(fixtures.staff(Role.AUDITOR), query, null, 100).size();
    }
}
