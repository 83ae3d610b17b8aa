package dev.zhanggui.portal.webhook.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Toast;

/** A secret, this once. It closes only by the button that says it was copied. */
class SecretDialog extends Dialog {

    /** Some browsers lend the clipboard only to secure pages, and only during the click itself. */
    private static final String COPY = """
            this.addEventListener('click', async () => {
              try {
                await navigator.clipboard.writeText($0);
              } catch (e) {
                const field = document.createElement('textarea');
                field.value = $0;
                this.after(field);
                field.select();
                document.execCommand('copy');
                field.remove();
              }
              this.dispatchEvent(new CustomEvent('zg-copied'));
            });
            """;

    SecretDialog(String secret) {
        setHeaderTitle(getTranslation("webhook.secret.title"));
        setCloseOnEsc(false);
        setCloseOnOutsideClick(false);
        var text = new Div(secret);
        text.setId("webhook-secret");
        text.addClassNames("zg-mono", "zg-webhook-secret");
        var copy = new Button(getTranslation("webhook.secret.copy"), Glyph.COPY.icon());
        copy.getElement().executeJs(COPY, secret);
        copy.getElement().addEventListener("zg-copied", event -> Toast.done(getTranslation("webhook.secret.copied")));
        var content = new Div(new Paragraph(getTranslation("webhook.secret.once")), text, copy);
        content.addClassName("zg-stack");
        add(content);
        var done = new Button(getTranslation("webhook.secret.done"), click -> close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(done);
        addClassName("zg-webhook-dialog");
    }
}
