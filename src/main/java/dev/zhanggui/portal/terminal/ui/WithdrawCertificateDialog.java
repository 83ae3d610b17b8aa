package dev.zhanggui.portal.terminal.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import dev.zhanggui.portal.uikit.Toast;
import java.util.function.Supplier;

/** Says what will happen to which terminal, and asks why and whether it may come back by itself. */
class WithdrawCertificateDialog extends Dialog {

    WithdrawCertificateDialog(
            TerminalCertificates certificates, Supplier<Actor> actor, Terminal terminal, String name, Runnable done) {
        addClassName("zg-dialog");
        setHeaderTitle(say("title", name));
        var why = new TextArea(say("why"));
        why.setMaxLength(TerminalCertificates.LONGEST_REASON);
        why.setWidthFull();
        why.setRequiredIndicatorVisible(true);
        var mayReturn = new Checkbox(say("mayReturn"));
        mayReturn.setHelperText(say("mayReturn.help"));
        var go = new Button(say("do", name));
        go.addClassName("zg-danger");
        go.setDisableOnClick(true);
        go.addClickListener(click -> {
            if (why.getValue().isBlank()) {
                why.setErrorMessage(say("why.needed"));
                why.setInvalid(true);
                why.focus();
                go.setEnabled(true);
                return;
            }
            close();
            switch (certificates.withdraw(actor.get(), terminal.id(), why.getValue(), mayReturn.getValue())) {
                case DONE -> Toast.done(say("done", name));
                case NOTHING_GOOD -> Toast.failed(say("nothing"), say("nothing.todo"));
            }
            done.run();
        });
        var form = new Div(new Paragraph(say("effect")), why, mayReturn);
        form.addClassName("zg-stack");
        add(form);
        getFooter().add(new Button(getTranslation("uikit.cancel"), click -> close()), go);
    }

    private String say(String key, Object... values) {
        return getTranslation("terminal.certificate.withdraw." + key, values);
    }
}
