package dev.zhanggui.portal.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.TestClock;
import dev.zhanggui.portal.terminal.Inventory.Allocation;
import dev.zhanggui.portal.terminal.Inventory.Row;
import dev.zhanggui.portal.terminal.Inventory.Verdict;
import dev.zhanggui.portal.terminal.Terminals.Sighting;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class InventoryTest extends DatabaseTest {

    private static final ModelId MODEL = new ModelId("lakala-esign");

    @Autowired
    Inventory inventory;

    @Autowired
    Terminals terminals;

    @Autowired
    Fixtures fixtures;

    @Test
    void everyLineGetsItsVerdictAndGoodOnesGoInWhateverTheOthersAre() {
        var clerk = fixtures.staff(Role.WAREHOUSE);
        var known = "K" + Ids.next();
        var fresh = "F" + Ids.next();
        inventory.stockIn(clerk, MODEL, List.of(known), false);

        var result = inventory.stockIn(
                clerk, MODEL, List.of(fresh, "", known, fresh.toLowerCase(), "ABC", "A_B_C_D_E"), false);

        assertThat(result.rows())
                .extracting(Row::line, Row::verdict)
                .containsExactly(
                        tuple(1, Verdict.OK),
                        tuple(3, Verdict.KNOWN),
                        tuple(4, Verdict.TWICE_HERE),
                        tuple(5, Verdict.BAD_LENGTH),
                        tuple(6, Verdict.BAD_CHARACTERS));
        assertThat(terminals.bySerial(clerk, new Serial(fresh)).orElseThrow().state())
                .isEqualTo(TerminalState.IN_STOCK);
    }

    @Test
    void aDryRunReportsTheSameAndTakesNothingIn() {
        var clerk = fixtures.staff(Role.WAREHOUSE);
        var serial = "D" + Ids.next();

        var dry = inventory.stockIn(clerk, MODEL, List.of(serial, serial), true);

        assertThat(dry.rows()).extracting(Row::verdict).containsExactly(Verdict.OK, Verdict.TWICE_HERE);
        assertThat(terminals.bySerial(clerk, new Serial(serial))).isEmpty();
    }

    @Test
    void thousandsGoInAtOnceAndNotTwice() {
        var clerk = fixtures.staff(Role.WAREHOUSE);
        var prefix = "M" + Ids.next();
        var lines = IntStream.range(0, 2_000)
                .mapToObj(i -> prefix + "%04d".formatted(i))
                .toList();

        assertThat(inventory.stockIn(clerk, MODEL, lines, false).count(Verdict.OK))
                .isEqualTo(2_000);
        assertThat(inventory.stockIn(clerk, MODEL, lines, false).count(Verdict.KNOWN))
                .isEqualTo(2_000);
    }

    @Test
    void onlyTheWarehouseTakesIn() {
        assertThatThrownBy(() -> inventory.stockIn(fixtures.staff(Role.SERVICE), MODEL, List.of(), false))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> inventory.inStock(fixtures.owner("店").actor()))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void aModelNotInTheCatalogueDoesNotExist() {
        assertThatThrownBy(() -> inventory.stockIn(Fixtures.SYSTEM, new ModelId("no-such"), List.of(), true))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void allocationSaysExactlyWhyNot() {
        var merchant = fixtures.owner("店").merchant();
        var serial = stocked();

        assertThat(inventory.allocate(Fixtures.SYSTEM, new Serial("NOSUCH" + Ids.next()), MODEL, merchant))
                .isEqualTo(new Allocation.UnknownSerial());
        assertThat(inventory.allocate(Fixtures.SYSTEM, serial, new ModelId("lakala-mpos"), merchant))
                .isEqualTo(new Allocation.WrongModel(MODEL));
        assertThat(inventory.allocate(Fixtures.SYSTEM, serial, MODEL, merchant))
                .isInstanceOf(Allocation.Allocated.class);
        assertThat(inventory.allocate(Fixtures.SYSTEM, serial, MODEL, merchant))
                .isEqualTo(new Allocation.NotInStock(TerminalState.ALLOCATED));
    }

    @Test
    void aTerminalMovesOnlyAlongItsLife() {
        var id = terminals.bySerial(Fixtures.SYSTEM, stocked()).orElseThrow().id();

        assertThatThrownBy(() -> inventory.move(Fixtures.SYSTEM, id, TerminalState.SHIPPED, "test"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> inventory.move(Fixtures.SYSTEM, id, TerminalState.ACTIVE, "test"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anotherMerchantsTerminalDoesNotExist() {
        var owner = fixtures.owner("店");
        var stranger = fixtures.owner("另一家");
        var terminal = ((Allocation.Allocated) inventory.allocate(Fixtures.SYSTEM, stocked(), MODEL, owner.merchant()))
                .terminal();

        assertThat(terminals.byPublicId(owner.actor(), terminal.publicId())).isEqualTo(terminal);
        assertThatThrownBy(() -> terminals.byPublicId(stranger.actor(), terminal.publicId()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> terminals.list(stranger.actor(), owner.store().id()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> terminals.bySerial(owner.actor(), terminal.serial()))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void anOldVersionIsNotRenamed() {
        var owner = fixtures.owner("店");
        var id = terminals.bySerial(Fixtures.SYSTEM, stocked()).orElseThrow().id();

        assertThatThrownBy(() -> terminals.rename(owner.actor(), id, "柜台", 1)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> terminals.unbind(Fixtures.SYSTEM, id, "test", 1))
                .isInstanceOf(NotFoundException.class)
                .isNotInstanceOf(LostUpdateException.class);
    }

    @Test
    void theNewestSightingCountsAndSinceMovesOnlyWhenItComesOrGoes() {
        var terminal = terminals.bySerial(Fixtures.SYSTEM, stocked()).orElseThrow();
        var t0 = TestClock.START;

        seen(terminal, true, 0, "1.0");
        seen(terminal, true, 60, null);
        seen(terminal, false, 30, null);
        var online = terminals.terminal(Fixtures.SYSTEM, terminal.id()).presence();
        assertThat(online).isEqualTo(new Terminal.Presence(true, t0, t0.plusSeconds(60), "1.0", null));

        seen(terminal, false, 90, null);
        assertThat(terminals.terminal(Fixtures.SYSTEM, terminal.id()).presence())
                .isEqualTo(new Terminal.Presence(false, t0.plusSeconds(90), t0.plusSeconds(90), "1.0", null));
    }

    private void seen(Terminal terminal, boolean online, int second, @Nullable String firmware) {
        terminals.seen(
                Fixtures.SYSTEM,
                List.of(new Sighting(
                        terminal.publicId(), online, TestClock.START.plusSeconds(second), firmware, null)));
    }

    private Serial stocked() {
        var serial = new Serial("I" + Ids.next());
        inventory.stockIn(Fixtures.SYSTEM, MODEL, List.of(serial.value()), false);
        return serial;
    }
}
