package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import dev.zhanggui.portal.onboarding.Agreement;
import dev.zhanggui.portal.onboarding.Offer;

/** Consent to exactly this sheet and exactly this agreement: read, ticked, signed. */
class SignPanel extends Div {

    /** @param sign given the fingerprints that were on the screen */
    SignPanel(Offer offer, Agreement agreement, Runnable sign) {
        addClassNames("zg-stack");
        boolean chinese = getLocale().getLanguage().equals("zh");
        var text = new Div(chinese ? agreement.textZh() : agreement.textEn());
        text.addClassName("zg-agreement");
        var full = new Details(getTranslation("onboarding.agreement.full"), text);
        var tick = new Checkbox(getTranslation("onboarding.agreement.tick", offer.agreementVersion()));
        var button = new Button(getTranslation("onboarding.agreement.sign"));
        button.addThemeVariants(ButtonVariant.PRIMARY);
        button.addClassName("zg-wide");
        button.setEnabled(false);
        button.setDisableOnClick(true);
        tick.addValueChangeListener(change -> button.setEnabled(change.getValue()));
        button.addClickListener(click -> sign.run());
        add(full, tick, button);
    }
}
