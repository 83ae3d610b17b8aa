package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;

/** A part of a page under its own heading. */
public class Section extends com.vaadin.flow.component.html.Section {

    private final Div head;
    private final Span aside = new Span();

    public Section(String heading, Component... content) {
        addClassName("zg-section");
        head = new Div(new H2(heading), aside);
        head.addClassName("zg-section-head");
        aside.addClassName("aside");
        add(head);
        add(content);
    }

    /** A few quiet words at the end of the heading's line. */
    public Section aside(String text) {
        aside.setText(text);
        return this;
    }

    /** A small control at the end of the heading's line. */
    public Section aside(Component component) {
        aside.removeAll();
        aside.add(component);
        return this;
    }
}
