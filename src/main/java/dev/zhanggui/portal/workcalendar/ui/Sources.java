package dev.zhanggui.portal.workcalendar.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Span;

/** Where a notice can be read: a link when it is a web address, and never anything else that a browser would run. */
final class Sources {

    private Sources() {}

    static Component link(String source) {
        if (!source.startsWith("https://") && !source.startsWith("http://")) {
            return new Span(source);
        }
        var link = new Anchor(source, source, AnchorTarget.BLANK);
        link.getElement().setAttribute("rel", "noopener noreferrer");
        link.addClassName("zg-link");
        return link;
    }
}
