package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.html.Span;

/** A state in one word with its dot. */
public class StatusPill extends Span {

    public StatusPill(Meaning meaning, String text) {
        addClassName("zg-pill");
        show(meaning, text);
    }

    /** Changes meaning and word in place. */
    public final void show(Meaning meaning, String text) {
        for (var other : Meaning.values()) {
            setClassName(other.cssClass(), other == meaning);
        }
        setText(text);
    }
}
