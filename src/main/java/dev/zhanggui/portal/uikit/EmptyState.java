package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;

/** Stands where a list would be: what it is for, and the first action. */
public class EmptyState extends Div {

    public EmptyState(String title, String text, Component... actions) {
        addClassName("zg-empty");
        add(new H3(title), new Paragraph(text));
        add(actions);
    }
}
