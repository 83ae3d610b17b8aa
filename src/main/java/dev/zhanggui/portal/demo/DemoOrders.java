package dev.zhanggui.portal.demo;

import static dev.zhanggui.portal.demo.DemoPeople.DEMO;

import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.ordering.Delivery;
import dev.zhanggui.portal.ordering.NewOrder;
import dev.zhanggui.portal.ordering.OrderId;
import dev.zhanggui.portal.ordering.OrderState;
import dev.zhanggui.portal.ordering.Orders;
import dev.zhanggui.portal.ordering.Recipient;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.ModelId;
import java.util.List;

/** Orders at the packing bench, one at each of its first two steps, so that its first day is not empty. */
@DemoOnly
class DemoOrders {

    private final Orders orders;
    private final Inventory inventory;

    DemoOrders(Orders orders, Inventory inventory) {
        this.orders = orders;
        this.inventory = inventory;
    }

    /** After the shelf is filled: the second order gets its machine. */
    void place(DemoShops.Opened shops) {
        place("demo-1", shops.fruit(), "林阿姨", DemoPeople.OTHER_OWNER, "lakala-scan", "lakala-yimatong");
        var smart = new ModelId("lakala-smart");
        var order = place("demo-2", shops.noodles(), "陈师傅", DemoPeople.OWNER, smart.value());
        if (orders.order(DEMO, order).state() == OrderState.PLACED) {
            inventory
                    .oldest(DEMO, smart, 1)
                    .forEach(machine ->
                            orders.allocate(DEMO, order, machine.serial().value()));
        }
    }

    private OrderId place(String reference, Store store, String name, String phone, String... models) {
        return orders.place(
                DEMO,
                new NewOrder(
                        reference,
                        store.merchantId(),
                        store.id(),
                        List.of(models).stream().map(ModelId::new).toList(),
                        Delivery.POST,
                        new Recipient(name, Phone.check(phone).orThrow(), "湖南省长沙市芙蓉区" + store.address())));
    }
}
