package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;

/** Something went wrong: what happened, what is safe, what to do now. */
public class ErrorBox extends Div {

    public ErrorBox(String what, String safe, String todo, Component... actions) {
        addClassName("zg-error");
        getElement().setAttribute("role", "alert");
        add(new H3(what), new Paragraph(safe), new Paragraph(todo));
        add(actions);
    }
}
