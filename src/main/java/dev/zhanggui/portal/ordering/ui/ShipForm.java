package dev.zhanggui.portal.ordering.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.zhanggui.portal.ordering.Carrier;
import dev.zhanggui.portal.ordering.Carrier.Look;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import java.util.function.BiConsumer;

/** Carrier and tracking number; an unusual number is pointed out and may be sent all the same. */
class ShipForm extends Div {

    private static final int LONGEST = 40;

    private final Select<Carrier> carrier = new Select<>();
    private final TextField number = new TextField();
    private final Div doubt = new Div();

    ShipForm(BiConsumer<Carrier, String> send) {
        addClassName("warehouse-ship");
        var button = new Button(getTranslation("warehouse.ship.send"));

        carrier.setLabel(getTranslation("warehouse.ship.carrier"));
        carrier.setItems(Carrier.values());
        carrier.setItemLabelGenerator(item -> item.displayName().in(getLocale()));
        carrier.setValue(Carrier.SF);
        number.setLabel(getTranslation("warehouse.ship.number"));
        number.setMaxLength(LONGEST);
        number.setValueChangeMode(ValueChangeMode.LAZY);
        button.addThemeVariants(ButtonVariant.PRIMARY);
        button.addClassName("warehouse-big");

        carrier.addValueChangeListener(change -> look());
        number.addValueChangeListener(change -> look());
        button.addClickListener(click -> send.accept(carrier.getValue(), number.getValue()));

        var fields = new Div(carrier, number);
        fields.addClassName("fields");
        add(fields, doubt, button);
    }

    /** What the scanner read: the carrier follows from its prefix where it has one. */
    void scanned(String text) {
        var normal = Carrier.normalise(text);
        var guess = Carrier.guess(normal);
        if (guess != Carrier.OTHER) {
            carrier.setValue(guess);
        }
        number.setValue(normal);
    }

    private void look() {
        doubt.removeAll();
        var text = Carrier.normalise(number.getValue());
        if (!text.isEmpty() && carrier.getValue().look(text) != Look.PLAUSIBLE) {
            doubt.add(new Note(
                    Meaning.ATTEND,
                    getTranslation("ordering.tracking." + carrier.getValue().look(text)),
                    getTranslation("warehouse.ship.doubt")));
        }
    }
}
