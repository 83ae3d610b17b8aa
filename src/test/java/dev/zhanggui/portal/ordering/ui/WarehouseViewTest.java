package dev.zhanggui.portal.ordering.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.ordering.Carrier;
import dev.zhanggui.portal.ordering.Delivery;
import dev.zhanggui.portal.ordering.NewOrder;
import dev.zhanggui.portal.ordering.Order;
import dev.zhanggui.portal.ordering.OrderId;
import dev.zhanggui.portal.ordering.OrderState;
import dev.zhanggui.portal.ordering.Orders;
import dev.zhanggui.portal.ordering.Recipient;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.TerminalState;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.terminal.ui.StockInView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class WarehouseViewTest extends ViewTest {

    private static final ModelId SCAN = new ModelId("lakala-scan");

    @Autowired
    Fixtures fixtures;

    @Autowired
    Accounts accounts;

    @Autowired
    Orders orders;

    @Autowired
    Inventory inventory;

    @Autowired
    Terminals terminals;

    @BeforeEach
    void clockIn() {
        signInAs(Role.WAREHOUSE);
    }

    @Test
    void anOrderIsFoundByScanningItsNumber() {
        var order = placed();
        navigate(WarehouseView.class);

        scan(order.number().toLowerCase(Locale.ROOT));

        assertThat(page()).contains(order.storeName(), "去哪里拿", "明天 18:00 前寄出");
    }

    @Test
    void aNumberThatIsNoOrderSaysSoAloud() {
        navigate(WarehouseView.class);
        scan("SF1234567890123");
        assertThat(sign()).contains("这不是订单号", "SF1234567890123");

        scan("ZO99999999");
        assertThat(sign()).contains("没有这一单", "ZO99999999");
    }

    @Test
    void anOrderIsEquippedCheckedAndSent() {
        var order = placed();
        var serial = stocked();
        open(order);

        scan(serial.value());
        assertThat(sign()).contains("配好了", serial.value());
        scan(serial.value());
        assertThat(sign()).contains("对上了", "订单要", "扫到的");
        var tracking = "SF1" + "%012d".formatted(Math.floorMod(Ids.next(), 1_000_000_000_000L));
        scan(tracking);
        assertThat($(TextField.class).withLabel("快递单号").single().getValue()).isEqualTo(tracking);
        press("寄出，告诉客户");

        assertThat(sign()).contains("寄出了", "顺丰 " + tracking);
        assertThat(orders.order(Fixtures.SYSTEM, order.id()).state()).isEqualTo(OrderState.SHIPPED);
    }

    @Test
    void theWrongMachineIsNotPackedAndTheSignSaysWhichOneToFetch() {
        var order = placed();
        var right = stocked();
        var wrong = stocked();
        orders.allocate(Fixtures.SYSTEM, order.id(), right.value());
        open(order);

        scan(wrong.value());

        assertThat(sign()).contains("不是这台", "换尾号 " + right.tail() + " 的来");
        assertThat(orders.order(Fixtures.SYSTEM, order.id()).packedCount()).isZero();
    }

    @Test
    void aMachineSomebodyElseHasIsRefusedWithItsState() {
        var order = placed();
        var taken = stocked();
        orders.allocate(Fixtures.SYSTEM, placed().id(), taken.value());
        open(order);

        scan(taken.value());

        assertThat(sign()).contains("这台不能用", "已配给订单");
        assertThat(orders.order(Fixtures.SYSTEM, order.id()).state()).isEqualTo(OrderState.PLACED);
    }

    @Test
    void anUnusualTrackingNumberIsDoubtedBeforeItIsSent() {
        var order = placed();
        var serial = stocked();
        orders.allocate(Fixtures.SYSTEM, order.id(), serial.value());
        orders.pack(Fixtures.SYSTEM, order.id(), serial.value());
        open(order);

        scan("HELLO" + Ids.next());
        assertThat(page()).contains("这个单号不像这家快递的", "确实没错也可以寄出");
        press("寄出，告诉客户");

        assertThat(orders.order(Fixtures.SYSTEM, order.id()).state()).isEqualTo(OrderState.SHIPPED);
    }

    @Test
    void whatIsTypedAboutTheParcelStaysThroughEveryRefusal() {
        var tracking = "SF1" + "%012d".formatted(Math.floorMod(Ids.next(), 1_000_000_000_000L));
        var first = packed();
        orders.ship(Fixtures.SYSTEM, first.id(), Carrier.SF, tracking);
        var order = packed();
        open(order);

        var number = $(TextField.class).withLabel("快递单号").single();
        test(number).setValue(tracking);
        press("寄出，告诉客户");
        assertThat(sign()).contains("这个单号用过了", first.number());
        assertThat($(TextField.class).withLabel("快递单号").single().getValue()).isEqualTo(tracking);

        test($(TextField.class).withLabel("快递单号").single()).setValue(" ");
        press("寄出，告诉客户");
        assertThat(sign()).contains("快递单号");
        test($(TextField.class).withLabel("快递单号").single()).setValue(tracking.replace("SF1", "SF2"));
        press("寄出，告诉客户");

        assertThat(sign()).contains("寄出了");
    }

    @Test
    void anotherOrderStartsWithAnEmptyParcel() {
        open(packed());
        test($(TextField.class).withLabel("快递单号").single()).setValue("SF1234567890123");

        open(packed());

        assertThat($(TextField.class).withLabel("快递单号").single().getValue()).isEmpty();
    }

    @Test
    void serialsAreCheckedBeforeTheyAreTakenIn() {
        var known = stocked();
        var fresh = "W" + Ids.next();
        navigate(StockInView.class);

        test($(TextArea.class).single()).setValue(fresh + "\n" + known + "\nABC\n" + fresh);
        press("先看看有没有问题");
        assertThat(page()).contains("1 台可以入库", "3 行有问题", "以前入过库", "应为 6 到 32 位", "这批里重复了");
        assertThat(terminals.bySerial(Fixtures.SYSTEM, new Serial(fresh))).isEmpty();
        press("1 台入库");

        assertThat(page()).contains("1 台入库了");
        assertThat(terminals
                        .bySerial(Fixtures.SYSTEM, new Serial(fresh))
                        .orElseThrow()
                        .state())
                .isEqualTo(TerminalState.IN_STOCK);
    }

    @Test
    void thePageSpeaksEnglishToo() {
        var order = placed();
        UI.getCurrent().setLocale(Locale.ENGLISH);
        open(order);

        assertThat(page()).contains("What to fetch", "Order " + order.number()).doesNotContain("warehouse.");
    }

    private void signInAs(Role role) {
        var created =
                accounts.createStaff(Fixtures.SYSTEM, "w" + Ids.next(), "小箱", "a long enough password", Set.of(role));
        assertThat(created).isInstanceOf(StaffCreation.Created.class);
        signIn(((StaffCreation.Created) created).account());
    }

    private Order placed() {
        var owner = fixtures.owner("巷口牛肉面");
        OrderId id = orders.place(
                Fixtures.SYSTEM,
                new NewOrder(
                        "R" + Ids.next(),
                        owner.merchant(),
                        owner.store().id(),
                        List.of(SCAN),
                        Delivery.POST,
                        new Recipient("陈测试", owner.phone(), "长沙市芙蓉区解放路 21 号")));
        return orders.order(Fixtures.SYSTEM, id);
    }

    private Order packed() {
        var order = placed();
        var serial = stocked();
        orders.allocate(Fixtures.SYSTEM, order.id(), serial.value());
        orders.pack(Fixtures.SYSTEM, order.id(), serial.value());
        return orders.order(Fixtures.SYSTEM, order.id());
    }

    private Serial stocked() {
        var serial = new Serial("V" + Ids.next());
        inventory.stockIn(Fixtures.SYSTEM, SCAN, List.of(serial.value()), false);
        return serial;
    }

    private void open(Order order) {
        navigate(WarehouseView.class, Map.of(WarehouseView.NUMBER, order.number()));
    }

    private void scan(String text) {
        var scanner = $(ScanField.class).single();
        test($(TextField.class).from(scanner).single()).setValue(text);
        test($(Button.class).from(scanner).single()).click();
    }

    private void press(String text) {
        test($(Button.class).withText(text).single()).click();
    }

    private String sign() {
        return $(ScanSign.class).single().getElement().getTextRecursively();
    }

    private String page() {
        return getCurrentView().getElement().getTextRecursively();
    }
}
