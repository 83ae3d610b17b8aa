package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.DescriptionList.Description;
import com.vaadin.flow.component.html.DescriptionList.Term;

/** Labels and their values, one under the other so that they can be compared. */
public class Facts extends DescriptionList {

    public Facts() {
        addClassName("zg-facts");
    }

    public Facts fact(String label, String value) {
        add(new Term(label), new Description(value));
        return this;
    }

    public Facts fact(String label, Component value) {
        add(new Term(label), new Description(value));
        return this;
    }
}
