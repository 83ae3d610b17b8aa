package dev.zhanggui.portal.terminal;

import static dev.zhanggui.db.Tables.AUDIT_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.Fixtures.Owner;
import dev.zhanggui.portal.terminal.Activations.Announcement;
import dev.zhanggui.portal.terminal.Activations.Outcome;
import dev.zhanggui.portal.terminal.Activations.Progress;
import dev.zhanggui.portal.terminal.Activations.Refusal;
import dev.zhanggui.portal.terminal.Inventory.Allocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ActivationsTest extends DatabaseTest {

    private static final ModelId MODEL = new ModelId("lakala-scan");
    private static final DeviceClass CLASS = DeviceClass.SCAN_POS;

    @Autowired
    Activations activations;

    @Autowired
    Inventory inventory;

    @Autowired
    Terminals terminals;

    @Autowired
    Fixtures fixtures;

    @Autowired
    DSLContext db;

    @Test
    void theSameKeyIsShownTheSameCodeUntilItRunsOutAndThenANewOne() {
        var serial = stocked();

        var first = shown(serial, "key");
        clock.advance(Duration.ofMinutes(14));
        assertThat(shown(serial, "key")).isEqualTo(first);
        clock.advance(Duration.ofMinutes(1));
        assertThat(shown(serial, "key").code()).isNotEqualTo(first.code());
    }

    @Test
    void anUnknownSerialIsRefusedAndMayComeAgain() {
        var refused = announce("NOSUCH" + Ids.next(), "key");

        assertThat(refused).isEqualTo(new Announcement.Refused(Refusal.UNKNOWN_SERIAL));
        assertThat(Refusal.UNKNOWN_SERIAL.retryable()).isTrue();
    }

    @Test
    void aSerialOfAnotherClassIsRefused() {
        assertThat(activations.announce(Fixtures.SYSTEM, stocked().value(), DeviceClass.KIOSK, "key"))
                .isEqualTo(new Announcement.Refused(Refusal.WRONG_CLASS));
    }

    @Test
    void rubbishIsRefused() {
        assertThat(announce("x", "key")).isEqualTo(new Announcement.Refused(Refusal.MALFORMED));
        assertThat(announce(stocked().value(), "k".repeat(201))).isEqualTo(new Announcement.Refused(Refusal.MALFORMED));
    }

    @Test
    void aSerialMayComeWithFiveKeysInAQuarterOfAnHourAndNoMore() {
        var serial = stocked();
        for (int i = 0; i < 5; i++) {
            shown(serial, "key " + i);
        }

        assertThat(announce(serial.value(), "key 5")).isEqualTo(new Announcement.Refused(Refusal.TOO_MANY));
        assertThat(announce(serial.value(), "key 0")).isInstanceOf(Announcement.ShowCode.class);
        clock.advance(Duration.ofMinutes(15));
        assertThat(announce(serial.value(), "key 5")).isInstanceOf(Announcement.ShowCode.class);
    }

    @Test
    void whoClaimsToBeABoundTerminalIsWrittenDownOnceAnHour() {
        var owner = fixtures.owner("店");
        var serial = delivered(owner);
        activate(owner, shown(serial, "key").code());
        var start = clock.instant();
        int before = activations.contestedSince(Fixtures.SYSTEM, start);

        assertThat(announce(serial.value(), "key")).isEqualTo(new Announcement.AlreadyActive());
        assertThat(contests(serial)).isEmpty();
        assertThat(announce(serial.value(), "clone")).isEqualTo(new Announcement.Refused(Refusal.IN_USE));
        assertThat(announce(serial.value(), "another clone")).isEqualTo(new Announcement.Refused(Refusal.IN_USE));
        clock.advance(Activations.CONTEST_TOLD_AGAIN.minusMillis(1));
        announce(serial.value(), "clone");
        assertThat(contests(serial)).containsExactly(owner.merchant().value());
        assertThat(activations.contestedSince(fixtures.staff(Role.AUDITOR), start))
                .isEqualTo(before + 1);

        clock.advance(Duration.ofMillis(1));
        announce(serial.value(), "clone");
        assertThat(contests(serial)).hasSize(2);
        assertThat(activations.contestedSince(Fixtures.SYSTEM, start))
                .as("a row for each terminal")
                .isEqualTo(before + 1);
    }

    @Test
    void whoComesWithTooManyKeysIsWrittenDown() {
        var serial = stocked();
        for (int i = 0; i < 5; i++) {
            shown(serial, "key " + i);
        }
        assertThat(contests(serial)).isEmpty();

        announce(serial.value(), "key 5");

        assertThat(contests(serial)).hasSize(1);
    }

    @Test
    void clonesThatComeAtTheSameMomentAreWrittenDownOnce() throws Exception {
        var owner = fixtures.owner("店");
        var serial = delivered(owner);
        activate(owner, shown(serial, "key").code());

        try (var threads = Executors.newFixedThreadPool(4)) {
            var answers = threads.invokeAll(IntStream.range(0, 4)
                    .<Callable<Announcement>>mapToObj(i -> () -> announce(serial.value(), "clone " + i))
                    .toList());
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(new Announcement.Refused(Refusal.IN_USE));
            }
        }
        assertThat(contests(serial)).hasSize(1);
    }

    @Test
    void onlyWhoSeesToTheFleetMayAskHowManyAreContested() {
        assertThatThrownBy(() -> activations.contestedSince(fixtures.owner("店").actor(), clock.instant()))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> activations.contestedSince(fixtures.staff(Role.REVIEWER), clock.instant()))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void onlyTheSystemAnnounces() {
        assertThatThrownBy(() -> activations.announce(fixtures.staff(Role.ADMIN), "ABC123456", CLASS, "key"))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void aDeliveredTerminalIsActivatedBoundAndGivenItsCredential() {
        var owner = fixtures.owner("巷口牛肉面");
        var serial = delivered(owner);
        var code = shown(serial, "key").code();
        assertThat(poll(serial, "key")).isInstanceOf(Progress.Waiting.class);

        var outcome = activations.activate(
                owner.actor(), " " + code.toLowerCase() + " ", owner.store().id(), "柜台");

        assertThat(outcome).isInstanceOf(Outcome.Activated.class);
        var activated = (Progress.Activated) poll(serial, "key");
        assertThat(activated.store()).isEqualTo(owner.store().id());
        assertThat(poll(serial, "key")).isEqualTo(activated);
        assertThat(activations.credentialValid(activated.publicId(), activated.token()))
                .isTrue();
        assertThat(activations.credentialValid(activated.publicId(), activated.token() + "x"))
                .isFalse();
        assertThat(activations.credentialValid(Ids.ulid(), activated.token())).isFalse();
        assertThat(terminals.list(owner.actor(), owner.store().id()))
                .singleElement()
                .satisfies(terminal -> {
                    assertThat(terminal.state()).isEqualTo(TerminalState.ACTIVE);
                    assertThat(terminal.seat()).isEqualTo("柜台");
                });
        assertThat(terminals.bindings(owner.actor(), activated.terminal()))
                .singleElement()
                .satisfies(binding -> {
                    assertThat(binding.merchantCode()).hasSize(15).startsWith("82243015812");
                    assertThat(binding.settlementAccount())
                            .startsWith("6217")
                            .endsWith("004")
                            .contains("*");
                    assertThat(binding.place()).contains("解放路");
                    assertThat(binding.until()).isNull();
                });
    }

    @Test
    void theSameCodeInTheSameStoreIsAnsweredTheSameAgain() {
        var owner = fixtures.owner("海棠小卖部");
        var serial = delivered(owner);
        var code = shown(serial, "key").code();

        var first = activate(owner, code);

        assertThat(first).isInstanceOf(Outcome.Activated.class);
        assertThat(activate(owner, code)).isEqualTo(first);
        assertThat(announce(serial.value(), "key")).isEqualTo(new Announcement.AlreadyActive());
    }

    @Test
    void aCodeNobodyShowsIsUnknown() {
        assertThat(activate(fixtures.owner("店"), "AAAA-AAAA")).isEqualTo(new Outcome.UnknownCode());
        assertThat(activate(fixtures.owner("店"), "hello")).isEqualTo(new Outcome.UnknownCode());
    }

    @Test
    void aCodeRunsOutAfterAQuarterOfAnHour() {
        var owner = fixtures.owner("店");
        var code = shown(delivered(owner), "key").code();
        clock.advance(Activations.CODE_VALID_FOR);

        assertThat(activate(owner, code)).isEqualTo(new Outcome.Expired());
    }

    @Test
    void aTerminalSentToSomebodyElseIsNotYours() {
        var code = shown(delivered(fixtures.owner("店")), "key").code();

        assertThat(activate(fixtures.owner("另一家"), code)).isEqualTo(new Outcome.NotShippedToYou());
    }

    @Test
    void aTerminalOnTheShelfIsNobodys() {
        var code = shown(stocked(), "key").code();

        assertThat(activate(fixtures.owner("店"), code)).isEqualTo(new Outcome.NotShippedToYou());
    }

    @Test
    void aTerminalOnTheRoadMustBeReceivedFirst() {
        var owner = fixtures.owner("店");
        var serial = shipped(owner);
        var code = shown(serial, "key").code();

        assertThat(activate(owner, code)).isEqualTo(new Outcome.NotReceived(serial));
    }

    @Test
    void aBoundTerminalIsBoundElsewhereForEveryOtherStoreAndRefusesOtherKeys() {
        var owner = fixtures.owner("店");
        var serial = delivered(owner);
        var code = shown(serial, "key").code();
        var second = shown(serial, "second key").code();
        activate(owner, code);

        assertThat(activate(fixtures.owner("另一家"), code)).isEqualTo(new Outcome.BoundElsewhere());
        assertThat(activate(owner, second)).isEqualTo(new Outcome.BoundElsewhere());
        assertThat(announce(serial.value(), "third key")).isEqualTo(new Announcement.Refused(Refusal.IN_USE));
        assertThat(poll(serial, "second key")).isEqualTo(new Progress.AnnounceAgain());
    }

    @Test
    void whoMistypesEightTimesWaits() {
        var owner = fixtures.owner("店");
        var code = shown(delivered(owner), "key").code();
        for (int i = 0; i < Activations.TRIES; i++) {
            assertThat(activate(owner, "AAAA-AAAA")).isEqualTo(new Outcome.UnknownCode());
        }

        assertThat(activate(owner, code))
                .isEqualTo(new Outcome.TooManyTries(clock.instant().plus(Activations.TRIES_WITHIN)));
        clock.advance(Activations.TRIES_WITHIN);
        assertThat(activate(owner, code)).isEqualTo(new Outcome.Expired());
    }

    @Test
    void anotherMerchantsStoreDoesNotExistAndACashierMayNot() {
        var owner = fixtures.owner("店");
        var stranger = fixtures.owner("另一家");
        var code = shown(delivered(owner), "key").code();

        assertThatThrownBy(() -> activations.activate(
                        stranger.actor(), code, owner.store().id(), "柜台"))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> activations.activate(
                        fixtures.staff(Role.SERVICE), code, owner.store().id(), "柜台"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void twoAtTheSameMomentActivateOnce() throws Exception {
        var owner = fixtures.owner("店");
        var serial = delivered(owner);
        var first = shown(serial, "key").code();
        var second = shown(serial, "second key").code();

        try (var threads = Executors.newFixedThreadPool(2)) {
            var outcomes = threads.invokeAll(
                    List.<Callable<Outcome>>of(() -> activate(owner, first), () -> activate(owner, second)));
            var classes = List.of(
                    outcomes.get(0).get().getClass(), outcomes.get(1).get().getClass());
            assertThat(classes).containsOnlyOnce(Outcome.Activated.class).contains(Outcome.BoundElsewhere.class);
        }
        assertThat(terminals.list(owner.actor(), owner.store().id())).hasSize(1);
    }

    @Test
    void unbindingKillsTheCredentialAndTheNextBindingHasAnother() {
        var owner = fixtures.owner("店");
        var serial = delivered(owner);
        activate(owner, shown(serial, "key").code());
        var before = (Progress.Activated) poll(serial, "key");
        var terminal = terminals.terminal(Fixtures.SYSTEM, before.terminal());

        terminals.unbind(fixtures.staff(Role.SERVICE), terminal.id(), "换店", terminal.version());

        assertThat(activations.credentialValid(before.publicId(), before.token()))
                .isFalse();
        assertThat(poll(serial, "key")).isEqualTo(new Progress.AnnounceAgain());
        activate(owner, shown(serial, "key").code());
        var after = (Progress.Activated) poll(serial, "key");
        assertThat(after.token()).isNotEqualTo(before.token());
        assertThat(terminals.bindings(owner.actor(), terminal.id()))
                .extracting(Binding::revision, Binding::endedBecause)
                .containsExactly(tuple(2, null), tuple(1, "换店"));
    }

    /** The merchant of each entry. */
    private List<@Nullable Long> contests(Serial serial) {
        List<@Nullable Long> merchants = new ArrayList<>();
        var terminal = terminals.bySerial(Fixtures.SYSTEM, serial).orElseThrow().id();
        db.select(AUDIT_ENTRY.MERCHANT_ID)
                .from(AUDIT_ENTRY)
                .where(AUDIT_ENTRY.ACTION.eq("terminal.contested"))
                .and(AUDIT_ENTRY.SUBJECT.eq(terminal.toString()))
                .orderBy(AUDIT_ENTRY.ID)
                .forEach(row -> merchants.add(row.value1()));
        return merchants;
    }

    private Serial stocked() {
        var serial = new Serial("T" + Ids.next());
        assertThat(inventory
                        .stockIn(Fixtures.SYSTEM, MODEL, List.of(serial.value()), false)
                        .count(Inventory.Verdict.OK))
                .isOne();
        return serial;
    }

    private Serial shipped(Owner owner) {
        var serial = stocked();
        var terminal = ((Allocation.Allocated) inventory.allocate(Fixtures.SYSTEM, serial, MODEL, owner.merchant()))
                .terminal();
        inventory.move(Fixtures.SYSTEM, terminal.id(), TerminalState.PACKED, "test");
        inventory.move(Fixtures.SYSTEM, terminal.id(), TerminalState.SHIPPED, "test");
        return serial;
    }

    private Serial delivered(Owner owner) {
        var serial = shipped(owner);
        var id = terminals.bySerial(Fixtures.SYSTEM, serial).orElseThrow().id();
        inventory.move(Fixtures.SYSTEM, id, TerminalState.DELIVERED, "test");
        return serial;
    }

    private Announcement announce(String serial, String key) {
        return activations.announce(Fixtures.SYSTEM, serial, CLASS, key);
    }

    private Announcement.ShowCode shown(Serial serial, String key) {
        return (Announcement.ShowCode) announce(serial.value(), key);
    }

    private Progress poll(Serial serial, String key) {
        return activations.poll(Fixtures.SYSTEM, serial.value(), key);
    }

    private Outcome activate(Owner owner, String code) {
        return activations.activate(owner.actor(), code, owner.store().id(), "柜台");
    }
}
