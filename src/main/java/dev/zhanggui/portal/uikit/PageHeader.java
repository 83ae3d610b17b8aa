package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.router.RouterLink;

/** A page's title, what it is about, and what stands beside it. */
public class PageHeader extends Header {

    private final H1 title = new H1();
    private final Div subtitle = new Div();
    private final Div heading = new Div(title, subtitle);

    public PageHeader(String text) {
        addClassName("zg-header");
        heading.addClassName("zg-heading");
        title.addClassName("zg-title");
        subtitle.addClassName("zg-subtitle");
        subtitle.setVisible(false);
        title.setText(text);
        add(heading);
    }

    public PageHeader title(String text) {
        title.setText(text);
        return this;
    }

    public PageHeader subtitle(String text) {
        subtitle.setText(text);
        subtitle.setVisible(!text.isBlank());
        return this;
    }

    /** What stands at the end of the line: a pill, a date, one button. */
    public PageHeader aside(Component... components) {
        add(components);
        return this;
    }

    /** An arrow in front of the title. */
    public PageHeader back(RouterLink link, String label) {
        link.addClassName("zg-back");
        link.getElement().setAttribute("aria-label", label);
        link.add(Glyph.BACK.icon());
        addComponentAsFirst(link);
        return this;
    }
}
