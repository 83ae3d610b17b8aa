package dev.zhanggui.portal.bridgelink.internal;

import static dev.zhanggui.portal.configuration.internal.StoreWithTerminals.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.db.tables.records.TerminalConfigurationRecord;
import dev.zhanggui.portal.certificate.RequestedKey;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Machine;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Csrs;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.TestClock;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import dev.zhanggui.portal.terminal.Terminals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** Each test has a bridge and years of its own: what others withdrew lies outside. */
class WithdrawalsTest extends DatabaseTest {

    private static final Duration APART = Duration.ofDays(365);
    private static int years = 1;

    private final String bridge = "bridge-" + Ids.ulid();

    @Autowired
    private Withdrawals withdrawals;

    @Autowired
    private Terminals terminals;

    @Autowired
    private Activations activations;

    @Autowired
    private TerminalCertificates certificates;

    @Autowired
    private DSLContext db;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @BeforeEach
    void ownYear() {
        clock.set(TestClock.START.plus(APART.multipliedBy(years++)));
    }

    @Test
    void eachIsToldOnceAndAfterAHelloAgain() {
        var first = withdrawn(3, clock.instant());
        assertThat(next()).containsExactlyInAnyOrderElementsOf(first);
        assertThat(next()).as("nothing new").isEmpty();
        clock.advance(Duration.ofSeconds(2));
        var second = withdrawn(1, clock.instant());
        assertThat(next()).containsExactlyElementsOf(second);
        clock.advance(Duration.ofMinutes(1));
        assertThat(next()).isEmpty();

        withdrawals.hello(bridge);

        assertThat(next()).hasSize(4).containsAll(first).containsAll(second);
    }

    @Test
    void aTerminalWhoseCertificateEndedWhileItStaysBoundIsToldOnce() {
        var machine = beans.createBean(StoreWithTerminals.class).open(1).machine();
        var deviceKey =
                "key-of-" + terminals.terminal(SYSTEM, machine.id()).serial().value();
        assertThat(certificates.give(
                        SYSTEM,
                        machine.id(),
                        deviceKey,
                        RequestedKey.check(Csrs.fresh()).orThrow()))
                .isInstanceOf(TerminalCertificates.Given.Certificate.class);
        assertThat(next()).isEmpty();

        certificates.withdraw(SYSTEM, machine.id(), "外泄", true);

        assertThat(next()).containsExactly(machine.publicId());
        assertThat(next()).isEmpty();
    }

    @Test
    void aBridgeIsToldOfMoreThanFitIntoOneQueryAlsoWhenTheyAreOfTheSameMoment() {
        var sameMoment = withdrawn(1_201, clock.instant().minusSeconds(90));
        var newest = withdrawn(1, clock.instant());
        assertThat(next())
                .hasSize(1_202)
                .doesNotHaveDuplicates()
                .containsAll(sameMoment)
                .endsWith(newest.getFirst());
        assertThat(next()).isEmpty();
    }

    @Test
    void whatIsCommittedLateIsToldAllTheSame() {
        assertThat(next()).isEmpty();
        var late = withdrawn(1, clock.instant().minusSeconds(119));
        assertThat(next()).containsExactlyElementsOf(late);
        assertThat(next()).isEmpty();
    }

    @Test
    void aDayIsToldAndNoMore() {
        withdrawn(1, clock.instant().minus(Duration.ofHours(25)).minusMillis(1));
        var within = withdrawn(1, clock.instant().minus(Duration.ofHours(24)));
        assertThat(next()).containsExactlyElementsOf(within);
    }

    @Test
    void aTerminalThatIsBoundAgainBetweenTwoPollsIsTold() {
        var stores = beans.createBean(StoreWithTerminals.class);
        var opened = stores.open(1);
        var machine = opened.machine();
        assertThat(next()).isEmpty();

        unbind(machine);
        var terminal = terminals.terminal(SYSTEM, machine.id());
        var shown = (Activations.Announcement.ShowCode)
                activations.announce(SYSTEM, terminal.serial().value(), DeviceClass.SMART_POS, "another key");
        assertThat(activations.activate(SYSTEM, shown.code(), opened.store(), "柜台"))
                .isInstanceOf(Activations.Outcome.Activated.class);

        assertThat(next()).containsExactly(machine.publicId());
        assertThat(next()).as("once").isEmpty();
        clock.advance(Duration.ofMillis(1));
        unbind(machine);
        assertThat(next()).as("another withdrawal").containsExactly(machine.publicId());
    }

    private List<String> next() {
        return withdrawals.next(SYSTEM, bridge);
    }

    private void unbind(Machine machine) {
        var terminal = terminals.terminal(SYSTEM, machine.id());
        terminals.unbind(SYSTEM, terminal.id(), "换机", terminal.version());
    }

    /** As rows alone. */
    private List<String> withdrawn(int count, Instant at) {
        var records = new ArrayList<TerminalConfigurationRecord>();
        for (int i = 0; i < count; i++) {
            var row = new TerminalConfigurationRecord();
            row.setTerminalId(Ids.next());
            row.setPublicId(Ids.ulid());
            row.setStoreId(Ids.next());
            row.setMerchantId(Ids.next());
            row.setBound(false);
            row.setUnboundAt(at);
            row.setDesiredEpoch(1L);
            row.setDesiredGen(0L);
            row.setLane((short) 0);
            row.setAttempts(0);
            row.setOnline(false);
            row.setProgressedAt(at);
            row.setVersion(0);
            records.add(row);
        }
        db.batchInsert(records).execute();
        return records.stream().map(TerminalConfigurationRecord::getPublicId).toList();
    }
}
