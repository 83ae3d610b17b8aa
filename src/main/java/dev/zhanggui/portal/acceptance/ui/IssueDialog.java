package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.terminal.Terminal;
import java.util.List;
import java.util.function.Consumer;

/** Asks where the new plate will be put, or to which terminal it belongs, and has it made. */
final class IssueDialog extends Dialog {

    private final TextField place = new TextField();
    private final Select<Terminal> terminal = new Select<>();

    /** Has a code made. */
    interface Maker {

        IssueOutcome ofStore(String place);

        IssueOutcome ofTerminal(Terminal terminal, String place);
    }

    /** @param terminals of the store, to choose from; without any nothing is asked */
    IssueDialog(List<Terminal> terminals, Maker maker, Consumer<QrCode> issued) {
        setHeaderTitle(getTranslation("codes.issue"));
        place.setLabel(getTranslation("codes.place"));
        place.setHelperText(getTranslation("codes.place.why"));
        place.setMaxLength(QrCodes.PLACE_MOST);
        place.setValueChangeMode(ValueChangeMode.EAGER);
        place.setWidthFull();
        place.setAutofocus(true);
        var chips = new Div();
        chips.addClassName("zg-chips");
        for (var suggestion : getTranslation("codes.place.suggestions").split("\\|")) {
            var chip = new NativeButton(suggestion, click -> place.setValue(suggestion));
            chip.addClassName("zg-chip");
            chips.add(chip);
        }
        terminal.setLabel(getTranslation("codes.issue.terminal"));
        terminal.setHelperText(getTranslation("codes.issue.terminal.why"));
        terminal.setItems(terminals);
        terminal.setItemLabelGenerator(it -> it == null ? getTranslation("codes.issue.terminal.none") : name(it));
        terminal.setEmptySelectionAllowed(true);
        terminal.setEmptySelectionCaption(getTranslation("codes.issue.terminal.none"));
        terminal.setWidthFull();
        terminal.setVisible(!terminals.isEmpty());
        terminal.addValueChangeListener(change -> {
            if (change.getValue() != null && place.isEmpty()) {
                place.setValue(name(change.getValue()));
            }
        });
        var content = new Div(new Paragraph(getTranslation("codes.issue.explain")), place, chips, terminal);
        content.addClassName("zg-stack");
        add(content);

        var make = new Button(getTranslation("codes.issue.do"), click -> {
            var of = terminal.getValue();
            switch (of == null ? maker.ofStore(place.getValue()) : maker.ofTerminal(of, place.getValue())) {
                case IssueOutcome.Issued(var code) -> {
                    close();
                    issued.accept(code);
                }
                case IssueOutcome.PlaceMissing it -> refuse(getTranslation("codes.place.missing"));
                case IssueOutcome.PlaceTooLong(var most) -> refuse(getTranslation("codes.place.tooLong", most));
                case IssueOutcome.NotBound it -> refuse(getTranslation("codes.notBound"));
            }
        });
        make.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        make.addClickShortcut(Key.ENTER);
        place.addValueChangeListener(change -> place.setInvalid(false));
        getFooter().add(new Button(getTranslation("codes.cancel"), click -> close()), make);
    }

    private static String name(Terminal terminal) {
        var seat = terminal.seat();
        return seat == null ? terminal.serial().value() : seat;
    }

    private void refuse(String why) {
        place.setErrorMessage(why);
        place.setInvalid(true);
        place.focus();
    }
}
