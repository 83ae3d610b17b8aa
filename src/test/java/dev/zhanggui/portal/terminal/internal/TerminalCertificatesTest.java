package dev.zhanggui.portal.terminal.internal;

import static dev.zhanggui.db.Tables.TERMINAL_CERTIFICATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditEntry;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.certificate.RequestedKey;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.support.Csrs;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.Fixtures.Owner;
import dev.zhanggui.portal.support.TestClock;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.CloneWatch;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.TerminalCertificate;
import dev.zhanggui.portal.terminal.TerminalCertificate.Withdrawal;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import dev.zhanggui.portal.terminal.TerminalCertificates.Given;
import dev.zhanggui.portal.terminal.TerminalCertificates.Why;
import dev.zhanggui.portal.terminal.TerminalCertificates.Withdrawn;
import dev.zhanggui.portal.terminal.TerminalState;
import dev.zhanggui.portal.terminal.Terminals;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class TerminalCertificatesTest extends DatabaseTest {

    private static final String POS = "lakala-scan";

    @Autowired
    CertificateDesk certificates;

    @Autowired
    CloneWatch clones;

    @Autowired
    DSLContext db;

    @Autowired
    AuditTrail trail;

    @Autowired
    Activations activations;

    @Autowired
    Inventory inventory;

    @Autowired
    Terminals terminals;

    @Autowired
    Fixtures fixtures;

    /** A bound terminal. */
    private record Machine(Owner owner, Serial serial, Terminal terminal, String deviceKey, String token) {}

    @Test
    void theSameKeyIsGivenTheSameCertificateAgain() {
        var machine = bound();
        var key = key();

        var first = given(machine, key);
        clock.advance(Duration.ofDays(89));

        assertThat(given(machine, key).der()).isEqualTo(first.der());
        assertThat(given(machine, key()).der()).isNotEqualTo(first.der());
        assertThat(certificates.of(Fixtures.SYSTEM, machine.terminal().id())).hasSize(2);
    }

    @Test
    void manyWhoAskAtTheSameMomentAreGivenOneCertificate() throws Exception {
        var machine = bound();
        var key = key();

        try (var threads = Executors.newFixedThreadPool(4)) {
            var answers =
                    threads.invokeAll(Collections.<Callable<Given.Certificate>>nCopies(8, () -> given(machine, key)));
            var first = answers.getFirst().get();
            for (var answer : answers) {
                assertThat(answer.get().der()).isEqualTo(first.der());
            }
        }
        assertThat(certificates.of(Fixtures.SYSTEM, machine.terminal().id())).hasSize(1);
    }

    @Test
    void onlyItsOwnTerminalIsLetInWithACertificateAndOnlyUntilItsEnd() {
        var machine = bound();
        var other = bound();
        var given = given(machine, key());

        assertThat(accepts(machine, given)).isTrue();
        assertThat(accepts(other, given)).isFalse();
        for (var wrong : List.of("", "x", "!", thumbprint(new byte[] {1}), thumbprint(given.der()) + "A")) {
            assertThat(certificates.accepts(Fixtures.SYSTEM, machine.terminal().publicId(), wrong))
                    .as(wrong)
                    .isFalse();
        }
        clock.set(given.notAfter().minusSeconds(1));
        assertThat(accepts(machine, given)).isTrue();
        clock.set(given.notAfter());
        assertThat(accepts(machine, given)).isFalse();
    }

    @Test
    void theTokenIsGoodUntilTheFirstConnectionWithACertificate() {
        var machine = bound();
        var given = given(machine, key());

        assertThat(tokenIsGood(machine)).isTrue();
        assertThat(accepts(machine, given)).isTrue();
        assertThat(tokenIsGood(machine)).isFalse();
        assertThat(certificates.of(Fixtures.SYSTEM, machine.terminal().id()))
                .extracting(TerminalCertificate::firstUsedAt)
                .containsExactly(clock.instant());
    }

    @Test
    void aNewerCertificateEndsTheOlderOnesWhenItIsUsedAndNotBefore() {
        var machine = bound();
        var first = given(machine, key());
        var second = given(machine, key());
        clock.advance(Duration.ofDays(60));
        var third = given(machine, key());

        assertThat(accepts(machine, second)).isTrue();
        assertThat(accepts(machine, first)).isFalse();
        assertThat(accepts(machine, third)).isTrue();
        assertThat(ended(machine)).as("it is connected with the newer one").isEmpty();
        assertThat(accepts(machine, second)).isFalse();
        assertThat(accepts(machine, third)).isTrue();
        assertThat(certificates.of(Fixtures.SYSTEM, machine.terminal().id()))
                .extracting(it -> it.withdrawn() == null ? null : it.withdrawn().kind())
                .containsExactly(null, Withdrawal.SUPERSEDED, Withdrawal.SUPERSEDED);
    }

    @Test
    void ofTwoFirstConnectionsAtTheSameMomentTheNewerCertificateRemains() throws Exception {
        var machine = bound();
        var first = given(machine, key());
        var second = given(machine, key());

        try (var threads = Executors.newFixedThreadPool(2)) {
            var answers = threads.invokeAll(
                    List.<Callable<Boolean>>of(() -> accepts(machine, first), () -> accepts(machine, second)));
            assertThat(answers.get(1).get()).isTrue();
        }
        assertThat(accepts(machine, first)).isFalse();
        assertThat(accepts(machine, second)).isTrue();
    }

    @Test
    void unbindingEndsItAndTheNextBindingNeedsItsOwn() {
        var machine = bound();
        var key = key();
        var given = given(machine, key);
        accepts(machine, given);

        unbind(machine);

        assertThat(accepts(machine, given)).isFalse();
        assertThat(give(machine, key())).isEqualTo(new Given.Nothing(Why.NOT_BOUND));
        activate(machine.owner(), machine.serial(), machine.deviceKey());
        assertThat(accepts(machine, given)).isFalse();
        var again = given(machine, key);
        assertThat(again.der()).isNotEqualTo(given.der());
        assertThat(accepts(machine, again)).isTrue();
        assertThat(certificates.of(Fixtures.SYSTEM, machine.terminal().id()))
                .extracting(
                        TerminalCertificate::revision,
                        it -> it.withdrawn() == null ? null : it.withdrawn().kind())
                .containsExactly(tuple(2, null), tuple(1, Withdrawal.UNBOUND));
    }

    @Test
    void aLostTerminalIsNotLetIn() {
        var machine = bound();
        var given = given(machine, key());

        inventory.move(Fixtures.SYSTEM, machine.terminal().id(), TerminalState.LOST, "丢了");

        assertThat(accepts(machine, given)).isFalse();
        assertThat(tokenIsGood(machine)).isFalse();
    }

    @Test
    void whatStaffWithdrewIsOverTogetherWithTheTokenAndTheKey() {
        var machine = bound();
        var key = key();
        var given = given(machine, key);
        var service = fixtures.staff(Role.SERVICE);

        assertThat(certificates.withdraw(service, machine.terminal().id(), " 密钥外泄 ", true))
                .isEqualTo(Withdrawn.DONE);

        assertThat(accepts(machine, given)).isFalse();
        assertThat(tokenIsGood(machine)).isFalse();
        assertThat(give(machine, key)).isEqualTo(new Given.Nothing(Why.KEY_ENDED));
        assertThat(ended(machine)).containsExactly(clock.instant());
        assertThat(certificates.of(service, machine.terminal().id()))
                .extracting(TerminalCertificate::withdrawn)
                .containsExactly(new TerminalCertificate.Withdrawn(
                        clock.instant(), Withdrawal.STAFF, "密钥外泄", service.label(), true));
        assertThat(certificates.withdraw(service, machine.terminal().id(), "再来", true))
                .isEqualTo(Withdrawn.NOTHING_GOOD);
        var renewed = given(machine, key());
        assertThat(accepts(machine, renewed)).isTrue();
        assertThat(tokenIsGood(machine)).isFalse();
    }

    @Test
    void withdrawnForGoodItComesBackOnlyByANewActivation() {
        var machine = bound();
        given(machine, key());

        certificates.withdraw(fixtures.staff(Role.ADMIN), machine.terminal().id(), "机器可能在别人手里", false);

        assertThat(give(machine, key())).isEqualTo(new Given.Nothing(Why.WITHDRAWN));
        assertThat(tokenIsGood(machine)).isFalse();
        unbind(machine);
        activate(machine.owner(), machine.serial(), machine.deviceKey());
        assertThat(accepts(machine, given(machine, key()))).isTrue();
    }

    @Test
    void aWithdrawalIsWrittenDownWithItsReason() {
        var machine = bound();
        given(machine, key());

        certificates.withdraw(fixtures.staff(Role.ADMIN), machine.terminal().id(), "复制了", false);

        var query = new AuditQuery(machine.terminal().id().toString(), null, null, null, null);
        assertThat(trail.page(fixtures.staff(Role.AUDITOR), query, null, 10))
                .extracting(AuditEntry::action, AuditEntry::reason)
                .startsWith(tuple("terminal.certificateWithdrawn", "复制了"), tuple("terminal.certificateGiven", null));
    }

    @Test
    void fourNewKeysADayAndTheNextDayAgain() {
        var machine = bound();
        var first = key();
        var given = given(machine, first);
        for (int i = 1; i < TerminalCertificates.MOST_A_DAY; i++) {
            given(machine, key());
        }

        assertThat(give(machine, key())).isEqualTo(new Given.Nothing(Why.TOO_MANY));
        assertThat(given(machine, first).der()).isEqualTo(given.der());
        clock.advance(Duration.ofDays(1));
        assertThat(give(machine, key())).isInstanceOf(Given.Certificate.class);
    }

    @Test
    void theKeyOfAnotherDeviceIsGivenNothing() {
        var key = key();
        given(bound(), key);

        var copy = bound();
        clock.advance(Duration.ofDays(1));
        assertThat(give(copy, key)).isEqualTo(new Given.Nothing(Why.KEY_OF_ANOTHER));
        assertThat(clones.suspectedSince(Fixtures.SYSTEM, clock.instant())).isPositive();
        assertThat(trail.page(
                        fixtures.staff(Role.AUDITOR),
                        new AuditQuery(copy.terminal().id().toString(), null, "terminal.cloneSuspected", null, null),
                        null,
                        10))
                .hasSize(1);
    }

    @Test
    void aDeviceThatConnectsWithItsTokenIsGivenNothing() {
        assertThat(give(bound("lakala-yimatong"), key())).isEqualTo(new Given.Nothing(Why.TOKEN_CLASS));
    }

    @Test
    void aKeyWhoseCertificateIsOverIsGivenNothing() {
        var machine = bound();
        var key = key();
        clock.set(given(machine, key).notAfter());

        assertThat(give(machine, key)).isEqualTo(new Given.Nothing(Why.KEY_ENDED));
        assertThat(give(machine, key())).isInstanceOf(Given.Certificate.class);
    }

    @Test
    void anotherDeviceKeyIsGivenNothing() {
        var machine = bound();

        assertThat(certificates.give(Fixtures.SYSTEM, machine.terminal().id(), "another key", key()))
                .isEqualTo(new Given.Nothing(Why.NOT_BOUND));
    }

    @Test
    void whoeverIsInUseAndDoesNotRenewInTimeIsCounted() {
        // Where no other test has been.
        clock.set(TestClock.START.plus(Duration.ofDays(400)));
        var idle = bound();
        var renewing = bound();
        var silent = bound();
        for (var machine : List.of(idle, renewing, silent)) {
            accepts(machine, given(machine, key()));
        }
        var end = clock.instant().plus(Duration.ofDays(90));
        clock.set(end.minus(Duration.ofDays(8)));
        for (var machine : List.of(idle, renewing)) {
            terminals.seen(
                    Fixtures.SYSTEM,
                    List.of(new Terminals.Sighting(machine.terminal().publicId(), true, clock.instant(), "kit", "b")));
        }
        var staff = fixtures.staff(Role.AUDITOR);
        assertThat(certificates.notRenewed(staff)).isZero();
        clock.set(end.minus(Duration.ofDays(7)));
        assertThat(certificates.notRenewed(staff)).isEqualTo(2);
        given(renewing, key());
        assertThat(certificates.notRenewed(staff)).isOne();
        clock.set(end.plus(Duration.ofDays(1)));
        assertThat(certificates.notRenewed(staff)).isOne();
        unbind(idle);
        assertThat(certificates.notRenewed(staff)).isZero();
        assertThatThrownBy(() -> certificates.notRenewed(fixtures.staff(Role.REVIEWER)))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void whatWasWithdrawnForGoodStaysOutAlsoWhenItIsForgotten() {
        var machine = bound();
        var given = given(machine, key());
        certificates.withdraw(Fixtures.SYSTEM, machine.terminal().id(), "在别人手里", false);
        clock.set(given.notAfter().plus(Duration.ofDays(181)));
        certificates.forgetOld();

        assertThat(certificates.of(Fixtures.SYSTEM, machine.terminal().id())).isEmpty();
        assertThat(give(machine, key())).isEqualTo(new Given.Nothing(Why.WITHDRAWN));
    }

    @Test
    void whichIsOlderDoesNotDependOnTheIdsOfTwoPortals() {
        var machine = bound();
        var first = given(machine, key());
        var second = given(machine, key());
        // As if the first one came from a portal whose clock is ahead.
        db.update(TERMINAL_CERTIFICATE)
                .set(TERMINAL_CERTIFICATE.ID, Ids.next())
                .where(TERMINAL_CERTIFICATE.TERMINAL_ID.eq(
                        machine.terminal().id().value()))
                .and(TERMINAL_CERTIFICATE.ISSUE.eq(1))
                .execute();

        assertThat(accepts(machine, second)).isTrue();
        assertThat(accepts(machine, first)).isFalse();
    }

    @Test
    void oldOnesAreForgottenAndTheTokenStaysEnded() {
        var machine = bound();
        var given = given(machine, key());
        accepts(machine, given);
        clock.set(given.notAfter().plus(Duration.ofDays(181)));

        certificates.forgetOld();

        assertThat(certificates.of(Fixtures.SYSTEM, machine.terminal().id())).isEmpty();
        assertThat(tokenIsGood(machine)).isFalse();
    }

    @Test
    void whoMayNotIsRefused() {
        var machine = bound();
        var id = machine.terminal().id();
        var given = given(machine, key());
        for (var role : List.of(Role.REVIEWER, Role.WAREHOUSE, Role.AUDITOR)) {
            assertThatThrownBy(() -> certificates.withdraw(fixtures.staff(role), id, "x", true))
                    .isInstanceOf(NotAllowedException.class);
            assertThat(certificates.of(fixtures.staff(role), id)).hasSize(1);
        }
        var owner = machine.owner().actor();
        assertThatThrownBy(() -> certificates.withdraw(owner, id, "x", true)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> certificates.of(owner, id)).isInstanceOf(NotAllowedException.class);
        var admin = fixtures.staff(Role.ADMIN);
        assertThatThrownBy(() -> certificates.give(admin, id, machine.deviceKey(), key()))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> certificates.accepts(admin, machine.terminal().publicId(), thumbprint(given.der())))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> certificates.endedSince(admin, clock.instant()))
                .isInstanceOf(NotAllowedException.class);
        for (var reason : List.of("", "  ", "长".repeat(201))) {
            assertThatIllegalArgumentException().isThrownBy(() -> certificates.withdraw(admin, id, reason, true));
        }
        assertThat(accepts(machine, given)).isTrue();
    }

    private Machine bound() {
        return bound(POS);
    }

    private Machine bound(String model) {
        var owner = fixtures.owner("店");
        var id = new ModelId(model);
        var serial = new Serial("C" + Ids.next());
        inventory.stockIn(Fixtures.SYSTEM, id, List.of(serial.value()), false);
        var terminal = ((Inventory.Allocation.Allocated)
                        inventory.allocate(Fixtures.SYSTEM, serial, id, owner.merchant()))
                .terminal();
        for (var state : List.of(TerminalState.PACKED, TerminalState.SHIPPED, TerminalState.DELIVERED)) {
            inventory.move(Fixtures.SYSTEM, terminal.id(), state, "test");
        }
        return activate(owner, serial, "key of " + serial);
    }

    private Machine activate(Owner owner, Serial serial, String deviceKey) {
        var terminal = terminals.bySerial(Fixtures.SYSTEM, serial).orElseThrow();
        var shown = (Activations.Announcement.ShowCode)
                activations.announce(Fixtures.SYSTEM, serial.value(), terminal.deviceClass(), deviceKey);
        activations.activate(owner.actor(), shown.code(), owner.store().id(), "柜台");
        var progress = (Activations.Progress.Activated) activations.poll(Fixtures.SYSTEM, serial.value(), deviceKey);
        return new Machine(owner, serial, terminal, deviceKey, progress.token());
    }

    private void unbind(Machine machine) {
        var current = terminals.terminal(Fixtures.SYSTEM, machine.terminal().id());
        terminals.unbind(fixtures.staff(Role.SERVICE), current.id(), "换店", current.version());
    }

    /** When certificates of the machine ended from now on, it staying bound. */
    private List<Instant> ended(Machine machine) {
        return certificates.endedSince(Fixtures.SYSTEM, clock.instant()).stream()
                .filter(it -> it.publicId().equals(machine.terminal().publicId()))
                .map(TerminalCertificates.Ended::at)
                .toList();
    }

    private static RequestedKey key() {
        return RequestedKey.check(Csrs.fresh()).orThrow();
    }

    private Given give(Machine machine, RequestedKey key) {
        return certificates.give(Fixtures.SYSTEM, machine.terminal().id(), machine.deviceKey(), key);
    }

    private Given.Certificate given(Machine machine, RequestedKey key) {
        return (Given.Certificate) give(machine, key);
    }

    private boolean accepts(Machine machine, Given.Certificate given) {
        return certificates.accepts(Fixtures.SYSTEM, machine.terminal().publicId(), thumbprint(given.der()));
    }

    private boolean tokenIsGood(Machine machine) {
        return activations.credentialValid(machine.terminal().publicId(), machine.token());
    }

    private static String thumbprint(byte[] der) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
