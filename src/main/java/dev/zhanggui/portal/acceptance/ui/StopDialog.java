package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.RevocationReason;
import java.util.List;
import java.util.function.BiConsumer;

/** Names what will stop, says that it is for good, and asks why; with a new plate in its place or without. */
final class StopDialog extends Dialog {

    private StopDialog(
            String key, List<RevocationReason> reasons, QrCode code, BiConsumer<RevocationReason, String> stop) {
        setHeaderTitle(getTranslation(key + ".title", code.place(), code.numberText()));
        var reason = new RadioButtonGroup<RevocationReason>();
        reason.setLabel(getTranslation("codes.stop.why"));
        reason.addThemeVariants(RadioGroupVariant.LUMO_VERTICAL);
        reason.setItems(reasons);
        reason.setItemLabelGenerator(why -> getTranslation("codes.reason." + why));
        reason.setRequiredIndicatorVisible(true);
        var note = new TextField(getTranslation("codes.stop.note"));
        note.setMaxLength(200);
        note.setWidthFull();
        var content = new Div(new Paragraph(getTranslation(key + ".explain")), reason, note);
        content.addClassName("zg-stack");
        add(content);

        var button = new Button(getTranslation(key + ".do", code.place()), click -> {
            if (reason.isEmpty()) {
                reason.setErrorMessage(getTranslation("codes.stop.why.missing"));
                reason.setInvalid(true);
            } else {
                close();
                stop.accept(reason.getValue(), note.getValue());
            }
        });
        button.addClassName("zg-danger");
        reason.addValueChangeListener(change -> reason.setInvalid(false));
        getFooter().add(new Button(getTranslation("codes.stop.not"), click -> close()), button);
    }

    static StopDialog stop(QrCode code, BiConsumer<RevocationReason, String> stop) {
        return new StopDialog("codes.stop", List.of(RevocationReason.values()), code, stop);
    }

    /** "Replaced" says itself, and what is not needed needs no successor. */
    static StopDialog replace(QrCode code, BiConsumer<RevocationReason, String> replace) {
        return new StopDialog(
                "codes.replace",
                List.of(RevocationReason.DAMAGED, RevocationReason.LOST, RevocationReason.TAMPERED),
                code,
                replace);
    }
}
