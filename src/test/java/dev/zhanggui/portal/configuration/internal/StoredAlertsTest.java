package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.TERMINAL_CLONE;
import static dev.zhanggui.db.Tables.TERMINAL_CONTEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.certificate.RequestedKey;
import dev.zhanggui.portal.configuration.BridgeLink;
import dev.zhanggui.portal.configuration.FleetAlerts;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.support.Csrs;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.TestClock;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.CloneWatch;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import dev.zhanggui.portal.terminal.Terminals;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import tools.jackson.core.JacksonException;

class StoredAlertsTest extends DatabaseTest {

    private static final String NO_BRIDGE = "no-bridge";

    @Autowired
    private StoredAlerts alerts;

    @Autowired
    private BridgeLink link;

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private Activations activations;

    @Autowired
    private Terminals terminals;

    @Autowired
    private CloneWatch clones;

    @Autowired
    private TerminalCertificates certificates;

    @Autowired
    private DSLContext db;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @AfterEach
    void theBridgeIsBack() {
        link.seen("bridge-1");
        alerts.look();
    }

    @Test
    void aTroubleIsRaisedOnceItHasLastedAndIsOverWhenItIsOver() {
        link.seen("bridge-1");
        alerts.look();
        int before = all().size();

        clock.advance(Duration.ofSeconds(16));
        alerts.look();
        assertThat(open()).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        alerts.look();
        assertThat(open()).singleElement().satisfies(alert -> {
            assertThat(alert.value()).isEqualTo(26);
            assertThat(alert.limit()).isEqualTo(15);
            assertThat(alert.severity()).isEqualTo(FleetAlerts.Severity.STOP);
            assertThat(alert.since()).isEqualTo(alert.raisedAt().minusSeconds(10));
        });

        link.seen("bridge-1");
        alerts.look();
        assertThat(open()).isEmpty();
        assertThat(all()).hasSize(before + 1);
        assertThat(all().getFirst().worst()).isEqualTo(26);
        assertThat(all().getFirst().clearedAt()).isEqualTo(clock.instant());

        clock.advance(Duration.ofDays(1).plusSeconds(1));
        link.seen("bridge-1");
        assertThat(all()).isEmpty();
    }

    @Test
    void aMachineThatClaimsToBeATerminalIsToldToStaffAtOnceAndForAnHour() {
        var machine = beans.createBean(StoreWithTerminals.class).open(1).machine();
        var serial = terminals
                .terminal(StoreWithTerminals.SYSTEM, machine.id())
                .serial()
                .value();
        db.deleteFrom(TERMINAL_CONTEST).execute();
        alerts.look();
        assertThat(open("contested")).isEmpty();

        activations.announce(StoreWithTerminals.SYSTEM, serial, DeviceClass.SMART_POS, "key-of-a-clone");
        alerts.look();
        assertThat(open("contested")).singleElement().satisfies(alert -> {
            assertThat(alert.value()).isOne();
            assertThat(alert.severity()).isEqualTo(FleetAlerts.Severity.ATTEND);
        });

        clock.advance(Activations.CONTEST_TOLD_AGAIN.plusMillis(1));
        alerts.look();
        assertThat(open("contested")).isEmpty();
    }

    @Test
    void twoMachinesWithOneCredentialAreToldToStaffForADay() {
        var machine = beans.createBean(StoreWithTerminals.class).open(1).machine();
        db.deleteFrom(TERMINAL_CLONE).execute();
        link.seen("bridge-1");
        alerts.look();
        assertThat(open("cloned")).isEmpty();

        for (var boot : List.of("A", "B", "A", "B")) {
            clock.advance(Duration.ofSeconds(20));
            clones.born(
                    StoreWithTerminals.SYSTEM, List.of(new CloneWatch.Born(machine.publicId(), boot, clock.instant())));
        }
        link.seen("bridge-1");
        alerts.look();
        assertThat(open("cloned")).singleElement().satisfies(alert -> {
            assertThat(alert.value()).isOne();
            assertThat(alert.severity()).isEqualTo(FleetAlerts.Severity.STOP);
        });

        clock.advance(Duration.ofDays(1).plusMillis(1));
        link.seen("bridge-1");
        alerts.look();
        assertThat(open("cloned")).isEmpty();
    }

