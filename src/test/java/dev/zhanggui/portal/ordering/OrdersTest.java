package dev.zhanggui.portal.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.ordering.Carrier.Look;
import dev.zhanggui.portal.ordering.Orders.AllocateOutcome;
import dev.zhanggui.portal.ordering.Orders.MoveOutcome;
import dev.zhanggui.portal.ordering.Orders.PackOutcome;
import dev.zhanggui.portal.ordering.Orders.ReceiptOutcome;
import dev.zhanggui.portal.ordering.Orders.ShipOutcome;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.Fixtures.Owner;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.TerminalState;
import dev.zhanggui.portal.terminal.Terminals;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class OrdersTest extends DatabaseTest {

    private static final ModelId SCAN = new ModelId("lakala-scan");
    private static final ModelId MPOS = new ModelId("lakala-mpos");

    @Autowired
    Orders orders;

    @Autowired
    Inventory inventory;

    @Autowired
    Terminals terminals;

    @Autowired
    Fixtures fixtures;

    private Actor clerk;

    @BeforeEach
    void clockIn() {
        clerk = fixtures.staff(Role.WAREHOUSE);
    }

    @Test
    void anOrderIsPlacedOncePerReferenceAndIsDueOnTheNextWorkingDay() {
        var owner = fixtures.owner("巷口牛肉面");
        var order = order(owner, SCAN);

        var id = orders.place(Fixtures.SYSTEM, order);

        assertThat(orders.place(Fixtures.SYSTEM, order)).isEqualTo(id);
        var placed = orders.order(clerk, id);
        assertThat(placed.number()).matches("ZO2603\\d{4,}");
        assertThat(placed.storeName()).isEqualTo("巷口牛肉面");
        assertThat(placed.recipientMasked()).isEqualTo("陈* " + owner.phone().masked());
        assertThat(placed.addressMasked()).isEqualTo("长沙市芙蓉区解放路 ** 号");
        assertThat(placed.due()).isEqualTo(Instant.parse("2026-03-17T10:00:00Z"));
        assertThat(orders.byReference(owner.actor(), order.reference())).contains(placed);
    }

    @Test
    void aStoreOfAnotherMerchantCannotBeSentTo() {
        var owner = fixtures.owner("店");
        var other = fixtures.owner("另一家");

        assertThatThrownBy(() -> orders.place(
                        Fixtures.SYSTEM,
                        new NewOrder(
                                "R" + Ids.next(),
                                owner.merchant(),
                                other.store().id(),
                                List.of(SCAN),
                                Delivery.POST,
                                recipient(owner))))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void anOrderGoesFromTheShelfIntoTheMerchantsHands() {
        var owner = fixtures.owner("店");
        var id = placed(owner, SCAN);
        var serial = stocked(SCAN);

        assertThat(orders.allocate(clerk, id, serial.value().toLowerCase()))
                .isEqualTo(new AllocateOutcome.Allocated(serial, 0));
        assertThat(orders.pack(clerk, id, serial.value())).isEqualTo(new PackOutcome.Packed(serial, SCAN, 0));
        var tracking = tracking();
        assertThat(orders.ship(clerk, id, Carrier.SF, " " + tracking.toLowerCase() + " "))
                .isEqualTo(new ShipOutcome.Shipped(tracking, Look.PLAUSIBLE, Instant.parse("2026-03-19T10:00:00Z")));
        assertThat(stateOf(serial)).isEqualTo(TerminalState.SHIPPED);
        assertThat(orders.move(clerk, id, OrderState.AT_LOCKER, "三号柜"))
                .isEqualTo(new MoveOutcome.Moved(OrderState.AT_LOCKER));
        assertThat(orders.confirmReceipt(owner.actor(), id)).isEqualTo(new ReceiptOutcome.Received());
        assertThat(orders.confirmReceipt(owner.actor(), id)).isEqualTo(new ReceiptOutcome.Received());

        assertThat(stateOf(serial)).isEqualTo(TerminalState.DELIVERED);
        assertThat(orders.order(owner.actor(), id).due()).isNull();
        assertThat(orders.events(owner.actor(), id))
                .extracting(Order.Event::state)
                .containsExactly(
                        OrderState.PLACED,
                        OrderState.ALLOCATED,
                        OrderState.PACKED,
                        OrderState.SHIPPED,
                        OrderState.AT_LOCKER,
                        OrderState.RECEIVED);
    }

    @Test
    void anOrderOfTwoMachinesIsReadyWhenBothAre() {
        var id = placed(fixtures.owner("店"), SCAN, MPOS);
        var scan = stocked(SCAN);
        var mpos = stocked(MPOS);

        assertThat(orders.allocate(clerk, id, mpos.value())).isEqualTo(new AllocateOutcome.Allocated(mpos, 1));
        assertThat(orders.pack(clerk, id, mpos.value())).isEqualTo(new PackOutcome.NotNow(OrderState.PLACED));
        assertThat(orders.allocate(clerk, id, scan.value())).isEqualTo(new AllocateOutcome.Allocated(scan, 0));
        assertThat(orders.pack(clerk, id, scan.value())).isEqualTo(new PackOutcome.Packed(scan, SCAN, 1));
        assertThat(orders.pack(clerk, id, scan.value())).isEqualTo(new PackOutcome.AlreadyPacked(scan));
        assertThat(orders.ship(clerk, id, Carrier.SF, tracking()))
                .isEqualTo(new ShipOutcome.NotNow(OrderState.ALLOCATED));
        assertThat(orders.pack(clerk, id, mpos.value())).isEqualTo(new PackOutcome.Packed(mpos, MPOS, 0));
    }

    @Test
    void allocationSaysExactlyWhyNot() {
        var id = placed(fixtures.owner("店"), SCAN);
        var mpos = stocked(MPOS);
        var unknown = new Serial("NOSUCH" + Ids.next());
        var gone = stocked(SCAN);
        orders.allocate(clerk, placed(fixtures.owner("另一家"), SCAN), gone.value());

        assertThat(orders.allocate(clerk, id, "??")).isEqualTo(new AllocateOutcome.Malformed());
        assertThat(orders.allocate(clerk, id, unknown.value())).isEqualTo(new AllocateOutcome.UnknownSerial(unknown));
        assertThat(orders.allocate(clerk, id, mpos.value())).isEqualTo(new AllocateOutcome.WrongModel(mpos, MPOS));
        assertThat(orders.allocate(clerk, id, gone.value()))
                .isEqualTo(new AllocateOutcome.NotInStock(gone, TerminalState.ALLOCATED));
        orders.allocate(clerk, id, stocked(SCAN).value());
        assertThat(orders.allocate(clerk, id, stocked(SCAN).value()))
                .isEqualTo(new AllocateOutcome.NotNow(OrderState.ALLOCATED));
    }

    @Test
    void ofTwoClerksWithOneMachineOneWins() throws Exception {
        var first = placed(fixtures.owner("店"), SCAN);
        var second = placed(fixtures.owner("另一家"), SCAN);
        for (int round = 0; round < 5; round++) {
            var serial = stocked(SCAN);
            try (var threads = Executors.newFixedThreadPool(2)) {
                var outcomes = threads.invokeAll(List.<Callable<AllocateOutcome>>of(
                        () -> orders.allocate(clerk, first, serial.value()),
                        () -> orders.allocate(clerk, second, serial.value())));
                assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get()))
                        .containsExactlyInAnyOrder(
                                new AllocateOutcome.Allocated(serial, 0),
                                new AllocateOutcome.NotInStock(serial, TerminalState.ALLOCATED));
            }
            var winner = orders.order(clerk, first).state() == OrderState.ALLOCATED ? first : second;
            orders.release(clerk, winner, 1, "再来");
            assertThat(stateOf(serial)).isEqualTo(TerminalState.IN_STOCK);
        }
    }

    @Test
    void onlyTheAllocatedMachineIsPacked() {
        var id = placed(fixtures.owner("店"), SCAN);
        var right = stocked(SCAN);
        var wrong = stocked(SCAN);
        orders.allocate(clerk, id, right.value());

        assertThat(orders.pack(clerk, id, wrong.value()))
                .isEqualTo(new PackOutcome.WrongMachine(wrong.value(), List.of(right)));
        assertThat(orders.pack(clerk, id, "!!")).isEqualTo(new PackOutcome.WrongMachine("!!", List.of(right)));
        assertThat(stateOf(wrong)).isEqualTo(TerminalState.IN_STOCK);
        assertThat(orders.order(clerk, id).state()).isEqualTo(OrderState.ALLOCATED);
    }

    @Test
    void anUnusualTrackingNumberIsSentWithADoubtAndAUsedOneIsNot() {
        var first = packed(fixtures.owner("店"));
        var second = packed(fixtures.owner("另一家"));
        var number = "X" + Ids.next();

        assertThat(orders.ship(clerk, first, Carrier.SF, "  ")).isEqualTo(new ShipOutcome.Malformed());
        assertThat(orders.ship(clerk, first, Carrier.SF, "9".repeat(41))).isEqualTo(new ShipOutcome.Malformed());
        assertThat(orders.ship(clerk, first, Carrier.SF, number))
                .isInstanceOfSatisfying(
                        ShipOutcome.Shipped.class,
                        shipped -> assertThat(shipped.look()).isEqualTo(Look.UNUSUAL));
        assertThat(orders.ship(clerk, second, Carrier.SF, number))
                .isEqualTo(
                        new ShipOutcome.NumberTaken(orders.order(clerk, first).number()));
    }

    @Test
    void aReturnedParcelPutsItsMachineBackOnTheShelf() {
        var owner = fixtures.owner("店");
        var id = packed(owner);
        orders.ship(clerk, id, Carrier.SF, tracking());

        orders.move(clerk, id, OrderState.EXCEPTION, "客户拒收");
        orders.move(clerk, id, OrderState.RETURNED, "退回来了");

        var line = orders.order(clerk, id).lines().getFirst();
        assertThat(stateOf(Order.serialOf(line))).isEqualTo(TerminalState.IN_STOCK);
        assertThat(orders.confirmReceipt(owner.actor(), id)).isEqualTo(new ReceiptOutcome.NotNow(OrderState.RETURNED));
    }

    @Test
    void receiptCannotBeConfirmedBeforeItIsSent() {
        var owner = fixtures.owner("店");
        var id = packed(owner);

        assertThat(orders.confirmReceipt(owner.actor(), id)).isEqualTo(new ReceiptOutcome.NotNow(OrderState.PACKED));
        assertThat(orders.move(clerk, id, OrderState.DELIVERED, null))
                .isEqualTo(new MoveOutcome.NotNow(OrderState.PACKED));
    }

    @Test
    void anotherMerchantsOrderDoesNotExistAndMerchantsDoNotPack() {
        var owner = fixtures.owner("店");
        var stranger = fixtures.owner("另一家").actor();
        var id = placed(owner, SCAN);

        assertThatThrownBy(() -> orders.order(stranger, id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> orders.confirmReceipt(stranger, id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> orders.events(stranger, id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> orders.pack(owner.actor(), id, "ABC123456")).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> orders.inStates(owner.actor(), List.of(OrderState.PLACED), 10))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> orders.allocate(fixtures.staff(Role.REVIEWER), id, "ABC123456"))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void theRecipientIsReadInClearOnlyForAReason() {
        var owner = fixtures.owner("店");
        var id = placed(owner, SCAN);

        assertThat(orders.recipient(clerk, id, "打面单")).isEqualTo(recipient(owner));
        assertThatThrownBy(() -> orders.recipient(clerk, id, " ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> orders.recipient(owner.actor(), id, "看看")).isInstanceOf(NotAllowedException.class);
    }

    private OrderId packed(Owner owner) {
        var id = placed(owner, SCAN);
        var serial = stocked(SCAN);
        orders.allocate(clerk, id, serial.value());
        orders.pack(clerk, id, serial.value());
        return id;
    }

    private OrderId placed(Owner owner, ModelId... models) {
        return orders.place(Fixtures.SYSTEM, order(owner, models));
    }

    private static NewOrder order(Owner owner, ModelId... models) {
        return new NewOrder(
                "R" + Ids.next(),
                owner.merchant(),
                owner.store().id(),
                List.of(models),
                Delivery.POST,
                recipient(owner));
    }

    private static Recipient recipient(Owner owner) {
        return new Recipient("陈测试", owner.phone(), "长沙市芙蓉区解放路 21 号");
    }

    private static String tracking() {
        return "SF1" + "%012d".formatted(Math.floorMod(Ids.next(), 1_000_000_000_000L));
    }

    private Serial stocked(ModelId model) {
        var serial = new Serial("O" + Ids.next());
        inventory.stockIn(Fixtures.SYSTEM, model, List.of(serial.value()), false);
        return serial;
    }

    private TerminalState stateOf(Serial serial) {
        return terminals.bySerial(Fixtures.SYSTEM, serial).orElseThrow().state();
    }
}
