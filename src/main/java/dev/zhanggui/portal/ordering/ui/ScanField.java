package dev.zhanggui.portal.ordering.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.zhanggui.portal.uikit.Glyph;
import java.util.function.Consumer;

/** The one field of the warehouse: a scanner types into it and ends with Enter; hands may do the same. */
@JavaScript("context://app/sound.js")
class ScanField extends Div {

    private static final int LONGEST = 64;

    private final TextField field = new TextField();

    ScanField(String label, String placeholder, Consumer<String> scanned) {
        addClassName("warehouse-scan");
        var confirm = new Button(getTranslation("warehouse.scan.confirm"));

        field.setAriaLabel(label);
        field.setPlaceholder(placeholder);
        field.setMaxLength(LONGEST);
        field.setAutofocus(true);
        field.setValueChangeMode(ValueChangeMode.EAGER);
        field.setPrefixComponent(Glyph.QR.icon());
        field.getElement().setAttribute("autocomplete", "off");
        field.getElement().setAttribute("autocapitalize", "characters");
        confirm.addClickShortcut(Key.ENTER).listenOn(field);
        confirm.addClickListener(click -> {
            var text = field.getValue().strip();
            field.clear();
            field.focus();
            if (!text.isEmpty()) {
                scanned.accept(text);
            }
        });

        add(field, confirm);
    }
}
