package dev.zhanggui.portal.ordering.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.ordering.Order;
import dev.zhanggui.portal.uikit.HumanTime;

/** An order in a list: whose, what, by when. */
class OrderRow extends RouterLink {

    OrderRow(Order order, HumanTime words) {
        addClassName("warehouse-row");
        setRoute(WarehouseView.class, new RouteParameters(WarehouseView.NUMBER, order.number()));
        var name = new Span(order.storeName());
        name.addClassName("zg-strong");
        var what = new Div(getTranslation(
                "warehouse.order.what",
                order.number(),
                getTranslation("ordering.delivery." + order.delivery()),
                order.lines().size()));
        what.addClassNames("zg-small", "zg-muted");
        var text = new Div(name, what);
        text.addClassName("zg-grow");
        add(text, new DuePill(order, words));
    }
}
