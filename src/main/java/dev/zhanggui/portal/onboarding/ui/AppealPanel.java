package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.zhanggui.portal.uikit.Section;
import java.util.function.Predicate;

/** Asking another reviewer to look again, in one's own words. */
class AppealPanel extends Section {

    private static final int LONGEST_REASON = 300;

    /** @param appeal answers false when the reason is missing */
    AppealPanel(Predicate<String> appeal) {
        super(UI.getCurrent().getTranslation("onboarding.appeal"));
        var explain = new Paragraph(getTranslation("onboarding.appeal.explain"));
        explain.addClassName("zg-muted");
        var reason = new TextArea(getTranslation("onboarding.appeal.reason"));
        reason.setMaxLength(LONGEST_REASON);
        reason.setWidthFull();
        reason.setValueChangeMode(ValueChangeMode.ON_BLUR);
        var send = new Button(getTranslation("onboarding.appeal.send"), click -> {
            reason.setInvalid(false);
            if (!appeal.test(reason.getValue().strip())) {
                reason.setErrorMessage(getTranslation("onboarding.appeal.reasonMissing"));
                reason.setInvalid(true);
                reason.focus();
            }
        });
        send.addClassName("zg-wide");
        add(explain, reason, send);
    }
}
