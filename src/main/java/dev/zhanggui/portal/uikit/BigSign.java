package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;

/** The one thing a page says first: open or closed, whose turn it is, whether a code is right. */
public class BigSign extends Div {

    private final Div state = new Div();
    private final Div until = new Div();
    private final Div why = new Div();

    public BigSign(Meaning meaning, String stateText) {
        addClassName("zg-big-sign");
        state.addClassName("state");
        until.addClassName("until");
        why.addClassName("why");
        add(state, until, why);
        until.setVisible(false);
        why.setVisible(false);
        show(meaning, stateText);
    }

    public final BigSign show(Meaning meaning, String stateText) {
        for (var other : Meaning.values()) {
            setClassName(other.cssClass(), other == meaning);
        }
        state.setText(stateText);
        return this;
    }

    public BigSign until(String text) {
        until.setText(text);
        until.setVisible(!text.isBlank());
        return this;
    }

    public BigSign why(Component... content) {
        why.removeAll();
        why.add(content);
        why.setVisible(content.length > 0);
        return this;
    }

    public BigSign actions(Component... buttons) {
        var row = new Div(buttons);
        row.addClassName("zg-actions");
        add(row);
        return this;
    }
}