    @Test
    void aTerminalInUseThatDoesNotRenewItsCertificateIsToldToStaffAWeekBefore() {
        // Where no other test has been.
        clock.set(TestClock.START.plus(Duration.ofDays(700)));
        var machine = beans.createBean(StoreWithTerminals.class).open(1).machine();
        var serial = terminals
                .terminal(StoreWithTerminals.SYSTEM, machine.id())
                .serial()
                .value();
        certificates.give(
                StoreWithTerminals.SYSTEM,
                machine.id(),
                "key-of-" + serial,
                RequestedKey.check(Csrs.fresh()).orThrow());
        clock.advance(Duration.ofDays(83));
        terminals.seen(
                StoreWithTerminals.SYSTEM,
                List.of(new Terminals.Sighting(machine.publicId(), true, clock.instant(), "kit", "b")));
        link.seen("bridge-1");
        alerts.look();
        assertThat(open("not-renewed")).isEmpty();
        clock.advance(Duration.ofMinutes(10));
        link.seen("bridge-1");
        alerts.look();
        assertThat(open("not-renewed"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.value()).isOne());

        certificates.give(
                StoreWithTerminals.SYSTEM,
                machine.id(),
                "key-of-" + serial,
                RequestedKey.check(Csrs.fresh()).orThrow());
        clock.advance(Duration.ofMinutes(5));
        link.seen("bridge-1");
        alerts.look();
        assertThat(open("not-renewed")).isEmpty();
    }

    @Test
    void aShortTroubleLeavesNoTrace() {
        link.seen("bridge-1");
        alerts.look();
        int before = all().size();
        clock.advance(Duration.ofSeconds(16));
        alerts.look();
        link.seen("bridge-1");
        alerts.look();
        assertThat(all()).hasSize(before);
    }

    @Test
    void whoeverTakesItFirstKeepsItAndOnlyWhoMayRepairMayTakeIt() {
        raise();
        long id = open().getFirst().id();
        var first = fixtures.staff(Role.SERVICE);

        assertThatThrownBy(() -> alerts.take(fixtures.staff(Role.AUDITOR), id)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> alerts.list(fixtures.staff(Role.REVIEWER))).isInstanceOf(NotAllowedException.class);
        alerts.take(first, id);
        alerts.take(fixtures.staff(Role.ADMIN), id);
        assertThat(open().getFirst().takenBy()).isEqualTo(first.label());
    }

    @Test
    void portalsThatLookAtTheSameTimeRaiseItOnce() throws Exception {
        link.seen("bridge-1");
        alerts.look();
        clock.advance(Duration.ofSeconds(16));
        atOnce();
        clock.advance(Duration.ofSeconds(10));
        atOnce();
        assertThat(open()).hasSize(1);
    }

    private void atOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<Boolean> look = () -> {
                alerts.look();
                return true;
            };
            for (var done : threads.invokeAll(List.of(look, look, look, look))) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    @Test
    void aRuleThatMakesNoSenseIsRefused() {
        assertThat(new AlertRules().all()).extracting(AlertRules.Rule::id).contains(NO_BRIDGE, "slow");
        var good = "{\"id\":\"a\",\"measure\":\"EDITS_WAITING\",\"above\":1,\"holds\":\"PT1M\",\"severity\":\"STOP\"}";
        assertThat(rules("[" + good + "]").named("a")).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> rules("[" + good + "," + good + "]"));
        assertThatThrownBy(() -> rules("[" + good.replace("EDITS_WAITING", "MOOD") + "]"))
                .isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> rules("[" + good.replace("above", "over") + "]"))
                .isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> rules("[" + good.replace(":1,", ":-1,") + "]"))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    private static AlertRules rules(String json) {
        return new AlertRules(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private void raise() {
        link.seen("bridge-1");
        alerts.look();
        clock.advance(Duration.ofSeconds(16));
        alerts.look();
        clock.advance(Duration.ofSeconds(10));
        alerts.look();
    }

    private List<FleetAlerts.Alert> all() {
        return all(NO_BRIDGE);
    }

    private List<FleetAlerts.Alert> all(String rule) {
        return alerts.list(Fixtures.SYSTEM).stream()
                .filter(it -> it.rule().equals(rule))
                .toList();
    }

    private List<FleetAlerts.Alert> open() {
        return open(NO_BRIDGE);
    }

    private List<FleetAlerts.Alert> open(String rule) {
        return all(rule).stream().filter(it -> it.clearedAt() == null).toList();
    }
}
