package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;

/**
 * Personal data that shows itself masked; an eye asks for the reason, and the reveal that follows is the owner's service call,
 * which writes the read into the audit record before it answers.
 */
public class MaskedValue extends Span {

    private static final int SHORTEST_REASON = 4;
    private static final int LONGEST_REASON = 200;

    private final Span value = new Span();
    private final Button eye = new Button(Glyph.EYE.icon());
    private final String masked;

    /** Reads the value in clear for a stated reason. */
    @FunctionalInterface
    public interface Reveal {
        String inClear(String reason);
    }

    public MaskedValue(String masked, Reveal reveal) {
        this.masked = masked;
        addClassNames("zg-masked", "zg-nowrap");
        value.setText(masked);
        eye.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        eye.setAriaLabel(getTranslation("uikit.masked.show"));
        eye.setTooltipText(getTranslation("uikit.masked.show"));
        eye.addClickListener(click -> ask(reveal));
        add(value, eye);
    }

    private void ask(Reveal reveal) {
        if (!value.getText().equals(masked)) {
            value.setText(masked);
            return;
        }
        var dialog = new Dialog(getTranslation("uikit.masked.title"));
        var reason = new TextArea(getTranslation("uikit.masked.reason"));
        reason.setMaxLength(LONGEST_REASON);
        reason.setWidthFull();
        var show = new Button(getTranslation("uikit.masked.confirm"), click -> {
            var words = reason.getValue().strip();
            if (words.length() < SHORTEST_REASON) {
                reason.setErrorMessage(getTranslation("uikit.masked.tooShort"));
                reason.setInvalid(true);
                return;
            }
            dialog.close();
            value.setText(reveal.inClear(words));
        });
        show.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.add(new Paragraph(getTranslation("uikit.masked.explain")), reason);
        dialog.getFooter().add(new Button(getTranslation("uikit.cancel"), click -> dialog.close()), show);
        dialog.open();
        reason.focus();
    }
}
