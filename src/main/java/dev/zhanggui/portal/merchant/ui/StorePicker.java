package dev.zhanggui.portal.merchant.ui;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.QueryParameters;
import dev.zhanggui.portal.merchant.Store;
import java.util.List;

/** The store's name; where there are several, the choice among them, which opens the same page for the other store. */
public class StorePicker extends Composite<Div> {

    public StorePicker(ChosenStore chosen, Store current) {
        this(chosen, current, chosen.all());
    }

    private StorePicker(ChosenStore chosen, Store current, List<Store> stores) {
        getContent().addClassName("zg-store-picker");
        if (stores.size() < 2) {
            getContent().add(new Span(current.name()));
            return;
        }
        var select = new Select<Store>();
        select.setItems(stores);
        select.setItemLabelGenerator(Store::name);
        stores.stream()
                .filter(store -> store.id().equals(current.id()))
                .findFirst()
                .ifPresent(select::setValue);
        select.setAriaLabel(getTranslation("merchant.store.choose"));
        select.addValueChangeListener(change -> {
            if (change.isFromClient() && change.getValue() != null) {
                chosen.choose(change.getValue());
                getUI().ifPresent(ui -> ui.navigate(
                        ui.getInternals().getActiveViewLocation().getPath(),
                        QueryParameters.of(
                                ChosenStore.PARAMETER, change.getValue().publicId())));
            }
        });
        getContent().add(select);
    }
}
