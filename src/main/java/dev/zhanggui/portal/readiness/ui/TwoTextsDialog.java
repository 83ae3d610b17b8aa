package dev.zhanggui.portal.readiness.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** Two people wrote at once: both texts are shown, and the person chooses. */
class TwoTextsDialog extends Dialog {

    TwoTextsDialog(String text, List<String> theirs, List<String> mine, Runnable takeTheirs, Runnable keepMine) {
        setHeaderTitle(getTranslation("readiness.conflict.title"));
        var body = new Div(
                new Paragraph(text),
                side(getTranslation("readiness.conflict.theirs"), theirs),
                side(getTranslation("readiness.conflict.mine"), mine));
        body.addClassName("zg-stack");
        add(body);
        var look = new Button(getTranslation("readiness.conflict.look"), click -> close());
        look.addThemeVariants(ButtonVariant.TERTIARY);
        var take = new Button(getTranslation("readiness.conflict.take"), click -> {
            close();
            takeTheirs.run();
        });
        var keep = new Button(getTranslation("readiness.conflict.keep"), click -> {
            close();
            keepMine.run();
        });
        getFooter().add(look, take, keep);
    }

    private static Div side(String heading, List<String> lines) {
        var name = new Span(heading);
        name.addClassNames("zg-small", "zg-strong");
        var side = new Div(name);
        lines.forEach(line -> side.add(new Div(line)));
        side.addClassNames("zg-card", "sunken");
        return side;
    }
}
