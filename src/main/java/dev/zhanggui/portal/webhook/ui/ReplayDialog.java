package dev.zhanggui.portal.webhook.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks from when on what was stopped is sent again. */
class ReplayDialog extends Dialog {

    /** How far back. */
    private enum Reach {
        DAY(Duration.ofDays(1)),
        THREE_DAYS(Duration.ofDays(3)),
        ALL(Duration.ofDays(31));

        private final Duration back;

        Reach(Duration back) {
            this.back = back;
        }
    }

    ReplayDialog(Consumer<Duration> replay) {
        setHeaderTitle(getTranslation("webhook.replayAll"));
        var reach = new RadioButtonGroup<Reach>();
        reach.setLabel(getTranslation("webhook.replayAll.since"));
        reach.setItems(Reach.values());
        reach.setItemLabelGenerator(it -> getTranslation("webhook.replayAll." + it));
        reach.setValue(Reach.DAY);
        var content = new Div(new Paragraph(getTranslation("webhook.replayAll.about")), reach);
        content.addClassName("zg-stack");
        add(content);
        var send = new Button(getTranslation("webhook.replay"), click -> {
            close();
            replay.accept(reach.getValue().back);
        });
        send.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(getTranslation("webhook.replayAll.cancel"), click -> close()), send);
        addClassName("zg-webhook-dialog");
    }
}
