package dev.zhanggui.portal.ordering.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.ordering.Order;
import dev.zhanggui.portal.ordering.Recipient;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.LocalText;
import dev.zhanggui.portal.uikit.MaskedValue;
import dev.zhanggui.portal.uikit.Section;
import java.util.LinkedHashMap;
import java.util.function.Function;

/** What goes into the box and whom it goes to. */
class PackingSlip extends Div {

    /** @param inClear reads the recipient for a stated reason, on record */
    PackingSlip(Order order, Catalogue catalogue, Function<String, Recipient> inClear) {
        addClassName("warehouse-side");
        add(label(order, inClear), contents(order, catalogue));
    }

    private Section label(Order order, Function<String, Recipient> inClear) {
        var mark = new Span(getTranslation("warehouse.slip.to"));
        mark.addClassName("mark");
        mark.getElement().setAttribute("aria-hidden", "true");
        var who = new MaskedValue(order.recipientMasked() + " · " + order.addressMasked(), reason -> {
            var recipient = inClear.apply(reason);
            return recipient.name() + " · " + recipient.phone().national() + " · " + recipient.address();
        });
        var to = new Div(mark, who);
        to.addClassName("to");
        var number = new Div(order.number());
        number.addClassName("number");
        var from = new Div(new Span(getTranslation("warehouse.slip.from")), new Span(order.storeName()));
        from.addClassNames("from", "zg-small", "zg-muted");
        var paper = new Div(to, number, from);
        paper.addClassName("warehouse-label");
        return new Section(getTranslation("warehouse.slip.title"), paper);
    }

    private Section contents(Order order, Catalogue catalogue) {
        var counted = new LinkedHashMap<LocalText, Integer>();
        for (var line : order.lines()) {
            for (var item : catalogue.model(line.model()).box()) {
                counted.merge(item.name(), item.count(), Integer::sum);
            }
        }
        var list = new Div();
        list.addClassName("warehouse-box");
        counted.forEach((name, count) ->
                list.add(new Checkbox(getTranslation("warehouse.slip.item", name.in(getLocale()), count))));
        return new Section(getTranslation("warehouse.slip.contents"), list);
    }
}
