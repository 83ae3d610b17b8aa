package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;

/** A secret, this once. It closes only by the button that says it was copied. */
public class SecretDialog extends Dialog {

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

    /**
     * @param id of the element that holds the secret
     * @param title says that it must be copied now
     * @param explanation what it is for
     */
    public SecretDialog(String id, String title, String explanation, String secret) {
        setHeaderTitle(title);
        setCloseOnEsc(false);
        setCloseOnOutsideClick(false);
        var text = new Div(secret);
        text.setId(id);
        text.addClassNames("zg-mono", "zg-secret");
        var copy = new Button(getTranslation("uikit.secret.copy"), Glyph.COPY.icon());
        copy.getElement().executeJs(COPY, secret);
        copy.getElement().addEventListener("zg-copied", event -> Toast.done(getTranslation("uikit.secret.copied")));
        var content = new Div(new Paragraph(explanation), text, copy);
        content.addClassName("zg-stack");
        add(content);
        var done = new Button(getTranslation("uikit.secret.done"), click -> close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(done);
        addClassName("zg-secret-dialog");
    }
}
