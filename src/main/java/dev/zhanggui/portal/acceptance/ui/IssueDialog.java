package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import java.util.function.Consumer;
import java.util.function.Function;

/** Asks where the new plate will be put, and has it made. */
final class IssueDialog extends Dialog {

    private final TextField place = new TextField();

    IssueDialog(Function<String, IssueOutcome> issue, Consumer<QrCode> issued) {
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
        var content = new Div(new Paragraph(getTranslation("codes.issue.explain")), place, chips);
        content.addClassName("zg-stack");
        add(content);

        var make = new Button(getTranslation("codes.issue.do"), click -> {
            switch (issue.apply(place.getValue())) {
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

    private void refuse(String why) {
        place.setErrorMessage(why);
        place.setInvalid(true);
        place.focus();
    }
}
